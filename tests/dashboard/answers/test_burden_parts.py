"""The parts of burden hours add up, other constants give what a full answer gives, and each constant moves its own part."""

from pathlib import Path

import pytest

from dashboard.answers import Request, answer
from dashboard.answers.burden import PARTS, compose, replace_constant, weigh
from dashboard.warehouse import Snapshot, open_snapshot
from pipelines.contracts.indicators import INDICATORS
from pipelines.contracts.policy import CONSTANTS, BurdenConstants, Policy

REQUEST = Request("burden_hours", first=202602, last=202603, compare=(202601, 202601))


@pytest.fixture(scope="module")
def small(small_warehouse: Path) -> Snapshot:
    return open_snapshot(small_warehouse)


def test_every_term_belongs_to_one_part():
    listed = [statistic for part in PARTS.values() for statistic in part]
    assert sorted(listed) == sorted(t.statistic for t in INDICATORS["burden_hours"].numerator)


def test_every_constant_has_its_words_and_bounds_that_hold_the_default():
    assert {c.name for c in CONSTANTS} == set(BurdenConstants.model_fields)
    assert all(c.least <= getattr(BurdenConstants(), c.name) <= c.most for c in CONSTANTS)
    assert all(c.say(what, lang) for c in CONSTANTS for what in ("name", "unit", "source") for lang in ("zh", "en"))


def test_a_source_belongs_to_a_constant_that_exists():
    assert Policy(sources={"hours_per_report": "2026 年用时调查"}).sources
    with pytest.raises(ValueError, match="sources are given by constant"):
        Policy(sources={"hours_per_reprot": "2026 年用时调查"})


def test_the_parts_add_up_to_the_whole(small: Snapshot):
    constants = small.policy.constants
    parts, whole = compose(small, REQUEST, constants), answer(small, REQUEST).row(0, named=True)
    assert parts["group"].to_list() == list(PARTS)
    for column in ("estimate", "same", "came", "went"):
        assert parts[column].sum() == pytest.approx(whole[column]), column
    assert parts["share"].sum() == pytest.approx(1)
    assert parts["share"].to_list() == pytest.approx([e / whole["estimate"] for e in parts["estimate"]])
    assert (parts["share_low"] <= parts["share"]).all()


def test_meetings_among_the_parts_are_the_person_hours_of_meetings_where_all_three_ledgers_came(small: Snapshot):
    parts = compose(small, REQUEST, small.policy.constants)
    other = compose(small, REQUEST, replace_constant(small.policy.constants, "escort_hours_per_person_day", 8.0))
    ratio = (other["estimate"] / parts["estimate"]).to_list()
    assert ratio == pytest.approx([1, 2, 1, 1, 1])


def test_what_a_constant_weighs_is_what_a_full_answer_under_it_says(small: Snapshot):
    constants = small.policy.constants
    for row in weigh(small, REQUEST, constants, 0.5).iter_rows(named=True):
        for end in ("low", "high"):
            full = answer(small, REQUEST, replace_constant(constants, row["constant"], row[end])).row(0, named=True)
            assert row[f"estimate_{end}"] == pytest.approx(full["estimate"]), row["constant"]
            assert row[f"change_{end}"] == pytest.approx(full["change"]), row["constant"]


def test_a_region_without_points_weighs_nothing(small: Snapshot):
    empty = next(code for code in small.regions.filter(level="county")["code"] if answer(
        small, Request("burden_hours", code, 202602, 202602))["estimate"][0] is None)  # fmt: skip
    rows = weigh(small, Request("burden_hours", empty, 202602, 202602), small.policy.constants, 0.5)
    assert rows["estimate_low"].null_count() == rows.height
    assert rows["change_low"].null_count() == rows.height
