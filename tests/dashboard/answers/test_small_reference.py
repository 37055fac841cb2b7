"""Every value of the small province against R's `survey` (tests/fixtures/small_province/expected.R), raw ledgers to answer."""

import sys
from pathlib import Path

from dashboard.warehouse import open_snapshot

sys.path.insert(0, str(Path(__file__).parent))
from expectations import disagreements, read_expected

SMALL = Path(__file__).parents[2] / "fixtures/small_province"


def test_every_expected_value_agrees(small_warehouse: Path) -> None:
    expected = read_expected(SMALL / "expected.csv")
    assert len(expected) > 60
    assert disagreements(open_snapshot(small_warehouse), expected) == []
