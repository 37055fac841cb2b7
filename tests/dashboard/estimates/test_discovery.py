"""The false discovery rate: adjusted p-values against scipy's, the promise on simulated families, one-sided tests."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from dashboard.estimates.discovery import RATE, Dependence, adjust, discover, weigh_both, weigh_change

METHODS = {Dependence.ANY: "by", Dependence.POSITIVE: "bh"}


@given(st.lists(st.floats(0, 1), min_size=1, max_size=60), st.sampled_from(Dependence))
def test_agrees_with_scipy(p: list[float], dependence: Dependence):
    ours = adjust(np.array(p), dependence)
    assert ours == pytest.approx(stats.false_discovery_control(p, method=METHODS[dependence]), rel=1e-9, abs=1e-15)


def test_the_example_of_benjamini_and_hochberg():
    # Their table of 15 hypotheses (1995, §4.1): at 5 % the first four are rejected, Bonferroni would reject three.
    p = [.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719, .6528, .7590, 1.0]  # fmt: skip
    assert discover(np.array(p), 0.05, Dependence.POSITIVE).sum() == 4


def test_what_was_not_tested_is_no_member_of_the_family():
    p = np.array([[0.001, np.nan], [0.3, 0.02]])
    adjusted = adjust(p)
    assert np.isnan(adjusted[0, 1])
    assert adjusted[~np.isnan(p)] == pytest.approx(adjust(p[~np.isnan(p)]))
    assert not discover(p)[0, 1]
    assert not discover(np.array([np.nan])).any()
    assert discover(np.array([])).shape == (0,)


def test_no_p_value_is_outside_its_range():
    with pytest.raises(ValueError, match="between 0 and 1"):
        adjust(np.array([1.2]))


def test_few_findings_of_dependent_families_are_false():
    # 60 tests in pairs that pull against each other (correlation −0.9), six of them with a true effect of 4 errors.
    rng = np.random.default_rng(7)
    shared = rng.standard_normal((2000, 30))
    own = rng.standard_normal((2000, 30))
    noise = np.hstack([shared, -0.9 * shared + np.sqrt(1 - 0.81) * own])
    effect = np.zeros(60)
    effect[:6] = 4
    found = np.array([discover(stats.norm.sf(row + effect)) for row in noise])
    false = found[:, 6:].sum(axis=1) / np.maximum(found.sum(axis=1), 1)
    assert false.mean() <= RATE
    assert found[:, :6].mean() > 0.5


def test_changes_are_weighed_on_the_side_that_is_asked():
    change, se, df = np.array([2.0, 2.0, -2.0, 2.0, 2.0]), np.array([1.0, 1.0, 1.0, 0.0, 1.0]), np.array([10, 30, 10, 10, 0])
    rise = weigh_change(change, se, df, 1)
    assert rise[:3] == pytest.approx([stats.t.sf(2, 10), stats.t.sf(2, 30), stats.t.sf(-2, 10)])
    assert np.isnan(rise[3:]).all()
    assert weigh_change(change, se, df, -1)[:3] == pytest.approx(1 - rise[:3])


def test_two_claims_together_are_as_weak_as_the_weaker():
    assert weigh_both(np.array([0.01, 0.2]), np.array([0.04, np.nan])) == pytest.approx([0.04, np.nan], nan_ok=True)
