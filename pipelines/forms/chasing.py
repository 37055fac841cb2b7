"""Chasing: which reports are due and absent, and which rows were rejected, from a published snapshot, with their city."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.contracts import months
from pipelines.contracts.errors import RequestError, WarehouseError
from pipelines.contracts.ledgers import LEDGERS
from pipelines.contracts.policy import DueDays
from pipelines.warehouse import Layout, read_table

OWED = tuple(ledger for ledger in LEDGERS.values() if ledger.return_code)
MONTHS_CHASED = 3
UNKNOWN = "未能识别"
_OPEN_END = 999_912


@dataclass(frozen=True)
class Chased:
    """What is owed on the day `today` for the `months`.

    `missing`: `city, county, point_id, point_name, ledger, month, due, days_late, awaited` (a return came, its rows did
    not). `rejected`: the quarantine with `city, county, point_name`. `sources`: path shown → checksum in the snapshot.
    `points`: the register. `synthetic`: are the data a demo's?
    """

    today: date
    months: tuple[int, ...]
    missing: pl.DataFrame
    rejected: pl.DataFrame
    sources: dict[str, str]
    points: pl.DataFrame
    synthetic: bool

    @property
    def cities(self) -> list[str]:
        """Cities with anything to chase, the unknown last."""
        found = {*self.missing["city"], *self.rejected["city"]}
        return sorted(found, key=lambda city: (city == UNKNOWN, city))


def chase(warehouse: Path, today: date, *, region: str | None = None, month: int | None = None) -> Chased:
    """Raises WarehouseError where nothing is published, RequestError for an unknown region or a month not yet due."""
    layout = Layout(warehouse)
    current = layout.read_current()
    manifest: dict[str, Any] | None = layout.read_manifest(current) if current else None
    if current is None or manifest is None:
        raise WarehouseError(f"数据仓库“{warehouse}”没有已发布的快照；请先运行 burden refresh。",
                             f"The warehouse “{warehouse}” has no published snapshot; run `burden refresh` first.")

    def load(name: str) -> pl.DataFrame:
        table = read_table(layout, current, name)
        if table is None:
            raise WarehouseError(f"快照“{current}”的表“{name}”无法读取；请运行 burden refresh --full。",
                                 f"The table “{name}” of snapshot “{current}” cannot be read; run `burden refresh --full`.")
        return table

    due = DueDays.model_validate(manifest["policy"]["due"])
    chased = _list_months(due, today, month)
    points = _name_places(load("dim_point"), load("dim_region"), region)
    missing = _list_missing(points, chased, due, today, {ledger.name: load(ledger.table) for ledger in OWED}, load("fact_return"))
    rejected = _place_rejected(load("quarantine"), points, month, narrowed=region is not None)
    sources = {source["path"]: source["sha256"] for source in manifest["sources"]}
    return Chased(today, chased, missing, rejected, sources, points, bool(manifest["synthetic"]))


def find_due(month: int, ledger: str, due: DueDays) -> date:
    """The day by which a ledger-month is due."""
    day = due.survey if ledger == "survey" else due.ledgers
    return months.first_day(months.shift(month, 1)).replace(day=day)


def _list_months(due: DueDays, today: date, month: int | None) -> tuple[int, ...]:
    last = months.shift(months.of_date(today), -1)
    if find_due(last, "meetings", due) >= today:
        last = months.shift(last, -1)
    if month is None:
        return tuple(months.span(months.shift(last, 1 - MONTHS_CHASED), last))
    if month > last:
        raise RequestError(f"{months.iso(month)} 尚未到期，无须催报。", f"{months.iso(month)} is not due yet.")
    return (month,)


def _name_places(points: pl.DataFrame, regions: pl.DataFrame, region: str | None) -> pl.DataFrame:
    named = {(level, code): name for level, code, name in regions.select("level", "code", "name").iter_rows()}
    if region is not None and not any((level, region) in named for level in ("province", "city", "county")):
        raise RequestError(f"没有区划代码“{region}”的市或县；请核对。", f"There is no city or county with the code “{region}”.")
    cities = {code: name for (level, code), name in named.items() if level == "city"}
    counties = {code: name for (level, code), name in named.items() if level == "county"}
    placed = points.with_columns(
        city=pl.col("city_code").replace_strict(cities, default=UNKNOWN, return_dtype=pl.String),
        county=pl.col("county_code").replace_strict(counties, default="市直", return_dtype=pl.String).fill_null("市直"),
    )
    if region is None or ("province", region) in named:
        return placed
    if ("city", region) in named:
        return placed.filter(city_code=region)
    return placed.filter(county_code=region)


def _list_missing(
    points: pl.DataFrame, chased: tuple[int, ...], due: DueDays, today: date, facts: dict[str, pl.DataFrame],
    returns: pl.DataFrame,
) -> pl.DataFrame:
    active = points.join(pl.DataFrame({"month": chased}, schema={"month": pl.Int32}), how="cross").filter(
        pl.col("month") >= pl.col("active_from"), pl.col("month") <= pl.col("active_to").fill_null(_OPEN_END),
    )
    key = ["point_id", "month"]
    parts = []
    for ledger in OWED:
        stated = returns.filter(ledger=ledger.return_code)
        nil = stated.filter("nil_return").select(key) if ledger.reported_by_nil else stated.clear().select(key)
        reported = pl.concat([facts[ledger.name].select(key), nil]).unique()
        awaited = stated.filter(~pl.col("nil_return")).select(*key, awaited=pl.lit(value=True))
        days = {m: find_due(m, ledger.name, due) for m in chased}
        absent = active.join(reported, on=key, how="anti").join(awaited, on=key, how="left", validate="1:1")
        parts.append(absent.with_columns(
            ledger=pl.lit(ledger.zh), due=pl.col("month").replace_strict(days, return_dtype=pl.Date),
            awaited=pl.col("awaited").fill_null(value=False),
        ).filter(pl.col("due") < today))  # fmt: skip
    columns = ["city", "county", "point_id", "point_name", "ledger", "month", "due", "days_late", "awaited"]
    late = (pl.lit(today) - pl.col("due")).dt.total_days()
    return pl.concat(parts).with_columns(days_late=late).select(columns).sort("city", "county", "point_id", "month", "ledger")


def _place_rejected(quarantine: pl.DataFrame, points: pl.DataFrame, month: int | None, *, narrowed: bool) -> pl.DataFrame:
    placed = quarantine.join(
        points.select("point_id", "point_name", "city", "county"), on="point_id", how="inner" if narrowed else "left",
        validate="m:1",
    ).with_columns(pl.col("city").fill_null(UNKNOWN))  # fmt: skip
    if month is not None:
        placed = placed.filter(pl.col("month") == month)
    return placed.sort("city", "file", "sheet", "row", nulls_last=True)
