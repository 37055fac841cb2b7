"""Reading some lines at a time gives what reading the whole gives."""

import random
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from meeting_lines import MEETING, MEETING_HEADER

from pipelines.contracts.ledgers import LEDGERS
from pipelines.ingest import ParsedSheet, SourceFile, UnfitError, read, read_in_stretches, scan
from pipelines.ingest.columns import CellStyle, parse_column
from pipelines.ingest.plain import read_plain
from pipelines.ingest.sheets import parse_stretches
from pipelines.ingest.stretches import read_stretches

SIZE = 9_000
ODD_LINES = (
    "", ",,,", "合计,,,,,,,,,90", MEETING_HEADER, "填表人：张三", "只有一格", ",缺编码,2026-07-03", "第 1 页，共 2 页",
    MEETING.replace("关于防汛的会议", '"两行\n标题，""引号"""'), MEETING.replace("2026-07-03", "3/7/2026"),
    MEETING.replace("90", "十"), MEETING.replace("否,√,否", "否,√,也许"), MEETING.replace("P1", "１３８１２３４５６７８"),
    MEETING.replace("关于防汛的会议", "电话13812345678"), MEETING + ",多出的,一格", MEETING.replace("20,3", "3,20"),
)  # fmt: skip


@pytest.fixture
def office_file(tmp_path: Path) -> Callable[[bytes], SourceFile]:
    """The content as a file of a raw folder."""

    def write(content: bytes) -> SourceFile:
        folder = tmp_path / "raw"
        folder.mkdir(exist_ok=True)
        (folder / "会议.csv").write_bytes(content)
        (source,) = scan(folder)
        return source

    return write


def make_text(seed: int, *end: str, end_of_line: str = "\n") -> str:
    draw = random.Random(seed)  # noqa: S311
    lines = ["河南省会议台账", MEETING_HEADER + ",备注说明"]
    for number in range(600):
        odd = draw.random() < 0.1
        lines.append(draw.choice(ODD_LINES) if odd else MEETING.replace("M1", f"M{number}"))
    return end_of_line.join([*lines, *end])


def unite(sheets: list[ParsedSheet]) -> tuple[pl.DataFrame, pl.DataFrame, tuple[str, ...], tuple[str, ...]]:
    faults = pl.concat(sheet.faults for sheet in sheets).sort("row", "column")
    return pl.concat(sheet.frame for sheet in sheets), faults, sheets[-1].dropped, sheets[-1].ignored


def read_both(source: SourceFile, *, careful: bool = False) -> tuple[list[ParsedSheet], list[ParsedSheet]]:
    return list(read(source).sheets), list(parse_stretches(read_stretches(source, careful=careful, size=SIZE, blocks=2)))


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("end", [
    (), ("备注：见下", "第一条", "第二条"), ("备注：见下", "第一条", MEETING), ("说明", "", "其一", "合计"),
])  # fmt: skip
def test_rows_lines_faults_and_columns_left_out_are_those_of_the_whole(office_file, seed, end):
    source = office_file(make_text(seed, *end, end_of_line="\r\n" if seed % 2 else "\n").encode())
    whole, stretches = read_both(source)
    assert len(stretches) > 3
    for expected, found in zip(unite(whole), unite(stretches), strict=True):
        assert found.equals(expected) if isinstance(expected, pl.DataFrame) else found == expected


@pytest.mark.parametrize(
    ("encoding", "careful"), [("utf-8-sig", False), ("utf-16", False), ("gb18030", True), ("utf-8-sig", True)]
)
def test_encodings_are_those_of_the_whole(office_file, encoding, careful):
    whole, stretches = read_both(office_file(make_text(7).encode(encoding)), careful=careful)
    assert unite(stretches)[0].equals(unite(whole)[0])


def test_what_a_stretch_cannot_judge_is_left_to_the_reader_of_whole_files(office_file):
    plain = make_text(8)
    for content in (
        make_text(8).encode("gb18030"), (plain + '\n"').encode(), plain.replace("某局", '某"局"').encode(),
        plain.replace("\n", "\r").encode(), b"\0" + plain.encode(), "\n".join([MEETING_HEADER, MEETING]).encode(),
    ):  # fmt: skip
        with pytest.raises(UnfitError):
            list(parse_stretches(read_stretches(office_file(content), careful=False, size=SIZE)))
    with pytest.raises(UnfitError):  # a small file
        next(read_in_stretches(office_file(plain.encode()), careful=False))


@pytest.mark.parametrize(("ledger", "name"), [
    ("meetings", "actual_minutes"), ("meetings", "stated_minutes"), ("meetings", "date"), ("meetings", "meeting_id"),
    ("documents", "document_no"),
])  # fmt: skip
def test_plain_cells_mean_what_reading_them_closely_says(ledger, name):
    draw = random.Random(3)  # noqa: S311
    letters = "0123456789" * 3 + "+-_. ,eE/年月日\t\u3000１３xXH#"
    texts = {"".join(draw.choices(letters, k=draw.randint(1, 14))) for _ in range(3000)}
    years, numbers = ("2026", "1899", "0026", "+202", " 202"), ("01", "1", "13", " 7", "31")
    texts |= {f"{year}-{month}-{day}" for year in years for month in numbers for day in numbers}
    texts |= {"0" * zeros + str(n) for n in range(20) for zeros in range(18)} | {"13812345678", "1E5", "inf", "١٢"}
    cells, contract = pl.Series([*sorted(texts), None]), LEDGERS[ledger]
    column = contract.column(name)
    plain = read_plain(cells, column, is_key=name in contract.key)
    assert plain is not None
    assert plain.count() > 1
    # Behind a space that has to be cleaned away none is plain, so that all are looked at closely.
    padded = cells.filter(plain.is_not_null()) + "\u3000"
    lines = pl.int_range(len(padded), eager=True).alias("row")
    values, failures = parse_column(lines, padded, column, contract, CellStyle())
    assert failures.is_empty()
    assert values.to_list() == plain.drop_nulls().to_list()
