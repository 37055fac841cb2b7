"""Headers: which ledger, which columns, which rows."""

from itertools import combinations

import pytest

from pipelines.contracts.ledgers import LEDGERS, Ledger
from pipelines.ingest.headers import Header, find_header, normalise
from pipelines.ingest.traditional import TRADITIONAL

EVERY = pytest.mark.parametrize("ledger", LEDGERS.values(), ids=LEDGERS)


def recognise(*rows: list[str | None]) -> Header:
    width = max(len(row) for row in rows)
    header = find_header([[*row, *[None] * (width - len(row))] for row in rows])
    assert header is not None
    return header


def positions(ledger: Ledger) -> dict[str, int]:
    return {c.name: i for i, c in enumerate(ledger.columns)}


@EVERY
def test_every_ledger_is_recognised_by_its_chinese_its_canonical_and_its_english_header(ledger: Ledger) -> None:
    for words in ([c.zh for c in ledger.columns], [c.name for c in ledger.columns], [c.en for c in ledger.columns]):
        header = recognise(list(words))
        assert (header.ledger, header.columns, header.missing, header.rivals) == (ledger, positions(ledger), (), ())


@EVERY
def test_a_header_without_its_optional_columns_is_still_the_ledger(ledger: Ledger) -> None:
    header = recognise([c.zh for c in ledger.columns if c.required])
    assert header.ledger == ledger
    assert not header.missing


@EVERY
def test_a_missing_required_column_is_named(ledger: Ledger) -> None:
    for absent in (c for c in ledger.columns if c.required):
        header = recognise([c.zh for c in ledger.columns if c is not absent])
        assert (header.ledger, [c.name for c in header.missing]) == (ledger, [absent.name]), absent.name


@EVERY
def test_no_header_word_of_a_ledger_means_two_columns(ledger: Ledger) -> None:
    words = [
        {form for word in (c.name, c.zh, c.en, *c.synonyms) for form in normalise(word)} for c in ledger.columns
    ]  # fmt: skip
    for one, other in combinations(words, 2):
        assert not one & other


def test_titles_and_blank_lines_above_are_passed_over() -> None:
    zh = [c.zh for c in LEDGERS["survey"].columns]
    header = recognise(["全省问卷汇总表"], [], ["单位：人、天", None, "2026年"], zh, ["P1", "2026-07"])
    assert (header.ledger.name, header.first, header.last) == ("survey", 3, 3)


def test_spaces_units_marks_and_full_width_forms_in_headers_do_not_matter() -> None:
    zh = [c.zh for c in LEDGERS["meetings"].columns]
    zh[0], zh[1], zh[8], zh[9] = "* 样本点　编码", "会议\n编号：", "通知时长（分钟）", "实际时长"
    assert recognise(zh).columns == positions(LEDGERS["meetings"])


def test_a_two_row_header_is_read_in_every_way_its_cells_combine() -> None:
    upper = ["样本点编码", "会议", None, None, "召开", None, "主题类别", "会议形式", "时长(分钟)", None, "人数", None,
             "要求主要领导参加", "计划内", "合并套开"]  # fmt: skip
    lower = [None, "编号", "日期", "名称", "层级", "单位", None, None, "通知", "实际", "参会", "陪会", None, None, None]
    header = recognise(["会议台账"], upper, lower, ["P1", "M1", "2026-07-03"])
    assert header.columns == positions(LEDGERS["meetings"])
    assert (header.first, header.last) == (1, 2)


def test_a_single_row_under_a_grouping_row_is_taken_alone() -> None:
    zh = [c.zh for c in LEDGERS["standing"].columns]
    header = recognise(["基本信息", None, "存量事项"], zh)
    assert (header.first, header.last) == (1, 1)


def test_two_ledgers_that_fit_are_not_guessed_between_however_many_columns_either_has() -> None:
    survey = [c.zh for c in LEDGERS["survey"].columns]
    staff = [c.zh for c in LEDGERS["staff"].columns if c.required or c.name == "gender"]
    assert len(survey) == len(staff)
    for more in ([], ["入职年月"]):
        header = recognise(list(dict.fromkeys([*survey, *staff, *more])))
        assert {header.ledger.name, *(r.name for r in header.rivals)} == {"survey", "staff"}


def test_a_whole_ledger_with_some_columns_of_another_is_recognised() -> None:
    header = recognise([*(c.zh for c in LEDGERS["staff"].columns), "有效问卷数", "感到减负人数"])
    assert (header.ledger.name, header.rivals) == ("staff", ())


def is_in_big5(character: str) -> bool:
    try:
        character.encode("big5")
    except UnicodeEncodeError:
        return False
    return True


def test_every_character_that_only_simplified_writing_has_is_known_in_its_traditional_form() -> None:
    words = [word for ledger in LEDGERS.values() for c in ledger.columns
             for word in (c.zh, *c.synonyms, *(c.codes.words() if c.codes else ()))]  # fmt: skip
    characters = {character for character in "".join(words) if ord(character) > 0x2E80}
    assert characters
    assert [c for c in sorted(characters) if not is_in_big5(c) and c not in TRADITIONAL.values()] == []


def test_a_table_of_something_else_is_no_ledger() -> None:
    assert find_header([["地区", "2025年", "2024年"], ["北京市", None, "22470"]]) is None
    assert find_header([["样本点编码", "报告期", "合计"]]) is None
    assert find_header([]) is None


def test_extra_columns_are_kept_apart_and_a_repeated_header_counts_once() -> None:
    header = recognise(["序号", *(c.zh for c in LEDGERS["frame"].columns), "地市代码", "备注"])
    assert header.columns == {"city_code": 1, "point_type": 2, "population_units": 3}
    assert header.extra == {0: ("序号",), 4: ("地市代码",), 5: ("备注",)}
