"""What is said of counts and feeling rests on both intervals alone."""

from typing import Any

import pytest

from dashboard.pages.relief import judge_together


def row(indicator: str, low: float | None, high: float | None) -> dict[str, Any]:
    known = low is not None and high is not None
    direction = None if not known else "fell" if high < 0 else "rose" if low > 0 else "no_clear_change"
    return {
        "indicator": indicator, "status": "ok", "estimate": 1.0, "change": 0.0 if known else None, "change_low": low,
        "change_high": high, "direction": direction,
    }  # fmt: skip


@pytest.mark.parametrize(("counted", "felt", "said"), [
    ((-9, -2), (0.01, 0.05), "both"), ((-9, -2), (-0.01, 0.05), "not_followed"), ((-9, -2), (-0.05, -0.01), "apart"),
    ((-9, 2), (0.01, 0.05), "felt_only"), ((2, 9), (0.01, 0.05), "felt_only"), ((2, 9), (-0.01, 0.05), "heavier"),
    ((2, 9), (-0.05, -0.01), "both_heavier"), ((-9, 2), (-0.05, -0.01), "felt_fell"), ((-9, 2), (-0.01, 0.05), "unclear"),
    ((None, None), (0.01, 0.05), "unknown"), ((-9, -2), (None, None), "unknown"),
])  # fmt: skip
def test_both_intervals_decide(counted: tuple[float, float], felt: tuple[float, float], said: str) -> None:
    assert judge_together(row("meetings", *counted), row("felt_relief_share", *felt))[0] == said
