"""What the timetable tells people, in Chinese and English."""

TEXTS: dict[str, tuple[str, str]] = {
    "sender": ("基层减负监测：{title}", "Burden monitor: {title}"),
    "failed.title": ("数据更新未完成", "The refresh failed"),
    "failed.body": (
        "{reason}\n看板仍是上次发布的数据（{snapshot}），不受影响。请处理后运行 burden refresh，或等下一次定时更新。",
        "{reason}\nThe pages still show what was published last ({snapshot}). Mend it, then run `burden refresh` "
        "or wait for the next turn.",
    ),
    "held.title": ("暂停发布，请核对", "A publication was held back"),
    "held.body": (
        "{reason}\n看板仍是上次发布的数据（{snapshot}）。核对前不会发布。",
        "{reason}\nThe pages still show what was published last ({snapshot}); nothing is published until then.",
    ),
    "stale.title": ("数据已过期", "The data are stale"),
    "stale.body": (
        "已超过 {hours:g} 小时没有成功更新（上次：{last}）。请运行 burden status 查看原因。",
        "No refresh has succeeded for over {hours:g} hours (the last: {last}). Run `burden status` to see why.",
    ),
    "recovered.title": ("数据更新已恢复", "Refreshes succeed again"),
    "recovered.body": ("当前快照：{snapshot}。无须处理。", "Current snapshot: {snapshot}. Nothing is to be done."),
    "alert.title": ("有需要查看的事项", "Something to look into"),
    "alert.body": (
        "{reason}\n依据快照 {snapshot}；全部事项与所依据的图见看板“总览”，或运行 burden alerts。",
        "{reason}\nFrom the snapshot {snapshot}; all of them, with the charts they rest on, are on the page “Overview”, "
        "or run `burden alerts`.",
    ),
    "alert.more": ("另有 {n} 项。", "And {n} more."),
    "test.title": ("测试消息", "A test message"),
    "test.body": (
        "收到本条即表示通知设置正确。无须处理。", "If you read this, notices arrive here. Nothing is to be done.",
    ),
    "none": ("无", "none"),
    "timeout": (
        "数据更新超过 {minutes:g} 分钟仍未结束，已中止；请检查磁盘与文件大小，或调大 burden.toml 中的 timeout_minutes。",
        "The refresh had not ended after {minutes:g} minutes and was stopped; check the disk and the size of the files, "
        "or raise timeout_minutes in burden.toml.",
    ),
    "killed": (
        "数据更新被系统中止（信号 {signal}），多因内存不足；请检查内存后重试。",
        "The refresh was ended from outside (signal {signal}), mostly for want of memory; check the memory, then run it again.",
    ),
    "silent": (
        "数据更新未完成，且没有说明原因（退出码 {code}）；请手工运行 burden refresh 查看。",
        "The refresh failed without saying why (exit code {code}); run `burden refresh` by hand and look.",
    ),
    "not_started": (
        "数据更新无法启动（{reason}）；请检查内存与程序安装。",
        "The refresh could not be started ({reason}); check the memory and the installation.",
    ),
}


def say(key: str, lang: str, **values: object) -> str:
    """The text of that key in `zh` or `en`."""
    zh, en = TEXTS[key]
    return (zh if lang == "zh" else en).format(**values)
