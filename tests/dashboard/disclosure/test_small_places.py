"""Which places are cut by quarter alone: counties, crossings, and small cities and types never by themselves."""

import pytest

from dashboard.disclosure.periods import find_small, is_whole_quarter
from dashboard.disclosure.places import build_places

TYPES = ("village", "township")


def points(**cities: int) -> list[tuple[str, str, str]]:
    """So many points of each city, in two counties and of two types."""
    return [(city, f"{city}{i % 2}", TYPES[i // 2 % 2]) for city, count in cities.items() for i in range(count)]


@pytest.mark.parametrize(("sizes", "small"), [
    ({"a": 40, "b": 30, "c": 25}, set()),
    ({"a": 40, "b": 30, "c": 5}, {"b", "c"}),  # alone it would be what the others leave of the province
    ({"a": 40, "b": 8, "c": 16}, {"b", "c"}),
    ({"a": 40, "b": 30, "c": 6, "d": 7}, {"b", "c", "d"}),  # thirteen points are too few together
])  # fmt: skip
def test_small_cities_go_with_the_next_until_they_are_enough(sizes: dict[str, int], small: set[str]) -> None:
    places = build_places(points(**sizes))
    found = find_small(places)
    assert {city for city in sizes if found[places.of_key["city", city, None]]} == small
    assert found[places.is_fine].all()
    assert not found[places.of_key["province", "", None]]


def test_small_types_of_the_province_too() -> None:
    places = build_places([*points(a=60, b=60), *[("a", "a0", "hospital")] * 3])
    small = {key for key, is_small in zip(places.keys, find_small(places), strict=True) if key[0] == "province" and is_small}
    assert small == {("province", "", "hospital"), ("province", "", "township")}  # of 60 each the first by name


@pytest.mark.parametrize(("span", "is_quarter"), [
    ((202601, 202603), True), ((202610, 202612), True), ((202602, 202604), False), ((202601, 202606), False),
    ((202603, 202603), False), ((202512, 202602), False),
])  # fmt: skip
def test_only_calendar_quarters_are_whole(span: tuple[int, int], is_quarter: bool) -> None:
    assert is_whole_quarter(*span) is is_quarter
