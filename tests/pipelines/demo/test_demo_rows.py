"""The rows of the ledgers add up to the population's counts, and keep every rule of the contracts."""

from functools import cache

import numpy as np
import polars as pl
import pytest

from pipelines.contracts.ledgers import LEDGERS, ColumnType
from pipelines.demo import documents, inspections, meetings, monthly, registers, reporting, staff
from pipelines.demo.expand import expand, mark, spread
from pipelines.demo.panel import Panel, choose_points
from pipelines.demo.population import Population, simulate
from pipelines.demo.scheme import Scheme

SCHEME = Scheme(last_month=202503, points=500, months=14)


@cache
def province() -> tuple[Population, Panel, reporting.Reporting]:
    population = simulate(SCHEME)
    panel = choose_points(SCHEME, population)
    return population, panel, reporting.draw_reporting(SCHEME, panel)


@cache
def ledgers() -> dict[str, pl.DataFrame]:
    population, panel, reported = province()
    people = staff.find_people(SCHEME, population, panel)
    headcount = staff.count_by_cell(SCHEME, panel, people)
    return {
        "points": panel.register,
        "meetings": meetings.make_meetings(SCHEME, panel, population.counts, reported.reported["meetings"]),
        "documents": documents.make_documents(SCHEME, panel, population.counts, reported.reported["documents"]),
        "inspections": inspections.make_inspections(SCHEME, panel, population.counts, reported.reported["inspections"]),
        "staff": staff.make_staff(SCHEME, panel, people, reported.reported["staff"]),
        "staff_moves": staff.make_moves(SCHEME, panel, people),
        "standing": monthly.make_standing(SCHEME, panel, headcount, reported.reported["standing"]),
        "survey": monthly.make_survey(SCHEME, panel, reported.reported["survey"]),
        "plans": registers.make_plans(SCHEME), "feedback": registers.make_feedback(SCHEME),
    }


def sums(frame: pl.DataFrame, value: pl.Expr, date: str = "date") -> np.ndarray:
    """Points × months of a sum."""
    _, panel, _ = province()
    month = pl.col(date) if date == "month" else pl.col(date).dt.year() * 100 + pl.col(date).dt.month()
    table = frame.group_by("point_id", month.cast(pl.Int32).alias("at")).agg(value.alias("sum"))
    place = {p: k for k, p in enumerate(panel.point_id)}
    result = np.zeros((len(panel), SCHEME.months), dtype=np.int64)
    for point, month_, total in table.iter_rows():
        result[place[point], SCHEME.calendar.index(month_)] = total
    return result


def truth(statistic: str, ledger: str) -> np.ndarray:
    population, panel, reported = province()
    return np.where(reported.reported[ledger], population.statistics[statistic][panel.unit], 0)


def test_meetings_add_up_to_the_counts() -> None:
    frame = ledgers()["meetings"]
    assert (sums(frame, pl.len()) == truth("meetings", "meetings")).all()
    assert (sums(frame, pl.col("attendees").sum()) == truth("meeting_attendees", "meetings")).all()
    assert (sums(frame, pl.col("accompanying").sum()) == truth("meeting_accompanying", "meetings")).all()


def test_documents_add_up_and_every_repeat_follows_its_original_within_the_month() -> None:
    frame = ledgers()["documents"]
    assert (sums(frame, pl.len()) == truth("receipts", "documents")).all()
    informal = pl.col("kind").is_in(["letter", "plain"]) | pl.col("carrier").is_in(["chat_group", "app"])
    assert (sums(frame, informal.sum()) == truth("informal_documents", "documents")).all()
    numbered = frame.filter(pl.col("document_no").is_not_null()).sort("point_id", "document_no", "date")
    gap = (pl.col("date") - pl.col("date").shift(1).over("point_id", "document_no")).dt.total_days()
    repeats = numbered.with_columns(gap=gap).filter(pl.col("gap").is_not_null())
    assert (repeats["gap"] > 0).all()
    assert (repeats["gap"] <= 30).all()
    assert (sums(repeats, pl.len()) == truth("receipts", "documents") - truth("documents", "documents")).all()


def test_inspections_and_rosters_add_up_to_the_counts() -> None:
    assert (sums(ledgers()["inspections"], pl.len(), "start_date") == truth("inspections", "inspections")).all()
    frame = ledgers()["staff"]
    assert (sums(frame, pl.len(), "month") == truth("headcount", "staff")).all()
    age = (pl.col("month") // 100 - pl.col("birth_month") // 100) * 12 + pl.col("month") % 100 - pl.col("birth_month") % 100
    assert (sums(frame, (age < 420).sum(), "month") == truth("under35", "staff")).all()
    assert (sums(frame, (age >= 600).sum(), "month") == truth("over50", "staff")).all()


def test_departures_are_those_of_the_population_and_of_people_on_the_roster() -> None:
    population, panel, _ = province()
    moves = ledgers()["staff_moves"]
    gone = pl.col("move").is_in(["selected_up", "appointed_up", "resigned", "retired", "transferred_out", "dismissed"])
    expected = np.where(panel.active, population.statistics["separations"][panel.unit], 0)
    assert (sums(moves, gone.sum()) == expected).all()
    roster = ledgers()["staff"].group_by("person_id").agg(last=pl.col("month").max())
    left = moves.filter(gone).join(roster, on="person_id", how="inner").select(
        after=pl.col("last") > pl.col("date").dt.year() * 100 + pl.col("date").dt.month())
    assert not left["after"].any()


@pytest.mark.parametrize("name", ["points", "meetings", "documents", "inspections", "staff", "staff_moves", "standing",
                                  "survey", "plans", "feedback"])
def test_every_ledger_keeps_its_contract(name: str) -> None:
    ledger, frame = LEDGERS[name], ledgers()[name]
    assert frame.columns == [c.name for c in ledger.columns]
    for column in ledger.columns:
        cells = frame[column.name]
        assert column.name == "active_to" or not column.required or cells.null_count() == 0, column.name
        if column.codes is not None:
            assert set(cells.drop_nulls()) <= set(column.codes.codes), column.name
        if column.type in (ColumnType.INTEGER, ColumnType.NUMBER):
            assert column.minimum is None or cells.min() is None or cells.min() >= column.minimum, column.name
            assert column.maximum is None or cells.max() <= column.maximum, column.name
        if column.at_most:
            assert (cells <= frame[column.at_most]).all()
    key = list(ledger.key)
    if ledger.whole_row_key_without:
        assert not frame.filter(pl.col(ledger.whole_row_key_without).is_null()).is_duplicated().any()
        frame = frame.filter(pl.col(ledger.whole_row_key_without).is_not_null())
    assert not frame.select(key).is_duplicated().any()


def test_absence_has_its_kinds_true_zero_missing_awaited_and_contradicted() -> None:
    _, panel, reported = province()
    rows = {name: sums(ledgers()[name], pl.len(), LEDGERS[name].dated_by or "") for name in reporting.LEDGERS}
    returns = reporting.make_returns(SCHEME, panel, reported, rows)
    count = pl.DataFrame({
        "point_id": np.repeat(panel.point_id, SCHEME.months), "month": np.tile(SCHEME.calendar, len(panel)),
        "rows": rows["inspections"].ravel(), "reported": reported.reported["inspections"].ravel(),
    }, schema_overrides={"month": pl.Int32, "point_id": pl.String})
    told = count.join(returns.filter(pl.col("ledger") == "inspections"), on=["point_id", "month"], how="left")
    assert told.filter(pl.col("reported") & (pl.col("rows") == 0))["nil_return"].all()
    assert told.filter(pl.col("nil_return") & (pl.col("rows") > 0)).height > 0
    assert told.filter(~pl.col("nil_return") & ~pl.col("reported")).height > 0
    assert told.filter(pl.col("nil_return").is_null() & ~pl.col("reported")).height > 0
    assert told.filter(pl.col("nil_return").is_null() & pl.col("reported")).height > 0


def test_shangqiu_reports_less_and_later_and_the_last_month_is_the_least_complete() -> None:
    _, panel, reported = province()
    missing = panel.active & ~reported.reported["documents"]
    late = np.array([p.startswith("P4114") for p in panel.point_id]) & ~panel.purposive
    others = ~late & ~panel.purposive
    before = slice(0, -1)
    assert missing[late, before].mean() > 2 * missing[others, before].mean()
    assert 0.01 < missing[others, before].mean() < 0.05
    assert 0.82 < 1 - missing[~panel.purposive, -1].mean() < 0.93


def test_some_observation_points_have_a_gap_of_months() -> None:
    _, panel, reported = province()
    silent = ~reported.reported["meetings"][panel.purposive] & panel.active[panel.purposive]
    run = np.lib.stride_tricks.sliding_window_view(silent, 4, axis=1).all(2).any(1)
    assert run.sum() >= 3
    assert 35 <= panel.purposive.sum() <= 45


def test_feedback_is_varied_and_some_of_it_holds_numbers_that_must_be_masked() -> None:
    texts = ledgers()["feedback"]["text"]
    assert texts.n_unique() > 0.9 * len(texts)
    assert texts.str.contains(r"1[3-9]\d{9}").sum() >= 3
    assert texts.str.contains(r"\d{17}[\dX]").sum() >= 3


def test_plans_hold_a_breached_ceiling_and_one_above_the_year_before() -> None:
    plans = ledgers()["plans"]
    assert plans.filter(pl.col("issued") > pl.col("ceiling")).height > 0
    assert plans.filter(pl.col("ceiling") > pl.col("previous_actual"))["region_code"].unique().to_list() == ["411400"]
    used = plans.sort("as_of").group_by("region_code", "year", "level", "item").agg(
        pl.col("issued").diff().drop_nulls().min().alias("step"))
    assert used["step"].drop_nulls().min() >= 0


def test_spread_and_mark_divide_totals_exactly() -> None:
    rng = np.random.default_rng(3)
    counts = rng.poisson(2.0, (40, 6))
    totals = np.where(counts > 0, rng.poisson(5.0, counts.shape), 0)
    rows = expand(counts)
    parts = spread(rows, counts, totals, rng)
    cell = rows.point * 6 + rows.month
    assert (np.bincount(cell, parts, counts.size) == totals.ravel()).all()
    wanted = rng.binomial(totals, 0.3)
    marked = mark(parts, cell, wanted.ravel(), rng)
    assert (marked <= parts).all()
    assert (np.bincount(cell, marked, counts.size) == wanted.ravel()).all()
