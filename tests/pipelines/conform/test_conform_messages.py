"""Quarantine and warnings: sentences that people can act on, and nothing personal in them."""

from collections.abc import Callable

from small_raw import table

from pipelines.conform import Conformed
from pipelines.conform.quarantine import QUARANTINE_SCHEMA
from pipelines.contracts.errors import REASON_TEXT

ConformFiles = Callable[..., Conformed]


def test_an_entry_says_what_where_and_the_mend_in_both_languages(conform_files: ConformFiles) -> None:
    conformed = conform_files({"县/会议.csv": table("meetings", {"accompanying": "21"})})
    assert dict(conformed.quarantine.schema) == QUARANTINE_SCHEMA
    assert conformed.quarantine.row(0) == (
        "县/会议.csv", None, 2, "meetings", "accompanying", "21", "out_of_range",
        "陪会人数“21”超出允许范围（0 至参会人数）；请核对后重填。",
        "Accompanying “21” is out of range (0 to Attendees); check and correct it.", "P1", 202607,
    )  # fmt: skip


def test_files_and_sheets_are_entries_without_a_row(conform_files: ConformFiles) -> None:
    meetings = table("meetings", {})
    both = table("survey", {}).split("\n")[0] + ",人员代码,出生年月,编制类型,在岗状态,性别"
    conformed = conform_files({
        "a.docx": "x", "b.csv": "地区,2025年\n北京市,3\n",
        "c.csv": meetings.replace("会议日期", "日子").replace("参会人数", "人"),
        "d.csv": both + "\nP1\n",
    })  # fmt: skip
    entries = conformed.quarantine
    assert entries.select("file", "row", "ledger", "column", "reason").rows() == [
        ("a.docx", None, None, None, "unreadable_file"), ("b.csv", None, None, None, "no_ledger"),
        ("c.csv", None, "meetings", "date", "missing_column"), ("d.csv", None, None, None, "no_ledger"),
    ]  # fmt: skip
    assert "“会议日期、参会人数”" in entries["message_zh"][2]
    assert "“Meetings”" in entries["message_en"][2]
    assert "人员台账、问卷台账" in entries["message_zh"][3]
    assert conformed.accounting["meetings"]["in"] == 0


def test_no_sentence_keeps_a_placeholder_or_an_empty_quotation(conform_files: ConformFiles) -> None:
    faulty = [{"meeting_id": str(i), column: value} for i, (column, value) in enumerate([
        ("point_id", "X"), ("meeting_id", ""), ("date", "x"), ("date", "3/7/2026"), ("date", "2026-12-31"),
        ("date", "2020-01-01"), ("title", ""), ("level", "x"), ("attendees", "x"), ("attendees", "0"), ("planned", "x"),
        ("attendees", "13812345678"),
    ])]  # fmt: skip
    files = {"a.csv": table("meetings", *faulty, {}, {"attendees": "21"}), "p.csv": table("plans", {"region_code": "9"}),
             "b.bin": "x", "c.csv": "a,b\n", "d.csv": table("frame", {}).replace("总体单位数", "数")}  # fmt: skip
    entries = conform_files(files).quarantine
    assert set(entries["reason"]) == {reason.value for reason in REASON_TEXT}
    for zh, en in entries.select("message_zh", "message_en").iter_rows():
        for sentence in (zh, en):
            assert not {"{", "}"} & set(sentence)
            assert "“”" not in sentence
            assert "（）" not in sentence
            assert "()" not in sentence


def test_no_personal_number_reaches_any_output(conform_files: ConformFiles) -> None:
    number, person = "13812345678", "11010519491231002X"
    rows = [{"title": f"联系{number}"}, {"meeting_id": number}, {"meeting_id": "M3", "attendees": person},
            {"meeting_id": "M4", "level": f"县{number}"}, {"point_id": person}]  # fmt: skip
    header = table("meetings", *rows).replace("会议名称", "会议名称", 1).split("\n")
    header[0] += f",手机{number}"
    name = f"王{number}/{person}.csv"
    conformed = conform_files({name: "\n".join(header)})
    everything = "".join(str(frame.to_dicts()) for frame in [*conformed.facts.values(), conformed.quarantine])
    everything += str(conformed.warnings)
    assert conformed.facts["meetings"]["title"].to_list() == ["联系[手机号]"]
    assert number not in everything
    assert person not in everything
    assert conformed.quarantine["reason"].to_list() == ["personal_data", "personal_data", "not_in_list", "personal_data"]


def test_ignored_and_dropped_columns_and_contradictions_are_said(conform_files: ConformFiles) -> None:
    meetings = "\n".join(f"{line},{extra}" for line, extra in zip(
        table("meetings", {}).split("\n"), ("序号,姓名", "1,王某某"), strict=True))  # fmt: skip
    returns = table("returns", {"nil_return": "是"}, {"nil_return": "是", "month": "2026-06"})
    conformed = conform_files({"a.csv": meetings, "r.csv": returns})
    assert [zh for zh, _ in conformed.warnings] == [
        "a.csv：含个人信息的列已丢弃：姓名。", "a.csv：台账以外的列未采用：序号。",
        "会议台账：1 个样本点月份报了零报告，却有台账记录。",
    ]  # fmt: skip
    assert "王某某" not in str(conformed.warnings)
