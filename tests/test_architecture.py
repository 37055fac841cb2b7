"""The imports follow the drawn arrows only (`pyproject.toml`, docs/architecture.md), and this test can fail."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LINTER = Path(sys.executable).with_name("lint-imports")
PACKAGES = ("pipelines", "dashboard")

# Where a forbidden import is added, what it says, and the arrow that it breaks.
FORBIDDEN = {
    "pipelines on dashboard": ("pipelines/marts/__init__.py", "import dashboard.settings", "contracts of the pipelines"),
    "dashboard on conform": ("dashboard/answers/__init__.py", "import pipelines.conform", "contracts of the pipelines"),
    "ingest on marts": ("pipelines/ingest/__init__.py", "import pipelines.marts", "through the pipelines"),
    "contracts on ingest": ("pipelines/contracts/months.py", "import pipelines.ingest", "through the pipelines"),
    "estimates on warehouse": ("dashboard/estimates/__init__.py", "import dashboard.warehouse", "Estimates are pure"),
    "warehouse on answers": ("dashboard/warehouse/__init__.py", "import dashboard.answers", "through the dashboard"),
    "pages on estimates": ("dashboard/pages/__init__.py", "import dashboard.estimates", "through the answers"),
    "contracts on a library with I/O": ("pipelines/contracts/codes.py", "import polars", "without I/O"),
    "a half on the command": ("pipelines/refresh/__init__.py", "import burden", "knows the command"),
}


def _lint(tree: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([LINTER, "--no-cache"], cwd=tree, capture_output=True, text=True, check=False)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_imports_follow_the_arrows(tree: Path) -> None:
    result = _lint(tree)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(("path", "statement", "arrow"), FORBIDDEN.values(), ids=FORBIDDEN)
def test_a_forbidden_import_breaks_its_arrow(tree: Path, path: str, statement: str, arrow: str) -> None:
    with (tree / path).open("a", encoding="utf-8") as module:
        module.write(f"\n{statement}\n")
    result = _lint(tree)
    assert result.returncode == 1, result.stdout + result.stderr
    assert arrow in " ".join(result.stdout.split()).partition("Broken contracts")[2]


def test_a_cycle_breaks_the_arrows(tree: Path) -> None:
    (tree / "pipelines/marts/first.py").write_text("import pipelines.warehouse.second\n", encoding="utf-8")
    (tree / "pipelines/warehouse/second.py").write_text("import pipelines.marts.first\n", encoding="utf-8")
    result = _lint(tree)
    assert result.returncode == 1
    assert "pipelines.marts.first -> pipelines.warehouse.second" in result.stdout


def test_a_room_that_nobody_drew_is_refused(tree: Path) -> None:
    (tree / "dashboard/attic").mkdir()
    (tree / "dashboard/attic/__init__.py").touch()
    result = _lint(tree)
    assert result.returncode == 1
    assert "dashboard.attic" in result.stdout
