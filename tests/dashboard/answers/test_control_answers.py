"""Control charts of real answers: what is charted, from when, judged how."""

import itertools
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dashboard.answers import build_request
from dashboard.answers.control import CONTROL_COLUMNS, Assurance, Variation, chart_control, respond
from dashboard.answers.request import ESTIMATE_COLUMNS
from dashboard.warehouse import Snapshot, open_snapshot
from pipelines.contracts.errors import RequestError
from pipelines.contracts.policy import Policy, Rebase


@pytest.fixture(scope="module")
def demo(demo_warehouse: Path) -> Snapshot:
    return open_snapshot(demo_warehouse)


def with_policy(snapshot: Snapshot, policy: Policy) -> Snapshot:
    return replace(snapshot, manifest=snapshot.manifest | {"policy": policy.model_dump(mode="json")})


def test_limits_stand_beside_the_months_of_the_answer(demo: Snapshot):
    request = build_request(demo, "meetings", region="411300", by="month", control=True, first="2024-01", last="2025-12")
    frame = respond(demo, request)
    assert frame.columns == [*ESTIMATE_COLUMNS, *CONTROL_COLUMNS]
    values = frame["estimate"].to_list()
    ranges = [abs(b - a) for a, b in itertools.pairwise(values)]
    kept = [r for r in ranges if r <= 3.267 * sum(ranges) / len(ranges)]
    mean = sum(values) / 24
    assert frame["centre"].to_list() == pytest.approx([mean] * 24)
    assert frame["upper"].to_list() == pytest.approx([mean + 2.66 * sum(kept) / len(kept)] * 24)


def test_a_planted_rebound_is_a_signal_of_more_burden(demo: Snapshot):
    found = chart_control(demo, build_request(demo, "meetings", region="411300", by="month", control=True, first="2024-03",
                                              last="2026-10"))  # fmt: skip
    assert found.variation is Variation.WORSE
    assert found.since is not None
    assert found.since >= "2026-03"


def test_without_a_period_the_last_settled_months_are_charted(demo: Snapshot):
    frame = respond(demo, build_request(demo, "meetings", by="month", control=True))
    assert not frame["provisional"].any()
    assert 30 <= frame.height <= 36


def test_a_rebase_of_the_settings_starts_limits_anew(demo: Snapshot):
    rebase = Rebase(indicator="meetings", month=date(2025, 7, 1), reason="改革")
    request = build_request(demo, "meetings", by="month", control=True, first="2024-01", last="2026-08")
    frame = respond(with_policy(demo, Policy(rebases=(rebase,))), request)
    centres = dict(frame.select("group", "centre").iter_rows())
    assert len(set(centres.values())) == 2
    assert centres["2025-06"] != centres["2025-07"]
    other = respond(with_policy(demo, Policy(rebases=(rebase.model_copy(update={"indicator": "documents"}),))), request)
    assert other["centre"].n_unique() == 1


def test_a_target_is_judged_by_the_limits(demo: Snapshot):
    request = build_request(demo, "meetings", by="month", control=True, first="2025-01", last="2026-06")
    frame = respond(demo, request)
    low, middle, high = (frame[column][0] for column in ("lower", "centre", "upper"))
    for target, expected in ((high + 1, Assurance.PASSES), (low - 1, Assurance.FAILS), (middle, Assurance.CHANCE)):
        judged = chart_control(with_policy(demo, Policy(targets={"meetings": target})), request)
        assert judged.assurance is expected


def test_fewer_than_twelve_months_are_told_as_such(demo: Snapshot):
    found = chart_control(demo, build_request(demo, "meetings", by="month", control=True, first="2026-01", last="2026-06"))
    assert found.variation is Variation.FEW_MONTHS
    assert found.frame.select(*CONTROL_COLUMNS).null_count().row(0) == (6, 6, 6, 6)


def test_a_suppressed_month_is_a_gap(demo: Snapshot):
    charts = (
        respond(demo, build_request(demo, "under35_share", region=code, by="month", control=True, where=["post_type=support"]))
        for code in demo.regions.filter(level="city")["code"]
    )
    frame = next(c for c in charts if "suppressed" in c["status"] and c["centre"].is_not_null().any())
    shown = frame["estimate"].drop_nulls()
    assert frame.filter(status="suppressed")["signal"].null_count() == frame.filter(status="suppressed").height
    assert frame["centre"][0] == pytest.approx(shown.mean())


def test_only_months_have_a_control_chart(demo: Snapshot):
    with pytest.raises(RequestError, match="by month"):
        build_request(demo, "meetings", by="city", control=True)
