"""The deck that the timetable keeps: made, refreshed into a new file from its newest version, left where nothing is new."""

import json
import shutil
from pathlib import Path

import pytest

import burden
from dashboard.cli.standing_brief import keep_brief
from pipelines.contracts.errors import RequestError
from tests.dashboard.briefing import edits

OUTLINE = 'period = "month"\n[[slides]]\nchart = "bars"\nindicator = "meetings"\nby = "level"\n'


@pytest.fixture
def warehouse(demo_warehouse: Path, tmp_path: Path) -> Path:
    """The demo's warehouse with a brief in its settings."""
    folder = tmp_path / "warehouse"
    snapshot = json.loads((demo_warehouse / "current.json").read_text(encoding="utf-8"))["snapshot"]
    shutil.copytree(demo_warehouse / "snapshots" / snapshot, folder / "snapshots" / snapshot, copy_function=_link)
    shutil.copy(demo_warehouse / "current.json", folder)
    path = folder / "snapshots" / snapshot / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["policy"]["brief"] = {"deck": "briefs/月报.pptx", "outline": "own.toml"}
    path.unlink()
    path.write_text(json.dumps(manifest), encoding="utf-8")
    (tmp_path / "own.toml").write_text(OUTLINE, encoding="utf-8")
    return folder


def _link(source: str, target: str) -> None:
    Path(target).hardlink_to(source)


def test_a_deck_is_made_once_and_refreshed_when_there_is_something_new(warehouse, tmp_path):
    deck = tmp_path / "briefs" / "月报.pptx"
    assert keep_brief(warehouse, tmp_path) == deck
    assert keep_brief(warehouse, tmp_path) is None
    known = edits.open_deck(deck.read_bytes())
    frame = edits.find_chart(known, 1, "bars")
    frame.left, first = 0, frame.chart._chartSpace.find(".//{*}ser/{*}val//{*}pt/{*}v")
    first.text = "99"
    (tmp_path / "briefs" / "月报_2026-08.pptx").write_bytes(edits.save(known))
    assert keep_brief(warehouse, tmp_path) == tmp_path / "briefs" / "月报_2026-09.pptx"
    assert edits.find_chart(edits.open_deck((tmp_path / "briefs" / "月报_2026-09.pptx").read_bytes()), 1, "bars").left == 0
    shutil.copy(tmp_path / "briefs" / "月报_2026-08.pptx", tmp_path / "briefs" / "月报_2026-09.pptx")
    assert keep_brief(warehouse, tmp_path) == tmp_path / "briefs" / "月报_2026-09_2.pptx"


def test_what_goes_wrong_in_the_child_is_told_in_its_own_sentence(warehouse, tmp_path):
    (tmp_path / "own.toml").unlink()
    with pytest.raises(RequestError) as caught:
        burden.keep_brief(warehouse, tmp_path)
    assert "own.toml" in caught.value.zh
    assert "own.toml" in caught.value.en


def test_without_a_deck_in_the_settings_nothing_is_written(demo_warehouse, tmp_path):
    assert burden.keep_brief(demo_warehouse, tmp_path) is None  # in a child, as the timetable asks
    assert list(tmp_path.iterdir()) == []
