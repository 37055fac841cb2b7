"""How long a signal of a control chart has lasted, counted from the rows of the chart as they are told."""

from collections.abc import Mapping, Sequence
from typing import Any

from pipelines.contracts import months


def streak(known: Sequence[Mapping[str, Any]]) -> int:
    """Months in a row, up to the newest, on its side of the mean or, for a trend, moving its way.

    `known`: the rows with a number in order of months, with `centre, signal, side`.
    """
    newest, later, n = known[-1], None, 0
    for row in reversed(known):
        gap = later is not None and months.shift(months.parse(row["group"]), 1) != months.parse(later["group"])
        if newest["signal"] == "trend":
            moved = newest["side"] if later is None else later["estimate"] - row["estimate"]
        else:
            moved = row["estimate"] - row["centre"]
        if gap or row["centre"] != newest["centre"] or moved * newest["side"] <= 0:
            break
        later, n = row, n + 1
    return n
