"""Rows of an estimate made by hand, for tests of words."""

from typing import Any

from dashboard.answers.request import ESTIMATE_COLUMNS


def made_row(**given: Any) -> dict[str, Any]:
    """An ordinary row; the direction follows from the interval of the change."""
    row: dict[str, Any] = dict.fromkeys(ESTIMATE_COLUMNS) | {"indicator": "meetings", "status": "ok", "n_points": 9}
    row |= given
    if row["change_low"] is not None:
        low, high = row["change_low"], row["change_high"]
        row["direction"] = "fell" if high < 0 else "rose" if low > 0 else "no_clear_change"
    return row
