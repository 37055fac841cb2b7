"""Where the pages get numbers: the current snapshot, opened once, and answers, remembered by snapshot and question.

Snapshots and frames never change, so the process shares them between sessions without copies; a new snapshot has a new
id and so new keys. Nothing here formats or draws.
"""

from pathlib import Path

import polars as pl

from dashboard.answers import Request, answer, observe, provisional_months
from dashboard.answers.burden import compose, weigh
from dashboard.answers.control import ControlChart, chart_control
from dashboard.answers.plans import pace_plans, trace_plans
from dashboard.i18n import LANGUAGES, Lang
from dashboard.i18n.regions import region_names
from dashboard.pages.period import Period
from dashboard.pages.state import Bounds
from dashboard.warehouse import Snapshot, open_snapshot, resolve
from dashboard.warehouse.kept import kept
from pipelines.contracts.errors import WarehouseError
from pipelines.contracts.indicators import INDICATORS
from pipelines.contracts.policy import BurdenConstants

SNAPSHOTS_KEPT = 3
ANSWERS_KEPT = 4096


_shown: dict[Path, str] = {}


def show(warehouse: Path, snapshot: str | None) -> None:
    """From now on sessions see that snapshot of a warehouse; with None, whichever is published last."""
    if snapshot is None:
        _shown.pop(warehouse, None)
    else:
        _shown[warehouse] = snapshot


def current_snapshot(warehouse: Path) -> Snapshot:
    """The snapshot that sessions see: the one last published, unless another is shown and still there. Raises WarehouseError."""
    newest, shown = resolve(warehouse), _shown.get(warehouse)
    there = shown is not None and (warehouse / "snapshots" / shown).is_dir()
    return open_one(warehouse, shown if shown is not None and there else newest)


@kept(SNAPSHOTS_KEPT)
def open_one(warehouse: Path, snapshot: str) -> Snapshot:
    """A snapshot, opened once."""
    return open_snapshot(warehouse, snapshot)


def bounds_of(snapshot: Snapshot) -> Bounds:
    """Region codes and months that an address may name. Raises WarehouseError where nothing was ever reported."""
    if snapshot.months is None:
        raise WarehouseError(
            "当前快照中没有任何已报送的月份；请把台账放入原始数据文件夹后运行 burden refresh。",
            "No month of the current snapshot has a report; put ledgers into the raw folder and run `burden refresh`.",
        )
    return Bounds(frozenset(snapshot.regions["code"]), Period(*snapshot.months))


@kept(SNAPSHOTS_KEPT * len(LANGUAGES))
def names(snapshot: Snapshot, lang: Lang) -> dict[str, str]:
    """Region code → name."""
    return region_names(snapshot.regions, lang)


@kept(ANSWERS_KEPT)
def ask(snapshot: Snapshot, request: Request) -> pl.DataFrame:
    """`dashboard.answers.answer`, remembered (a snapshot is equal to itself alone)."""
    return answer(snapshot, request)


@kept(256)
def chart(snapshot: Snapshot, request: Request) -> ControlChart:
    """`dashboard.answers.control.chart_control`, remembered."""
    return chart_control(snapshot, request)


@kept(256)
def find_provisional(snapshot: Snapshot, indicator: str, region: str) -> frozenset[int]:
    """The provisional months of an indicator in a region, remembered."""
    return frozenset(provisional_months(snapshot, INDICATORS[indicator], region))


@kept(256)
def watch(snapshot: Snapshot, indicator: str, region: str, period: Period) -> pl.DataFrame:
    """`dashboard.answers.observe`: purposive points month by month, remembered."""
    return observe(snapshot, indicator, region, period.first, period.last)


@kept(256)
def pace(snapshot: Snapshot, regions: tuple[str, ...], period: Period) -> pl.DataFrame:
    """`dashboard.answers.plans.pace_plans`, remembered, with the snapshot's id."""
    return pace_plans(snapshot, list(regions), period.first, period.last).with_columns(snapshot=pl.lit(snapshot.id))


@kept(256)
def trace(snapshot: Snapshot, region: str, period: Period) -> pl.DataFrame:
    """`dashboard.answers.plans.trace_plans`, remembered, with the snapshot's id."""
    return trace_plans(snapshot, region, period.first, period.last).with_columns(snapshot=pl.lit(snapshot.id))


@kept(256)
def try_out(snapshot: Snapshot, request: Request, constants: BurdenConstants) -> pl.DataFrame:
    """`burden_hours` under constants that need not be the published ones (试算), remembered."""
    return answer(snapshot, request, constants)


@kept(256)
def split_burden(snapshot: Snapshot, request: Request, constants: BurdenConstants) -> pl.DataFrame:
    """`dashboard.answers.burden.compose`, remembered."""
    return compose(snapshot, request, constants)


@kept(256)
def weigh_constants(snapshot: Snapshot, request: Request, constants: BurdenConstants, by: float) -> pl.DataFrame:
    """`dashboard.answers.burden.weigh`, remembered."""
    return weigh(snapshot, request, constants, by)
