"""A bounded run of the attack on suppressed staff cells (the whole: `python -m validation.disclosure`), and that it can find."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from dashboard.warehouse import Snapshot, open_snapshot
from validation.disclosure.attack import find_told, recover
from validation.disclosure.offers import Cell, Cube, Span, collect

QUARTER = [(202604, 202604), (202605, 202605), (202606, 202606), (202604, 202605), (202605, 202606), (202604, 202606)]
YEARS = [(202401, 202412), (202501, 202512), (202401, 202512)]
ATTACKS: dict[str, tuple[Cube, list[Span]]] = {
    "vacancies": (Cube("vacancies", "vacancy_rate", ()), [*QUARTER, (202605, 202608)]),
    "people by gender": (Cube("people", "headcount", ("gender",)), QUARTER),
    "people by age": (Cube("people", "headcount", ("age_band",)), QUARTER[1:4]),
    "kinds of move": (Cube("flows", None, ("move",)), YEARS),
}


@pytest.fixture(scope="module")
def snapshot(demo_warehouse: Path) -> Snapshot:
    return open_snapshot(demo_warehouse)


@pytest.fixture(scope="module")
def offered(snapshot: Snapshot) -> Callable[[str], list[Cell]]:
    known: dict[str, list[Cell]] = {}

    def ask(name: str) -> list[Cell]:
        if name not in known:
            known[name] = collect(snapshot, *ATTACKS[name])
        return known[name]

    return ask


@pytest.mark.parametrize("name", ATTACKS)
def test_no_suppressed_cell_is_recovered(snapshot: Snapshot, offered: Callable[[str], list[Cell]], name: str) -> None:
    cells = offered(name)
    reasons = {cell.hidden for cell in cells}
    assert {None, "complementary"} < reasons
    assert reasons & {"few_points", "few_people"}
    assert [cell.words for cell in recover(snapshot, cells, ATTACKS[name][0].universe)] == []


@pytest.mark.parametrize("name", ["vacancies", "people by gender"])
def test_without_complementary_cells_small_ones_are_recovered(
    snapshot: Snapshot, offered: Callable[[str], list[Cell]], name: str
) -> None:
    planted = [replace(c, hidden=None) if c.hidden == "complementary" else c for c in offered(name)]
    assert len(recover(snapshot, planted, ATTACKS[name][0].universe)) > 20


def test_one_complementary_cell_that_is_shown_tells_the_county_that_it_hides(
    snapshot: Snapshot, offered: Callable[[str], list[Cell]]
) -> None:
    """410771 has a single point; a further county of its city is closed for it."""
    cells = [c for c in offered("people by gender") if c.span == (202604, 202606)]
    whole = [c for c in cells if c.words.startswith("headcount 4107") and " {} " in c.words]
    closed = [c for c in whole if c.hidden]
    assert [c.hidden for c in closed if "410771" in c.words] == ["few_points"]
    partner = next(c for c in closed if c.hidden == "complementary")
    planted = [replace(c, hidden=None) if c is partner else c for c in cells]
    assert any(c.words.startswith("headcount 410771 {} ") for c in recover(snapshot, planted))


def test_a_cell_is_told_where_it_is_a_difference_and_only_there() -> None:
    def cell(parts: tuple[int, ...]) -> Cell:
        return Cell(parts, np.ones(1), (202604, 202604), None, "")

    whole, one, two = cell((0, 1, 2, 3)), cell((0, 1)), cell((1, 2))
    assert find_told([whole, one], [cell((2, 3)), cell((2,)), two]) == [True, False, False]
    assert find_told([whole, one, two], [cell((2,)), cell((0, 3))]) == [False, True]
