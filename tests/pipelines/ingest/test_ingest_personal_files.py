"""Personal numbers in every place of a file and every disguise: no digit of them is left once the file is read."""

import re
import tempfile
import unicodedata
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from meeting_lines import MEETING_HEADER
from raw_folder import TODAY, list_meetings, write, write_registers

from pipelines.conform import Conformed, conform, read_divisions
from pipelines.ingest import ParsedFile, read, scan
from pipelines.refresh import refresh

WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
WEIGHTS = [2 ** (17 - i) % 11 for i in range(17)]
words = st.text("关于防汛的会议，。、；（）“”abc ", max_size=8)


@st.composite
def disguised(draw: st.DrawFn) -> tuple[str, str]:
    """A mobile or ID-card number, and the way in which it is written."""
    if draw(st.booleans()):
        number, cuts = draw(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)), (3, 7)
    else:
        body = draw(st.from_regex(r"4[0-9]{5}19[5-9][0-9](0[1-9]|1[0-2])(0[1-9]|1[0-9])[0-9]{3}", fullmatch=True))
        total = sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True))
        number, cuts = body + "10X98765432"[total % 11], (6, 14)
    gap = draw(st.sampled_from(["", " ", "  ", "-", "\u3000", "\u2013", "\u00a0", "\u200b", "\ufeff"]))
    text = gap.join((number[: cuts[0]], number[cuts[0] : cuts[1]], number[cuts[1] :]))
    shape = draw(st.sampled_from([str, str.lower, lambda t: t.translate(WIDE)]))
    return number, shape(text)


def tell(parsed: ParsedFile, conformed: Conformed) -> str:
    """Everything that a reading and its conforming hand on, digits half-width and without gaps."""
    texts = [parsed.source.shown, *(sentence for pair in conformed.warnings for sentence in pair)]
    for sheet in parsed.sheets:
        texts += [sheet.frame.write_csv(), sheet.faults.write_csv(), str((sheet.sheet, sheet.dropped, sheet.ignored))]
    texts += [conformed.quarantine.write_csv(), *(frame.write_csv() for frame in conformed.facts.values())]
    return re.sub(r"[\s\-\u2010-\u2015\u200b\ufeff]", "", unicodedata.normalize("NFKC", "\n".join(texts))).upper()


@settings(max_examples=40)
@given(disguised(), words, words, st.sampled_from(["title", "key", "number", "date", "word", "header", "file"]))
def test_no_digit_of_a_personal_number_is_handed_on(
    secret: tuple[str, str], before: str, after: str, place: str
) -> None:
    number, text = secret
    cells = ["P1", "M1", "2026-07-03", "会", "县", "某局", "安全", "视频", "60", "90", "20", "3", "否", "√", "否"]
    header, name = MEETING_HEADER, "台账"
    within = f"{before}{text}{after}"
    position = {"key": 1, "date": 2, "title": 3, "word": 4, "number": 9}.get(place)
    if position is not None:
        cells[position] = text if place == "key" else within
    elif place == "header":
        header, cells = f"{header},{within.replace('，', '')}", [*cells, "1"]
    else:
        name = f"台账{text}"
    quoted = ",".join(f'"{cell}"' for cell in cells)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / f"{name}.csv").write_text(f"{header}\n{quoted}\n", encoding="utf-8")
        (source,) = scan(Path(folder))
        parsed = read(source)
    told = tell(parsed, conform([parsed], read_divisions(), date(2026, 11, 22)))
    assert number not in told
    assert number[3:] not in told


def test_nothing_that_a_refresh_stores_holds_a_personal_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mobile, identity = "13812345678", "11010519491231002X"
    raw, warehouse = tmp_path / "raw", tmp_path / "warehouse"
    write_registers(raw)
    rows = list_meetings(("P1", "M1", "2026-02-03"), title="请联系１３８ １２３４ ５６７８，证件110105-19491231-002x")
    write(raw / f"会议 {mobile}.csv", "meetings", rows + list_meetings((mobile, identity, "2026-02-03"), level=mobile))
    (raw / f"{identity}.xlsx").write_bytes(b"PK\x03\x04")
    refresh(raw, warehouse, today=TODAY)
    parquet = [pl.read_parquet(path).write_ndjson() for path in warehouse.rglob("*.parquet")]
    plain = [path.read_text(encoding="utf-8") for suffix in ("json", "jsonl") for path in warehouse.rglob(f"*.{suffix}")]
    names = [str(path) for path in warehouse.rglob("*")]
    told = "\n".join((*parquet, *plain, *names, *capsys.readouterr()))
    told = unicodedata.normalize("NFKC", told).replace(" ", "").replace("-", "").upper()
    assert "请联系[手机号],证件[身份证号]" in told
    assert not [number for number in (mobile, identity, "12345678", "19491231002") if number in told]
