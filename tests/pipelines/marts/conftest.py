"""Marts of small facts by hand."""

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from hand_made import make_facts, make_quarantine

from pipelines.marts import build_marts


@pytest.fixture
def marts() -> Callable[..., dict[str, pl.DataFrame]]:
    """Build the marts of some rows: `marts(meetings=[{...}], quarantine=[(point, month)])`; point A stands by itself."""

    def build(quarantine: tuple[tuple[str | None, int | None], ...] = (), **rows: Any) -> dict[str, pl.DataFrame]:
        rows.setdefault("points", [{"point_id": "A"}])
        return build_marts(make_facts(**rows), make_quarantine(*quarantine))

    return build


@pytest.fixture
def month(marts: Callable[..., dict[str, pl.DataFrame]]) -> Callable[..., dict[str, Any]]:
    """The one row of `mart_point_month` that some rows of point A in January 2026 make."""

    def build(**rows: Any) -> dict[str, Any]:
        return marts(**rows)["mart_point_month"].filter(point_id="A", month=202601).row(0, named=True)

    return build
