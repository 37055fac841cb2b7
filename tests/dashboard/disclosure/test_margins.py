"""Places that hide each other: two cities with types of points, small enough to see."""

import numpy as np

from dashboard.disclosure.margins import build_network, close_margins, find_bridges
from dashboard.disclosure.places import Key, Places, build_places

POINTS = [
    *[("A", "a1", "t")], *[("A", "a2", "t"), ("A", "a2", "u")] * 3, *[("A", "a3", "t"), ("A", "a3", "u")] * 4,
    *[("A", "a4", "t"), ("A", "a4", "u")] * 5,
    *[("B", "b1", "t"), ("B", "b1", "u")] * 3, *[("B", "b2", "t"), ("B", "b2", "u")] * 3,
]  # fmt: skip


def close(places: Places, *small: Key, absent: tuple[Key, ...] = ()) -> set[Key]:
    safe = np.ones((len(places.keys), 2), dtype=bool)
    present = safe.copy()
    for key in small:
        safe[places.of_key[key], 1] = False
    for key in absent:
        present[places.of_key[key], 1] = False
    kept = close_margins(places, safe, present, places.size >= 3)
    assert kept[:, 0].all()
    assert not {places.keys[p] for p in find_bridges(build_network(places), ~kept[:, 1])}
    return {key for i, key in enumerate(places.keys) if not kept[i, 1] and not (key[0] == "county" and key[2])}


def test_a_place_with_the_same_points_is_the_same_place() -> None:
    places = build_places(POINTS)
    assert places.of_key["county", "a1", "t"] == places.of_key["county", "a1", None]
    assert places.size[places.of_key["city", "A", None]] == 25


def test_nothing_is_closed_but_types_within_counties_where_nothing_is_small() -> None:
    assert close(build_places([p for p in POINTS if p[1] != "a1"])) == set()


def test_a_small_county_closes_the_smallest_other_county_of_its_city() -> None:
    assert close(build_places(POINTS), ("county", "a1", None)) == {("county", "a1", None), ("county", "a2", None)}


def test_a_county_that_did_not_report_hides_none() -> None:
    absent = (("county", "a2", None), ("county", "a2", "t"), ("county", "a2", "u"))
    closed = close(build_places(POINTS), ("county", "a1", None), absent=absent)
    assert {("county", "a1", None), ("county", "a3", None)} <= closed


def test_a_small_type_of_a_city_closes_three_further_ones() -> None:
    places = build_places([p for p in POINTS if p[1] != "a1"])
    assert close(places, ("city", "B", "t")) == {(level, c, t) for level in ("city",) for c in "AB" for t in "tu"}


def test_a_type_of_a_county_that_follows_anyway_stays_open() -> None:
    places = build_places([("A", "a1", "t")] * 3 + [("A", "a2", "t")] * 3 + [("A", "a2", "u")] * 4)
    safe = np.ones((len(places.keys), 2), dtype=bool)
    assert close_margins(places, safe, safe, safe[:, 0]).all()
