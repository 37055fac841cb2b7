"""Decks of the demo province, made once a run of the tests."""

from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard import briefing
from dashboard.warehouse import Snapshot, open_snapshot
from tests.conftest import build_once
from tests.dashboard.briefing import edits

PERIOD = (202607, 202607)


@pytest.fixture(scope="session")
def snapshot(demo_warehouse: Path) -> Snapshot:
    return open_snapshot(demo_warehouse)


@pytest.fixture(scope="session")
def make_deck(snapshot: Snapshot) -> Callable[..., bytes]:
    """A deck of a few slides, as TOML says it would be."""

    def make(*slides: dict[str, object], lang: str = "zh", **more: object) -> bytes:
        outline = briefing.parse_outline({"slides": list(slides)}, snapshot)
        return briefing.create(snapshot, outline, lang, **{"period": PERIOD, **more}).content

    return make


@pytest.fixture(scope="session")
def edited_slides() -> tuple[dict[str, object], ...]:
    """Slides of every kind of native chart that a person would edit."""
    return (
        {"chart": "cover", "indicators": ["meetings", "documents"]},
        {"chart": "pair", "indicator": "meetings"},
        {"chart": "control", "indicator": "inspections"},
        {"chart": "bars", "indicator": "meetings", "by": "level"},
        {"chart": "trend", "indicator": "documents", "text": "文件数{documents}，比上年同月{documents.direction}。"},
        {"chart": "method"},
    )


@pytest.fixture(scope="session")
def deck(make_deck: Callable[..., bytes], edited_slides: tuple[dict[str, object], ...]) -> bytes:
    return make_deck(*edited_slides)


@pytest.fixture(scope="session")
def edited(deck: bytes) -> bytes:
    return edits.edit_as_a_person_would(deck)


@pytest.fixture(scope="session")
def outline_decks(tmp_path_factory: pytest.TempPathFactory, demo_warehouse: Path) -> Path:
    """A folder with the decks of both shipped outlines, maps left out: `monthly.pptx`, `quarterly.pptx`."""

    def build(folder: Path) -> None:
        known = open_snapshot(demo_warehouse)
        for name, lang in (("monthly", "zh"), ("quarterly", "en")):
            outline = briefing.read_outline(name, known)
            plain = briefing.Outline(tuple(s for s in outline.slides if s.chart != "map"), outline.span, outline.compare)
            (folder / f"{name}.pptx").write_bytes(briefing.create(known, plain, lang).content)

    return build_once(tmp_path_factory, "outlines", build)
