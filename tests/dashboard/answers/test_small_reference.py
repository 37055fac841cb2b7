"""Every value of the small province against R's `survey` (tests/fixtures/small_province/expected.R), raw ledgers to answer."""

import sys
from pathlib import Path

import numpy as np
import pytest

from dashboard.answers import tabulate
from dashboard.warehouse import open_snapshot

sys.path.insert(0, str(Path(__file__).parent))
from expectations import disagreements, read_expected

SMALL = Path(__file__).parents[2] / "fixtures/small_province"


def test_every_expected_value_agrees(small_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also of periods whose end would give a small month away, or that are no quarter of a county: they are not shown."""
    for name, shown in (("find_open", True), ("find_cut_off", False)):
        monkeypatch.setattr(tabulate, name, lambda *a, shown=shown: np.full((len(a[4]), len(a[3].labels)), shown))
    expected = read_expected(SMALL / "expected.csv")
    assert len(expected) > 60
    assert disagreements(open_snapshot(small_warehouse), expected) == []
