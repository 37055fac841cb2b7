"""What every file of the repository keeps to: nothing of one machine, short files, documents that tell the truth."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

import burden
from dashboard.settings import Settings

ROOT = Path(__file__).parents[1]
FILE_LINES, FUNCTION_LINES = 400, 60
# Every dot is a class of its own, so that this file does not hold what it looks for.
REGISTRIES = re.compile(
    r"pypi[.]org|pythonhosted[.]org|npmjs[.](org|com)|registry[.]npm|proxy[.]golang|deb[.]debian|(?<!emit-)index[-]url"
)
MACHINE = re.compile(r"(?<![\w.])/(?:home|root|work|Users|mnt|opt)/[\w.-]+")
LOCKS = {"uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock", "package-lock.json", "yarn.lock"}
READMES = ("README.md", "README.zh.md")


def _tracked() -> list[Path]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]


def _texts() -> Iterator[tuple[Path, str]]:
    for path in _tracked():
        content = path.read_bytes()
        if b"\0" not in content:
            yield path.relative_to(ROOT), content.decode("utf-8", errors="replace")


def _modules() -> Iterator[tuple[Path, str]]:
    for folder in ("pipelines", "dashboard"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT), path.read_text(encoding="utf-8")


def test_no_file_names_a_package_registry() -> None:
    offending = [f"{path}: {found[0]}" for path, text in _texts() if (found := REGISTRIES.search(text))]
    assert offending == []


def test_the_searches_find_what_they_look_for() -> None:
    assert REGISTRIES.search("files." + "pythonhosted" + ".org")
    assert REGISTRIES.search("--" + "index-" + "url X")
    assert not REGISTRIES.search("--no-emit-index-url")
    assert MACHINE.search('open("/' + 'home/someone/x")')
    assert not MACHINE.search("../home/x")


def test_no_file_names_a_path_of_one_machine() -> None:
    offending = [f"{path}: {found[0]}" for path, text in _texts() if (found := MACHINE.search(text))]
    assert offending == []


def test_no_lock_file_records_download_addresses() -> None:
    assert [path.name for path in _tracked() if path.name in LOCKS] == []
    assert "://" not in (ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_every_pinned_package_has_a_hash() -> None:
    pins = re.findall(r"^[\w.-]+==.*(?:\n[ #].*)*", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(pins) > 50
    assert [pin.split()[0] for pin in pins if "--hash=sha256:" not in pin] == []


def test_files_and_functions_stay_short() -> None:
    long = []
    for path, text in _modules():
        if text.count("\n") > FILE_LINES:
            long.append(f"{path}: {text.count(chr(10))} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > FUNCTION_LINES:
                    long.append(f"{path}: {node.name} has {lines} lines")
    assert long == []


@pytest.mark.parametrize("readme", READMES)
def test_readmes_name_every_make_target_and_no_other(readme: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE)) - {"help"}
    named = set(re.findall(r"`make ([a-z-]+)", (ROOT / readme).read_text(encoding="utf-8")))
    assert named == targets


@pytest.mark.parametrize("readme", READMES)
def test_readmes_name_every_command(readme: str) -> None:
    commands = set(typer.main.get_command(burden.compose()).commands)
    row = next(line for line in (ROOT / readme).read_text(encoding="utf-8").splitlines() if "burden --help" in line)
    assert set(re.findall(r"`([a-z]+)`", row)) == commands


@pytest.mark.parametrize("readme", READMES)
def test_readmes_explain_every_environment_variable(readme: str) -> None:
    used = {name for _, text in _modules() for name in re.findall(r"\bBURDEN_[A-Z_]+[A-Z]\b", text)}
    used |= {f"BURDEN_{name.upper()}" for name in Settings.model_fields}
    explained = set(re.findall(r"^\| `(BURDEN_[A-Z_]+)`", (ROOT / readme).read_text(encoding="utf-8"), re.MULTILINE))
    assert explained == used


def test_links_between_documents_lead_somewhere() -> None:
    broken = []
    for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "tests").rglob("*.md")):
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text(encoding="utf-8")):
            if not (path.parent / target).exists():
                broken.append(f"{path.relative_to(ROOT)}: {target}")
    assert broken == []


def test_generated_documents_are_those_of_the_contracts(tmp_path: Path) -> None:
    subprocess.run([sys.executable, ROOT / "docs/build.py", tmp_path], cwd=ROOT, check=True)
    written = {page.name: page.read_text(encoding="utf-8") for page in tmp_path.iterdir()}
    assert set(written) == {"ledgers.md", "indicators.md"}
    for name, text in written.items():
        assert (ROOT / "docs" / name).read_text(encoding="utf-8") == text, f"docs/{name} is behind: run make docs"
