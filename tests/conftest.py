"""Warehouses published by the real pipeline from real files, once a session."""

from datetime import date
from pathlib import Path

import pytest

from pipelines.refresh import refresh

FIXTURES = Path(__file__).parent / "fixtures"
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def province_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shared province."""
    warehouse = tmp_path_factory.mktemp("province")
    refresh(Path(__file__).parents[1] / "../shared/province/raw", warehouse, today=TODAY)
    return warehouse


@pytest.fixture(scope="session")
def small_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small province of the fixtures."""
    warehouse = tmp_path_factory.mktemp("small")
    refresh(FIXTURES / "small_province/raw", warehouse, today=TODAY)
    return warehouse
