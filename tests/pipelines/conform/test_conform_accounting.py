"""Whatever arrives, every row ends in exactly one place, with at most one entry in quarantine."""

import os
import tempfile
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from small_raw import DEFAULTS, TODAY, files_of, table

from pipelines.conform import Conformed, conform, read_divisions
from pipelines.contracts.ledgers import LEDGERS
from pipelines.ingest import read, scan

NASTY = (
    "", "0", "-1", "1.0", "87.5", "十二", "x", "2026-07", "2026-13-40", "3/7/2026", "2026.1", "20260703", "99999999999999999999",
    "13812345678", "11010519491231002X", "是", "也许", "P2", "M1", "合计", "备注：", "2019-01-01", "2030-01-01", "410102",
    "\u3000", "会议",
)  # fmt: skip


@st.composite
def submissions(draw: st.DrawFn) -> dict[str, str]:
    files = {}
    for number in range(draw(st.integers(1, 4))):
        ledger = draw(st.sampled_from(sorted(DEFAULTS)))
        columns = [c.name for c in LEDGERS[ledger].columns]
        cells = st.dictionaries(st.sampled_from(columns), st.sampled_from(NASTY), max_size=3)
        files[f"{number}.csv"] = table(ledger, *draw(st.lists(cells, max_size=8)))
    return files


def conform_texts(files: dict[str, str], today: date) -> Conformed:
    with tempfile.TemporaryDirectory() as folder:
        for path, text in files.items():
            file = Path(folder, path)
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
            os.utime(file, (0, 0))
        return conform([read(source) for source in scan(Path(folder))], read_divisions(), today)


@settings(max_examples=12, deadline=None)
@given(submissions())
def test_rows_in_are_accepted_superseded_duplicate_or_quarantined(files: dict[str, str]) -> None:
    conformed = conform_texts({**files_of(), **files}, TODAY)
    entries = conformed.quarantine.drop_nulls("row")
    for name, ends in conformed.accounting.items():
        rows = dict(ends)
        assert rows.pop("in") == sum(rows.values())
        assert conformed.facts[name].height == rows["accepted"]
        assert entries.filter(ledger=name).height == rows["quarantined"]
        assert not conformed.facts[name].select(LEDGERS[name].key).drop_nulls().is_duplicated().any()
    assert not entries.select("file", "row").is_duplicated().any()
    assert not entries["message_zh"].is_null().any()


@settings(max_examples=4, deadline=None)
@given(submissions())
def test_the_same_files_give_the_same_tables(files: dict[str, str]) -> None:
    first, second = (conform_texts({**files_of(), **files}, TODAY) for _ in range(2))
    assert first.quarantine.equals(second.quarantine)
    assert first.accounting == second.accounting
    assert all(first.facts[name].equals(second.facts[name]) for name in LEDGERS)
