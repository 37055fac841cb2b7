"""What `burden schedule` says, in Chinese and English."""

from pipelines.cli.texts import language

TEXTS: dict[str, tuple[str, str]] = {
    "schedule.help": (
        "定时更新：按 burden.toml 中 schedule 一节在前台运行，直至收到停止信号；出错、暂停发布或数据过期时通知。",
        "Refresh at the times that the section schedule of burden.toml sets, in the foreground, until stopped; tell of failures, "
        "held publications and stale data.",
    ),
    "option.once": ("立即更新一次后退出，退出码同 refresh。", "One turn now; exits with the refresh's code."),
    "option.watch": (
        "另外监视原始数据文件夹，文件停止变动后更新。", "Also watch the raw folder; refresh when its files are quiet.",
    ),
    "option.log": ("日志文件（每行一个 JSON 对象，自动轮换）。", "Log file: a JSON object a line; it rotates."),
    "option.test_notify": ("向 BURDEN_NOTIFY 的各地址发一条测试消息。", "Send a test message to the addresses in BURDEN_NOTIFY."),
    "option.systemd": ("把 systemd 单元文件写入该文件夹。", "Write systemd units to this folder."),
    "option.cron": ("输出 crontab 行。", "Print the lines for a crontab."),
    "schedule.written": ("已写入“{path}”。", "Wrote “{path}”."),
    "schedule.install": (
        "常驻运行启用 burden-schedule.service，或用 burden-refresh.timer 定时启动，二者取一；安装见 docs/operations.md。",
        "Enable burden-schedule.service, or in its stead burden-refresh.timer; docs/operations.md says how.",
    ),
    "schedule.tested": (
        "测试消息已发往各地址；请逐一核对是否收到（机器人拒收时未必报错）。",
        "The test message was sent to every address; check that it arrived (a robot may refuse it without saying so).",
    ),
}


def say(key: str, **values: object) -> str:
    """The text of that key in the language asked for."""
    zh, en = TEXTS[key]
    return (zh if language() == "zh" else en).format(**values)
