"""Peers by size and structure: distances worked out by hand, ties in their order, no figure but the frame."""

import math

import numpy as np
import pytest

from dashboard.estimates.peers import find_nearest, measure_distance


def test_distances_agree_with_those_by_hand() -> None:
    units = np.array([[50.0, 50.0], [100.0, 100.0], [50.0, 0.0]])
    size = {(0, 1): math.log(2), (0, 2): math.log(2), (1, 2): math.log(4)}
    structure = {(0, 1): 0.0, (0, 2): math.sqrt(1 - math.sqrt(0.5)), (1, 2): math.sqrt(1 - math.sqrt(0.5))}
    found = measure_distance(units)
    for pair in size:
        parts = [d[pair] / (sum(d.values()) / 3) for d in (size, structure)]
        assert found[pair] == pytest.approx(math.sqrt((parts[0] ** 2 + parts[1] ** 2) / 2))
    np.testing.assert_allclose(found, found.T)
    assert (np.diag(found) == 0).all()


def test_regions_that_are_all_alike_have_no_distance_and_stand_in_their_order() -> None:
    found = measure_distance(np.full((4, 3), 7.0))
    assert (found == 0).all()
    assert find_nearest(found, 2, 3).tolist() == [0, 1, 3]


def test_the_nearest_come_first_and_never_the_region_itself() -> None:
    distance = measure_distance(np.array([[10.0, 90.0], [11.0, 92.0], [90.0, 10.0], [30.0, 220.0]]))
    assert find_nearest(distance, 0).tolist() == [1, 3, 2]
    assert find_nearest(distance, 0, 1).tolist() == [1]
