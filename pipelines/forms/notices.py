"""Sentences for people who fill in ledgers: advice on the page of instructions."""

from pipelines.contracts.ledgers import Ledger
from pipelines.contracts.policy import DueDays
from pipelines.forms.meanings import LEDGERS_SAID


def list_advice(ledger: Ledger, due: DueDays, lang: str) -> list[str]:
    """What the ledger is, who fills it in and when, how it is corrected, and what must not be written."""
    zh = lang == "zh"
    (row_zh, row_en), (who_zh, who_en) = LEDGERS_SAID[ledger.name]
    keys = [ledger.column(name) for name in ledger.key]
    nil = ledger.reported_by_nil
    said = [
        (f"一行填什么：{row_zh}。由谁填：{who_zh}。", f"One row is {row_en}. Filled in by {who_en}."),
        _say_due(ledger, due),
        ("当月没有任何事项时，本表留空，在“报送回执”中填零报告“是”；不报不等于零。",
         "Where nothing happened in the month, leave the form empty and send a nil return (零报告 是); silence is not nought.")
        if nil else ("", ""),
        ("怎么填：在名为台账的工作表中，自第2行起逐行填写；深色表头为必填，浅色为可不填；不要改动表头。本页示例不会被读入。",
         "How: fill in the sheet named after the ledger from row 2 on; dark headers are required, light ones optional; "
         "leave the headers as they are. The example on this page is never loaded."),
        (f"怎么更正：把改好的行再报一次即可，以{'、'.join(f'“{c.zh}”' for c in keys)}识别同一条记录，后报的代替先报的。",
         f"Corrections: send the corrected row again; {', '.join(f'{c.zh} ({c.en})' for c in keys)} tell which record it is, "
         "and the later one replaces the earlier."),
        ("不要填写：个人姓名、身份证号、手机号、家庭住址等个人信息；出现的会被遮蔽或退回。",
         "Never write names of persons, ID-card or phone numbers or home addresses; they are masked or sent back."),
        ("报送前可用 burden check 自查；退回的表已标出有误的单元格和原因，改正后原样重报。",
         "Before sending, try `burden check`; a sheet that comes back has its bad cells marked: correct them and send it again."),
    ]  # fmt: skip
    return [pair[not zh] for pair in said if pair[0]]


def _say_due(ledger: Ledger, due: DueDays) -> tuple[str, str]:
    if ledger.return_code:
        day = due.survey if ledger.name == "survey" else due.ledgers
        return f"何时报：次月{day}日前。", f"Due by day {day} of the next month."
    if ledger.name in ("returns", "staff_moves"):
        day = due.ledgers
        return f"何时报：随当月台账一并报送，次月{day}日前。", f"Sent with the month's ledgers, by day {day} of the next month."
    return "何时报：有新增或变化时随时报送。", "Sent whenever something is new or has changed."
