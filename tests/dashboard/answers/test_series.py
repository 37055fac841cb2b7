"""Many indicators, regions and months at once are what one question each would answer."""

from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from dashboard.answers import Request, answer, series
from dashboard.warehouse import Snapshot, open_snapshot
from pipelines.contracts.indicators import INDICATORS, Kind

SPAN = (202511, 202610)
CODES = ("410100", "419001")


@pytest.fixture(scope="module")
def snapshot(demo_warehouse: Path) -> Snapshot:
    return open_snapshot(demo_warehouse)


def test_every_indicator_city_and_month_equals_its_own_question(snapshot: Snapshot) -> None:
    found = series(snapshot, list(INDICATORS), *SPAN)
    assert list(found) == [i.id for i in INDICATORS.values() if i.kind is not Kind.REGISTER]
    for indicator, frame in found.items():
        assert frame.height == 18 * 12
        for code in CODES:
            one = answer(snapshot, Request(indicator, code, *SPAN, by="month"))
            assert_frame_equal(frame.filter(region_code=code), one, rel_tol=1e-9, abs_tol=1e-12)


def test_without_parts_the_region_itself_is_answered(snapshot: Snapshot) -> None:
    frame = series(snapshot, ["meetings"], *SPAN, by=None, every="quarter")["meetings"]
    assert_frame_equal(frame, answer(snapshot, Request("meetings", first=SPAN[0], last=SPAN[1], by="quarter")))
    assert frame.select(pl.col("group").first()).item() == "2025-Q4"
