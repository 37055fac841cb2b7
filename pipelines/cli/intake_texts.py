"""What `template`, `check` and `chase` say, in Chinese and English."""

from pipelines.cli.texts import language

TEXTS: dict[str, tuple[str, str]] = {
    "template.help": (
        "生成填报模板（XLSX）：下拉选项、校验规则、填报说明与示例；不写台账名则全部生成。",
        "Write fill-in forms (XLSX) with drop-downs, rules, instructions and an example; all ledgers unless named.",
    ),
    "check.help": (
        "按更新时的规则检查文件或文件夹，不发布；逐格说明错误，可生成标注好的退回表。",
        "Read files or folders as refresh would, publish nothing; name every bad cell, and mark them in a report.",
    ),
    "chase.help": (
        "催报与退回：按市、县列出未报样本点与退回行，附催报通知和标注好的退回表，打成一个 ZIP。",
        "Chase returns: who is late and which rows go back, by city and county, with messages and marked sheets in a ZIP.",
    ),
    "option.ledgers": ("台账名，中文或英文，如 会议台账 meetings。", "Ledgers, by Chinese or canonical name."),
    "option.folder": ("写入的文件夹。", "The folder to write to."),
    "option.paths": ("文件或文件夹。", "Files or folders."),
    "option.report": ("标注好的退回表（XLSX）写到这里。", "Write the marked report (XLSX) here."),
    "option.zip": ("写入的 ZIP 文件。", "The ZIP file to write."),
    "option.region": ("只催这个市或县（区划代码）。", "Only this city or county (code)."),
    "option.month": ("只催这个月（默认最近三个到期月）。", "Only this month (default: the last three that are due)."),
    "template.done": ("已生成 {count} 份模板，见“{folder}”。", "Wrote {count} forms to “{folder}”."),
    "check.given": ("样本点名录：取自本次给出的文件。", "Register of points: from the files given."),
    "check.warehouse": ("样本点名录：取自数据仓库“{warehouse}”。", "Register of points: from the warehouse “{warehouse}”."),
    "check.raw": ("样本点名录：取自原始数据文件夹“{raw}”。", "Register of points: from the raw folder “{raw}”."),
    "check.none": (
        "没有样本点名录，未核对样本点及其启用期；请同时给出名录。",
        "No register of points was found: points and their active months are not checked; give the register as well.",
    ),
    "check.alone": (
        "每个文件单独检查；与已报数据之间的重复和更正在更新时判定。",
        "Each file is checked by itself; corrections and duplicates of earlier data are settled by the refresh.",
    ),
    "check.rows": (
        "{file} {ledger}：读入 {in:,} 行 = 有效 {accepted:,} + 被更正 {superseded:,} + 重复 {duplicate:,} + 退回 {quarantined:,}",
        "{file} {ledger}: {in:,} rows in = {accepted:,} accepted + {superseded:,} superseded + {duplicate:,} duplicate "
        "+ {quarantined:,} quarantined",
    ),
    "check.row": ("第 {row} 行", "row {row}"),
    "check.sheet": ("工作表“{sheet}”", "sheet “{sheet}”"),
    "check.clean": ("没有发现问题。", "Nothing wrong was found."),
    "check.found": ("共发现 {count:,} 处问题。", "{count:,} faults were found."),
    "check.report": ("退回表已写入“{path}”。", "The marked report is “{path}”."),
    "chase.done": (
        "截至 {today}，{first} 至 {last}：{points:,} 个样本点未报 {missing:,} 项，退回 {rejected:,} 处；已写入“{path}”。",
        "As of {today}, {first} to {last}: {points:,} points owe {missing:,} reports, {rejected:,} rows and files go back; "
        "wrote “{path}”.",
    ),
}


def say(key: str, **values: object) -> str:
    """The text of that key in the language asked for."""
    zh, en = TEXTS[key]
    return (zh if language() == "zh" else en).format(**values)
