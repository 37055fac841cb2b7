"""Real spreadsheets of other people: none is a ledger, none makes the reader fail."""

from pathlib import Path

import pytest

from pipelines.ingest import read, scan

MESSY = Path(__file__).parents[3] / "../shared/messy"


def test_real_spreadsheets_that_are_no_ledgers_are_said_to_be_none() -> None:
    if not MESSY.exists():
        pytest.skip("../shared is absent")
    files = [read(source) for source in scan(MESSY) if source.absolute.suffix != ".json"]
    assert len(files) == 3
    for file in files:
        reasons = [*file.faults["reason"], *(r for sheet in file.sheets for r in sheet.faults["reason"])]
        assert set(reasons) == {"no_ledger"}, file.source.path
