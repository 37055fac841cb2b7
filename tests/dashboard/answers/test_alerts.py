"""Alerts of the demo province: what was planted is found, told with its place, time, level and sureness, in an order by rule."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from dashboard.answers import Request, answer
from dashboard.answers.alerts import ALERT_COLUMNS, Alert, Claim, Kind, Reason, Sureness, find_alerts, list_alerts
from dashboard.answers.alerts.claims import list_moves, list_rises
from dashboard.answers.alerts.evidence import LEAST_DF, Window, find_all, find_window, weigh
from dashboard.answers.alerts.finding import _order, select_alerts
from dashboard.answers.alerts.signals import find_fall, trace
from dashboard.warehouse import Snapshot, open_snapshot
from pipelines.contracts.errors import RequestError
from pipelines.contracts.indicators import INDICATORS
from pipelines.demo.effects import planted
from pipelines.demo.scheme import Scheme

EFFECTS = {effect.id: effect for effect in planted(Scheme(last_month=202610))}
RISES = ("rebound", "displacement", "upward_drain", "ageing", "accompaniment")


@pytest.fixture(scope="module")
def snapshot(demo_warehouse: Path) -> Snapshot:
    return open_snapshot(demo_warehouse)


@pytest.fixture(scope="module")
def alerts(snapshot: Snapshot) -> tuple[Alert, ...]:
    return find_alerts(snapshot)


def one(alerts: tuple[Alert, ...], kind: Kind, region: str, indicator: str) -> Alert:
    return next(a for a in alerts if (a.kind, a.region) == (kind, region) and a.claims[-1].indicator == indicator)


def test_every_planted_effect_is_found_where_it_was_planted(alerts: tuple[Alert, ...]) -> None:
    told = {(a.region, a.claims[-1].indicator) for a in alerts if a.claims}
    expected = {
        "rebound": ["meetings"], "displacement": ["informal_document_share", "documents", "chat_groups"],
        "upward_drain": ["upward_drain_rate"], "ageing": ["under35_share", "over50_share"],
        "accompaniment": ["meeting_accompaniment_rate"],
    }  # fmt: skip
    wanted = {(EFFECTS[effect].region_code, indicator) for effect, found in expected.items() for indicator in found}
    assert wanted <= told
    assert {region for region, _ in told} - {EFFECTS[e].region_code for e in RISES} <= {"411100"}  # one false in some twenty


def test_the_rebound_says_since_when_how_sure_after_what_and_through_which_level(alerts: tuple[Alert, ...]) -> None:
    rebound = one(alerts, Kind.REBOUND, "411300", "meetings")
    assert EFFECTS["rebound"].from_month == 202605
    assert rebound.since == "2026-06"  # the surge grows from nothing in its first month
    assert (rebound.sureness, rebound.reason) == (Sureness.CLEAR, Reason.SIGNALS)
    assert rebound.fall
    assert rebound.fall["change_high"] < 0
    assert rebound.source
    assert rebound.source.level == "county"
    assert rebound.source.share > 0.9
    assert rebound.address == {"region": "411300", "from": "2026-07", "to": "2026-09"}
    assert rebound.page == "meetings"


def test_the_row_of_an_alert_is_the_row_of_the_answer(snapshot: Snapshot, alerts: tuple[Alert, ...]) -> None:
    rebound = one(alerts, Kind.REBOUND, "411300", "meetings")
    row = answer(snapshot, Request("meetings", "411300", 202607, 202609, compare="year")).row(0, named=True)
    for name in ("change", "change_low", "change_high", "n_matched"):
        assert rebound.rows[0][name] == pytest.approx(row[name], rel=1e-12)


def test_displacement_holds_in_both_channels(alerts: tuple[Alert, ...]) -> None:
    found = {a.region: a for a in alerts if a.kind is Kind.DISPLACEMENT}
    assert set(found) == {EFFECTS["displacement"].region_code, EFFECTS["accompaniment"].region_code}
    for alert in found.values():
        falls, rises = alert.rows
        assert falls["change_high"] < 0 < rises["change_low"]
        assert alert.reason is Reason.BOTH
        assert len(alert.charts) == 2


def test_planted_plans_are_told(alerts: tuple[Alert, ...]) -> None:
    plans = {(a.region, a.reason) for a in alerts if a.kind is Kind.PLAN}
    assert ("411400", Reason.RAISED) in plans
    assert {r for region, r in plans if region == "410400"} & {Reason.PROJECTED, Reason.EXCEEDED}


def test_what_rests_on_a_provisional_month_is_to_be_confirmed(snapshot: Snapshot, alerts: tuple[Alert, ...]) -> None:
    assert find_window(snapshot, "meetings", Window.SETTLED) == (202607, 202609)
    assert find_window(snapshot, "meetings", Window.NEWEST) == (202608, 202610)
    for alert in alerts:
        if alert.rows:
            provisional = any(row["provisional"] for row in alert.rows)
            assert (alert.sureness is Sureness.OPEN) == provisional
            assert alert.rows[0]["period_to"] == ("2026-10" if provisional else "2026-09") or provisional


def test_the_order_follows_rules_and_ranks_nobody_on_what_is_withheld(alerts: tuple[Alert, ...]) -> None:
    kinds = [list(Kind).index(a.kind) for a in alerts]
    assert kinds == sorted(kinds)
    row = {"period_from": "2026-07", "period_to": "2026-09"}

    def made(indicator: str, region: str, sureness: Sureness) -> Alert:
        return Alert(Kind.RISE, region, "", (Claim(indicator, -1),), (row,), sureness=sureness)

    open_, clear = made("felt_relief_share", "410100", Sureness.OPEN), made("felt_relief_share", "410200", Sureness.CLEAR)
    assert sorted([clear, open_], key=_order) == [open_, clear]  # by code, not by sureness
    ranked = made("meetings", "411700", Sureness.FAIR)
    assert sorted([open_, ranked], key=_order) == [ranked, open_]


def test_the_frame_has_its_columns_and_a_region_has_its_own(snapshot: Snapshot) -> None:
    frame = list_alerts(snapshot)
    assert frame.schema == pl.Schema(ALERT_COLUMNS)
    assert frame.height == len(select_alerts(snapshot, "410000"))
    assert set(list_alerts(snapshot, "411300")["region_code"]) == {"411300"}
    assert frame.filter(kind="displacement")["other_change"].max() < 0
    with pytest.raises(RequestError):
        list_alerts(snapshot, "999999")


def test_what_is_not_shown_is_no_evidence(snapshot: Snapshot) -> None:
    for claim in list_rises():
        evidence = weigh(snapshot, claim, "county", Window.SETTLED)
        assert evidence
        hidden = evidence.frame["change"].is_null().to_numpy()
        assert np.isnan(evidence.p[hidden]).all()
        assert np.isnan(evidence.p[(evidence.frame["n_matched"].fill_null(0) < LEAST_DF).to_numpy()]).all()


def test_claims_are_of_indicators_with_a_direction(snapshot: Snapshot) -> None:
    rises = {c.indicator for c in list_rises()}
    assert "meetings" in rises
    assert not rises & {"video_share", "headcount", "net_flow_rate", "plan_used_share", "offday_meeting_share"}
    assert all(m.falls.side == -1 and m.rises.side == 1 for m in list_moves())
    assert {c.indicator for m in list_moves() for c in (m.falls, m.rises)} <= set(INDICATORS)


def test_a_short_record_gives_no_alert_of_changes(small_warehouse: Path) -> None:
    small = open_snapshot(small_warehouse)
    assert [a for a in find_alerts(small) if a.kind is not Kind.PLAN] == []
    assert find_all(small) == []


def test_a_fall_is_told_only_where_it_is_clear(snapshot: Snapshot) -> None:
    fall = find_fall(snapshot, Claim("meetings", 1), "411700", 202609)
    assert fall
    assert (fall["period_from"], fall["period_to"]) == ("2024-11", "2025-09")  # the year compared with, cut to the record
    assert (fall["earlier_from"], fall["earlier_to"]) == ("2023-11", "2024-09")
    assert find_fall(snapshot, Claim("under35_share", -1), "411500", 202609) is None


def test_a_region_without_signals_has_no_since(snapshot: Snapshot) -> None:
    seen = trace(snapshot, Claim("meetings", 1), "411700", 202609, 202610)
    assert seen.since is None
    assert seen.frame.height == 25
    assert seen.frame["centre"].is_not_null().all()
