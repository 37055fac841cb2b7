"""The edge of a page: what cannot be shown is one sentence, never a traceback."""

import json
import logging
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from written import read_html

from dashboard.pages import catalogue

SCRIPT = Path(catalogue.__file__).parents[1] / "app.py"


@pytest.fixture
def warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BURDEN_WAREHOUSE", str(tmp_path))
    return tmp_path


def run(**params: str) -> str:
    test = AppTest.from_file(str(SCRIPT), default_timeout=60)
    test.query_params.update(params)
    test.run()
    assert not test.exception
    return read_html(test)


def test_a_warehouse_without_a_snapshot_says_what_to_run(warehouse: Path) -> None:
    assert "burden refresh" in run()
    assert 'role="alert"' in run()
    assert "has no published snapshot yet" in run(lang="en")


def test_a_broken_pointer_says_what_to_run(warehouse: Path) -> None:
    (warehouse / "current.json").write_text("{", encoding="utf-8")
    assert "burden refresh --full" in run()


def test_a_broken_snapshot_says_what_to_run(warehouse: Path) -> None:
    folder = warehouse / "snapshots" / "20261103T063000"
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text("not json", encoding="utf-8")
    (warehouse / "current.json").write_text(json.dumps({"snapshot": folder.name}), encoding="utf-8")
    assert "burden refresh --full" in run()


def test_a_fault_inside_a_page_is_logged_and_said_in_one_sentence(
    small_warehouse: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setenv("BURDEN_WAREHOUSE", str(small_warehouse))
    monkeypatch.setattr("dashboard.pages.frame.draw_foot", fail)
    with caplog.at_level(logging.ERROR, "dashboard.pages.frame"):
        html = run()
    assert "本页暂时无法显示" in html
    assert "secret detail" not in html
    assert "secret detail" in caplog.text
    assert "Traceback" in caplog.text


def test_real_data_have_no_mark_of_synthetic_data(small_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BURDEN_WAREHOUSE", str(small_warehouse))
    html = run()
    assert "示例数据" not in html
    assert 'class="foot"' in html


@pytest.mark.parametrize("script", sorted(Path(catalogue.__file__).parent.glob("*.js")), ids=lambda path: path.name)
def test_no_script_holds_what_looks_like_a_tag(script: Path) -> None:
    """What cleans the HTML of a page drops a script with a tag in it without a word, and no link would be followed."""
    assert not re.findall(r"<[/\w!]", script.read_text(encoding="utf-8"))
