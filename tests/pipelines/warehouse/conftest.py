"""An empty warehouse."""

from pathlib import Path

import pytest

from pipelines.warehouse import Layout


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    root = tmp_path / "warehouse"
    root.mkdir()
    return Layout(root)
