"""Snapshots that were kept, before and after late returns, corrections and further months: nothing suppressed follows from two.

The ledgers of five cities of the demo province as they had come by three days, refreshed one after the other.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from dashboard.answers import policy
from dashboard.disclosure import last_released
from dashboard.warehouse import Snapshot, open_snapshot
from pipelines.contracts import months
from pipelines.refresh import refresh
from validation.disclosure.attack import Offered, find_changes, recover_between
from validation.disclosure.offers import Cube, Span, collect
from validation.disclosure.points import Figure, read_cells, recover_exactly

FROM = 202601
CITIES = ("410300", "410600", "410700", "411500", "419001")
DAYS = (date(2026, 8, 8), date(2026, 9, 12), date(2026, 11, 22))
SILENT, HEARD = "village", datetime(2026, 10, 1)  # a point of 411500 of which nothing of the first quarter came before that
GENDER, MOVES = Cube("people", "headcount", ("gender",)), Cube("flows", None, ("move",))
SPANS: list[Span] = [(m, m) for m in months.span(202604, 202607)] + [(202604, 202606), (202606, 202607), (FROM, 202607)]
QUARTERS: list[Span] = [(202604, 202606), (FROM, 202606)]


def write_ledgers(known: Snapshot, raw: Path, day: date) -> None:
    """The ledgers of `known` as they had come by a day: without returns submitted later, nor what these bring."""
    raw.mkdir(exist_ok=True)
    points = known.query("SELECT * FROM dim_point").filter(pl.col("city_code").is_in(CITIES))

    def read(table: str) -> pl.DataFrame:
        rows = known.query(f"SELECT * FROM {table} WHERE month >= ?", [FROM])
        return rows.join(points, on="point_id", how="semi")

    silent = points.filter(city_code="411500", point_type=SILENT, selection="probability").sort("point_id")["point_id"][0]
    is_late = (pl.col("point_id") == silent) & (pl.col("month") <= 202603)
    returns = read("fact_return").filter(ledger="staff")
    returns = returns.with_columns(submitted_at=pl.when(is_late).then(pl.lit(HEARD)).otherwise("submitted_at"))
    came = returns.filter(pl.col("submitted_at") <= datetime.combine(day, time.max))
    late = returns.join(came, on=["point_id", "month"], how="anti").select("point_id", "month")
    staff, moves = (read(t).join(late, on=["point_id", "month"], how="anti") for t in ("fact_staff", "fact_staff_move"))
    if day != DAYS[-1]:  # the last one corrects an old month: one person more was a woman
        is_it = (pl.col("month") == 202603) & (pl.col("person_id") == staff.filter(month=202603, gender="female")["person_id"][0])
        staff = staff.with_columns(gender=pl.when(is_it).then(pl.lit("male")).otherwise("gender"))
    points = known.query("SELECT * FROM dim_point").with_columns(active_from=pl.lit(months.iso(FROM)), active_to=None)
    columns = {
        "points": ["point_id", "point_name", "point_type", "region_code", "selection", "active_from", "active_to"],
        "frame": ["city_code", "point_type", "population_units"],
        "returns": ["point_id", "month", "ledger", "nil_return", "submitted_at", "minutes_spent"],
        "staff": ["point_id", "month", "person_id", "birth_month", "gender", "post_type", "entry_month", "status"],
        "staff_moves": ["point_id", "date", "person_id", "move", "to_level", "in_service_term", "months_agreed"],
    }
    frame = known.query("SELECT * FROM dim_stratum")
    frames = {"points": points, "frame": frame, "returns": came, "staff": staff, "staff_moves": moves}
    for name, rows in frames.items():
        listed = rows.select(columns[name])
        words = [month_words(c) for c in ("month", "birth_month", "entry_month") if c in listed.columns]
        listed.with_columns(words).write_parquet(raw / f"{name}.parquet")


def month_words(column: str) -> pl.Expr:
    """`202603` as `2026-03`."""
    return pl.col(column).cast(pl.String).str.replace(r"(\d{4})(\d\d)", "${1}-${2}")


@pytest.fixture(scope="module")
def snapshots(demo_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Snapshot]:
    known, folder = open_snapshot(demo_warehouse), tmp_path_factory.mktemp("successive")
    found = []
    for day in DAYS:
        write_ledgers(known, folder / "raw", day)
        refresh(folder / "raw", folder / "warehouse", today=day)
        found.append(open_snapshot(folder / "warehouse"))
    return found


@pytest.fixture(scope="module")
def offered(snapshots: list[Snapshot]) -> Callable[[int, Cube], Offered]:
    known: dict[tuple[int, str], Offered] = {}

    def ask(number: int, cube: Cube) -> Offered:
        if (number, cube.name) not in known:
            spans = SPANS if cube is GENDER else QUARTERS
            known[number, cube.name] = snapshots[number], collect(snapshots[number], cube, spans)
        return known[number, cube.name]

    return ask


def test_returns_came_late_a_row_was_corrected_and_months_were_added(snapshots: list[Snapshot]) -> None:
    assert [s.months for s in snapshots] == [(FROM, last) for last in (202608, 202609, 202610)]  # some report early
    assert [last_released(s) for s in snapshots] == [202605, 202606, 202609]
    assert sum(month <= 202607 for month in find_changes(snapshots[0], snapshots[1]).values()) > 3
    assert 202603 in find_changes(snapshots[0], snapshots[2]).values()


@pytest.mark.parametrize("cube", [GENDER, MOVES], ids=lambda cube: cube.name)
@pytest.mark.parametrize("later", [1, 2])
def test_nothing_suppressed_follows_from_two_snapshots(offered: Callable[[int, Cube], Offered], cube: Cube, later: int) -> None:
    first, second = offered(0, cube), offered(later, cube)
    reasons = {cell.hidden for cell in (*first[1], *second[1])}
    assert reasons >= {None, "complementary", "not_final", "few_points" if cube is GENDER else "few_people"}
    assert [cell.words for cell in recover_between(first, second)] == []


def test_a_month_shown_too_early_is_told_by_the_next_snapshot(offered: Callable[[int, Cube], Offered]) -> None:
    """Had the first snapshot cut July fine before it was final, cells that a later one hides would follow."""
    first, second = offered(0, GENDER), offered(2, GENDER)
    early = [replace(c, hidden=None) if c.hidden == "not_final" else c for c in first[1]]
    assert recover_between((first[0], early), second)


def test_a_point_heard_of_after_its_quarter_was_shown_closes_that_quarter_below_its_city(
    snapshots: list[Snapshot], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All others of its type get other weights: two snapshots with exact weights would tell types within counties."""
    quarter = [(FROM, 202603)]

    def offer(snapshot: Snapshot) -> tuple[Snapshot, list[Figure]]:
        return snapshot, read_cells(snapshot, collect(snapshot, Cube("people", "headcount", ()), quarter))

    def list_open(offered: tuple[Snapshot, list[Figure]], city: str) -> set[str]:
        shown = (f.words for f in offered[1] if f.hidden is None)
        return {w for w in shown if w.startswith(f"headcount {city[:4]}") and not w.startswith(f"headcount {city} ")}

    first, second, third = (offer(s) for s in snapshots)
    assert list_open(first, "411500") == list_open(second, "411500")
    closed = list_open(first, "411500") - list_open(third, "411500")
    assert {f"headcount {c} {{}} {quarter[0]}" for c in ('411521', '411523', '411524', '411527')} == closed
    assert list_open(third, "410300") == list_open(first, "410300")
    assert [f.words for f in recover_exactly(first, third)] == []
    monkeypatch.setattr(policy, "is_reweighted", lambda *asked: np.zeros((len(asked[3]), len(asked[4])), dtype=bool))
    assert recover_exactly(first, offer(snapshots[2]))
