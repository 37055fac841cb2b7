"""Pairs of groups that are closed together, and places that hide each other."""

import numpy as np

from dashboard.disclosure.places import build_places
from dashboard.disclosure.traits import PAIRS, codes_of, complete, mark_pairs, spread_pairs
from pipelines.contracts import codes

PLACES = build_places([("A", k, "t") for k in ("a1", "a2", "a2", "a3", "a3", "a3")] + [("B", "b1", "t")] * 4)
ROWS = np.flatnonzero(~PLACES.is_crossed)


def adjacent() -> np.ndarray:
    parent = PLACES.parent[ROWS]
    siblings = (parent[:, None] == parent[None, :]) & (parent >= 0)[:, None]
    np.fill_diagonal(siblings, val=False)
    return np.stack([siblings, siblings])


def closed_ages(*bands: str) -> np.ndarray:
    closed = np.zeros((1, len(codes.AGE_BAND.codes), 2), dtype=bool)
    for band in bands:
        closed[0, codes_of("age_band").index(band), 1] = True
    return closed


def test_pairs_hold_every_group_and_stay_within_what_indicators_add_up() -> None:
    for column, pairs in PAIRS.items():
        assert {code for pair in pairs for code in pair} == set(codes_of(column))
    for whole in (codes.DRAINED, codes.JOINED):
        assert all(len({code in whole for code in pair}) == 1 for pair in PAIRS["move"])
    young, old = codes.AGE_BAND.codes[:3], codes.AGE_BAND.codes[6:]
    assert all(len({(code in young, code in old) for code in pair}) == 1 for pair in PAIRS["age_band"])


def test_a_closed_group_takes_its_partner_and_no_other() -> None:
    spread = spread_pairs(mark_pairs(closed_ages("60-"), ["age_band"]), ["age_band"])
    names = np.array(codes_of("age_band"))
    assert names[spread[0, :, 1]].tolist() == ["55-59", "60-"]
    assert not spread[0, :, 0].any()


def test_a_closed_cell_of_two_traits_takes_the_partners_of_both() -> None:
    closed = np.zeros((1, 9, 2, 2), dtype=bool)
    closed[0, 0, 1, 1] = True
    spread = spread_pairs(mark_pairs(closed, ["age_band", "gender"]), ["age_band", "gender"])
    assert np.argwhere(spread[0, :, :, 1]).tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]


def test_a_closed_pair_is_closed_in_the_smallest_sibling_too() -> None:
    marked = np.zeros((len(PLACES.keys), 1, 2), dtype=bool)
    marked[PLACES.of_key["county", "a3", None], 0, 1] = True
    found = complete(PLACES, marked, adjacent()[0], adjacent())
    assert {PLACES.keys[i] for i in np.flatnonzero(found[:, 0, 1])} == {("county", "a3", None), ("county", "a1", None)}


def test_a_further_sibling_is_closed_where_the_smallest_did_not_report() -> None:
    marked = np.zeros((len(PLACES.keys), 1, 2), dtype=bool)
    marked[PLACES.of_key["county", "a3", None], 0, 1] = True
    reports = adjacent()
    absent = [i for i, row in enumerate(ROWS) if PLACES.keys[row][1] == "a1"]
    reports[:, absent, :] = reports[:, :, absent] = False
    found = complete(PLACES, marked, adjacent()[0], reports)
    assert {PLACES.keys[i][1] for i in np.flatnonzero(found[:, 0, 1])} >= {"a1", "a2", "a3"}


def test_what_is_closed_in_a_city_is_closed_in_its_counties_and_in_another_city() -> None:
    marked = np.zeros((len(PLACES.keys), 1, 2), dtype=bool)
    marked[PLACES.of_key["city", "A", None], 0, 1] = True
    found = complete(PLACES, marked, adjacent()[0], adjacent())
    assert {PLACES.keys[i][:2] for i in np.flatnonzero(found[:, 0, 1])} == {
        ("city", "A"), ("city", "B"), ("county", "a1"), ("county", "a2"), ("county", "a3"),
    }  # fmt: skip


def test_without_a_sibling_that_can_hide_it_a_pair_is_closed_in_the_wider_place() -> None:
    marked = np.zeros((len(PLACES.keys), 1, 2), dtype=bool)
    marked[PLACES.of_key["city", "A", None], 0, 1] = True
    found = complete(PLACES, marked, adjacent()[0] & False, np.zeros_like(adjacent()))
    assert found[PLACES.of_key["province", "", None], 0, 1]
