"""A raw folder of real files and a warehouse refreshed from it, made once and copied for each test."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from raw_folder import TODAY, write_raw

from pipelines.refresh import RefreshResult, refresh
from pipelines.warehouse import Layout


class Office:
    """A raw folder with its warehouse."""

    def __init__(self, folder: Path) -> None:
        self.raw, self.warehouse = folder / "raw", folder / "warehouse"

    def refresh(self, **options: Any) -> RefreshResult:
        return refresh(self.raw, self.warehouse, **({"today": TODAY} | options))

    def manifest(self) -> dict[str, Any]:
        layout = Layout(self.warehouse)
        return layout.read_manifest(layout.read_current())

    def table(self, name: str) -> pl.DataFrame:
        current = Layout(self.warehouse).read_current()
        return pl.read_parquet(self.warehouse / "snapshots" / current / f"{name}.parquet")


@pytest.fixture(scope="session")
def refreshed(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = Office(tmp_path_factory.mktemp("office"))
    write_raw(office.raw)
    office.refresh()
    return office


@pytest.fixture
def office(refreshed: Office, tmp_path: Path) -> Office:
    """A copy of its own of the refreshed office."""
    shutil.copytree(refreshed.raw, tmp_path / "raw")
    shutil.copytree(refreshed.warehouse, tmp_path / "warehouse")
    return Office(tmp_path)


@pytest.fixture
def new_office(tmp_path: Path) -> Callable[[], Office]:
    """An office with neither files nor snapshots."""
    return lambda: Office(tmp_path)


@pytest.fixture(scope="session")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., None]:
    """LibreOffice, which opens workbooks and saves them as another kind; skips where it is not there.

    A profile of its own, made once: making it takes longer than to convert.
    """
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    profile = f"-env:UserInstallation=file://{tmp_path_factory.mktemp('soffice')}"

    def run(kind: str, folder: Path, *files: Path) -> None:
        words = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", folder, *files]
        subprocess.run(words, check=True, capture_output=True, timeout=300)

    return run
