"""Every value of the shared province against R's `survey`, from raw ledgers to the answer."""

import sys
from pathlib import Path

import pytest

from dashboard.warehouse import open_snapshot

sys.path.insert(0, str(Path(__file__).parent))
from expectations import disagreements, read_expected

PROVINCE = Path(__file__).parents[3] / "../shared/province"
pytestmark = pytest.mark.skipif(not PROVINCE.exists(), reason="../shared is absent")


def test_every_expected_value_agrees(province_warehouse: Path) -> None:
    expected = read_expected(PROVINCE / "expected.csv")
    assert len(expected) == 77
    assert disagreements(open_snapshot(province_warehouse), expected) == []
