"""What the writing commands say, in Chinese and English, and which of the two is asked for (BURDEN_LANG, zh by default)."""

import os

LANGUAGE = "BURDEN_LANG"

TEXTS: dict[str, tuple[str, str]] = {
    "app": ("基层减负监测：从台账到已发布的快照。", "Burden-reduction monitoring: from ledgers to a published snapshot."),
    "demo.help": (
        "生成一个带标记的示例省（全部为合成数据），写入原始数据文件夹。",
        "Write a labelled synthetic province as ledgers into the raw folder.",
    ),
    "refresh.help": (
        "读取新到与更正的台账，发布快照；读入 = 有效 + 被更正 + 重复 + 退回。",
        "Load what is new or corrected and publish a snapshot; rows in = accepted + superseded + duplicate + quarantined.",
    ),
    "status.help": (
        "当前快照、发布时间、行数去向、最近几次更新、待读文件。",
        "The snapshot, its age, where the rows went, the last runs, the files that wait.",
    ),
    "option.status_region": ("市的区划代码：按县列出报送情况。", "Code of a city: list reporting by its counties."),
    "option.coverage": ("按地区列出报送率、迟报和退回。", "List what was reported, late and rejected by region."),
    "status.trouble": ("上一次更新{outcome}：{message}", "The last refresh was {outcome}: {message}"),
    "reporting.title": (
        "报送率，%（概率样本点，截至 {day}，登记数）：", "Reported, % (probability points, as of {day}, counts of the register):",
    ),
    "reporting.late": ("迟报", "Late"),
    "reporting.awaited": ("待补行", "Rows awaited"),
    "reporting.contradictory": ("零报告矛盾", "Contradictory"),
    "reporting.rejected": ("退回行", "Rejected rows"),
    "reporting.region": ("地区", "Region"),
    "reporting.whole": ("合计", "All"),
    "reporting.unknown": ("样本点不明的退回行：{count:,}", "Rejected rows of unknown points: {count:,}"),
    "reporting.by_region": ("各地报送率，%（{months}）：", "Reported by region, % ({months}):"),
    "reporting.comma": ("、", ", "),
    "reporting.reasons": ("退回最多的理由：{reasons}", "Most frequent reasons of rejection: {reasons}"),
    "reporting.revised": (
        "快照 {snapshot} 的修订（点月）：迟报 {late}，更正 {corrected}，撤回 {withdrawn}",
        "Revisions of snapshot {snapshot} (point-months): late {late}, corrected {corrected}, withdrawn {withdrawn}",
    ),
    "option.raw": ("原始数据文件夹。", "The raw folder."),
    "option.warehouse": ("数据仓库文件夹。", "The warehouse folder."),
    "option.full": ("不用缓存，全部重读并发布。", "Ignore the cache: read every file anew, and publish."),
    "option.accept": (
        "某台账有效行降幅超过20%时仍发布。", "Publish although a ledger's accepted rows fall by over 20 %.",
    ),
    "option.json": ("输出一个 JSON 对象。", "Print one JSON object."),
    "option.points": ("概率样本点个数。", "Number of probability points."),
    "option.months": ("月数，截至上一个完整月。", "Number of months, up to the last full one."),
    "option.last_month": (
        "最后一个月，如 2026-06（默认上一个完整月）。", "Last month, e.g. 2026-06 (default: the last full one).",
    ),
    "option.seed": ("随机种子；同一种子总是同样的数据。", "Seed; the same seed always gives the same data."),
    "option.out": ("写入的原始数据文件夹。", "The raw folder to write to."),
    "stage.read": ("读取文件", "Reading files"),
    "stage.conform": ("核对与更正", "Checking rows, applying corrections"),
    "stage.count": ("汇总点月统计", "Counting point-months"),
    "stage.write": ("写入并校验快照", "Writing and verifying the snapshot"),
    "stage.pack": ("整理催报与退回材料", "Packing messages and sheets"),
    "stage.demo": ("生成示例数据", "Writing demo data"),
    "demo.done": (
        "已写入合成的示例省“{folder}”：样本点 {points:,} 个，观测点 {observation} 个，{first} 至 {last}，"
        "{files} 个文件，{rows:,} 行；真值见“{truth}”。",
        "Wrote the synthetic province “{folder}”: {points:,} sample points, {observation} observation points, {first} to "
        "{last}, {files} files, {rows:,} rows; its true values are in “{truth}”.",
    ),
    "refresh.published": ("已发布快照 {snapshot}（{seconds:.1f} 秒）。", "Published snapshot {snapshot} ({seconds:.1f} s)."),
    "refresh.damaged": (
        "注意：上一快照已损坏：{files}；本次已重新生成。",
        "Note: the snapshot before was damaged: {files}; this one was made anew.",
    ),
    "refresh.unchanged": (
        "没有新到或更正的内容，未发布新快照；当前快照 {snapshot}。",
        "Nothing new: no snapshot was published; the current one is {snapshot}.",
    ),
    "rows": (
        "读入 {in:,} 行 = 有效 {accepted:,} + 被更正 {superseded:,} + 重复 {duplicate:,} + 退回 {quarantined:,}",
        "{in:,} rows in = {accepted:,} accepted + {superseded:,} superseded + {duplicate:,} duplicate "
        "+ {quarantined:,} quarantined",
    ),
    "unread": (
        "另有 {count} 个文件或工作表无法读入，见退回清单。", "{count} files or sheets could not be read; see quarantine.",
    ),
    "warnings.more": ("另有 {count} 条提示，见快照的 manifest.json。", "{count} more notes are in the snapshot's manifest.json."),
    "synthetic": ("注意：这是合成的示例数据。", "Note: these are synthetic demo data."),
    "column.ledger": ("台账", "Ledger"),
    "column.in": ("读入", "In"),
    "column.accepted": ("有效", "Accepted"),
    "column.superseded": ("被更正", "Superseded"),
    "column.duplicate": ("重复", "Duplicate"),
    "column.quarantined": ("退回", "Quarantined"),
    "status.none": (
        "数据仓库“{warehouse}”还没有已发布的快照；请先运行 burden refresh。",
        "The warehouse “{warehouse}” has no published snapshot yet; run `burden refresh` first.",
    ),
    "status.damaged": (
        "注意：当前快照已损坏：{files}；请运行 burden refresh 重新生成。",
        "Note: the current snapshot is damaged: {files}; run `burden refresh` to make it anew.",
    ),
    "status.snapshot": (
        "当前快照 {snapshot}，发布于 {published}（{days} 天前），月份 {months}。",
        "Current snapshot {snapshot}, published {published} ({days} days ago), months {months}.",
    ),
    "status.stale": (
        "注意：已有 {hours:.0f} 小时没有成功更新；请查看下列更新记录，处理后运行 burden refresh。",
        "Note: no refresh has succeeded for {hours:.0f} hours; look at the runs below, then run `burden refresh`.",
    ),
    "status.no_months": ("无", "none"),
    "status.waiting": (
        "原始数据文件夹中有 {count} 个文件待更新（新到、变动或移走）。", "{count} files wait (new, changed or taken away).",
    ),
    "status.nothing_waiting": ("没有待更新的文件。", "No file waits."),
    "status.no_raw": ("原始数据文件夹“{raw}”不存在。", "The raw folder “{raw}” does not exist."),
    "status.runs": ("最近几次更新：", "Last runs:"),
    "outcome.published": ("已发布", "published"),
    "outcome.unchanged": ("无变化", "unchanged"),
    "outcome.held": ("暂停发布", "held back"),
    "outcome.failed": ("未完成", "failed"),
}


def language() -> str:
    """`zh` or `en`."""
    return "en" if os.environ.get(LANGUAGE, "").lower().startswith("en") else "zh"


def say(key: str, **values: object) -> str:
    """The text of that key in the language asked for."""
    zh, en = TEXTS[key]
    return (zh if language() == "zh" else en).format(**values)
