"""How reporting stands in the current snapshot: what was due and came, how late, what was rejected, what was revised.

Counts of probability points, by region, month and ledger; no estimates. What a page shows of it stands in the dashboard.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from pipelines.contracts import months
from pipelines.contracts.codes import RETURN_LEDGER
from pipelines.contracts.errors import RequestError
from pipelines.contracts.policy import DueDays
from pipelines.warehouse import Layout, read_table

MONTHS_TOLD = 3
COUNTS = ("due", "reported", "awaited", "contradictory", "dated", "late")
COVERAGE: dict[str, Any] = {
    "region_code": pl.String, "month": pl.Int32, "ledger": pl.String, **dict.fromkeys(COUNTS, pl.Int64),
}  # fmt: skip
REVISED = ("snapshot", "published_at", "ledger", "month", "city_code", "kind")


@dataclass(frozen=True)
class Reporting:
    """The state of reporting on the day `as_of`.

    `coverage`: `region_code` (that of the whole `region` too), `month`, `ledger` and `COUNTS` for the last months that were
    due: `late` of the `dated` ones came after the due day. `rejections`: `reason, region_code` (null: point not known),
    `rows`. `revisions`: the rows of the table `revision` that the latest publication with any made, empty without one.
    `names`: Chinese names of the regions.
    """

    as_of: date
    region: str
    months: tuple[int, ...]
    coverage: pl.DataFrame
    rejections: pl.DataFrame
    revisions: pl.DataFrame
    names: dict[str, str]

    @property
    def whole(self) -> pl.DataFrame:
        """The coverage of the whole region."""
        return self.coverage.filter(region_code=self.region)

    def as_json(self) -> dict[str, Any]:
        """The key `reporting` of `burden status --json`; months as `2026-09`."""
        iso = {m: months.iso(m) for m in self.months}
        return {
            "region": self.region,
            "months": list(iso.values()),
            "coverage": [row | {"month": iso[row["month"]]} for row in self.coverage.to_dicts()],
            "rejections": self.rejections.to_dicts(),
            "revisions": [row | {"month": months.iso(row["month"])} for row in self.revisions.to_dicts()],
        }


@dataclass(frozen=True)
class _Tables:
    """The tables of a snapshot that tell of reporting."""

    reports: pl.DataFrame
    points: pl.DataFrame
    regions: pl.DataFrame
    quarantine: pl.DataFrame


def find_reporting(layout: Layout, manifest: dict[str, Any], region: str | None = None) -> Reporting | None:
    """The state by city, or by county of the city `region`; None where the snapshot has no register of reports.

    Raises RequestError for a code that is no city.
    """
    tables = _read(layout, manifest["snapshot"])
    if tables is None:
        return None
    province = str(tables.regions.filter(level="province")["code"][0])
    by_city = region in (None, province)
    if not by_city and region not in set(tables.regions.filter(level="city")["code"]):
        raise RequestError(f"“{region}”不是市的区划代码；请核对。", f"“{region}” is not the code of a city; check it.")
    points = tables.points if by_city else tables.points.filter(city_code=region)
    located = points.select("point_id", "selection", region_code="city_code" if by_city else "county_code")
    as_of, due = date.fromisoformat(manifest["as_of"]), DueDays.model_validate(manifest["policy"]["due"])
    span = months.span(*manifest["months"]) if manifest["months"] else []
    told = tuple(m for m in span if due.find_day("meetings", m) <= as_of)[-MONTHS_TOLD:]
    probable = located.filter(selection="probability")
    owed = tables.reports.filter(pl.col("month").is_in(told)).join(probable, on="point_id", validate="m:1")
    rejected = tables.quarantine.filter(pl.col("row").is_not_null())
    rejected = rejected.join(located, on="point_id", how="left" if by_city else "inner", validate="m:1")
    whole = region or province
    return Reporting(
        as_of, whole, told, _count_coverage(owed, _list_due(due, told, as_of), whole),
        rejected.group_by("reason", "region_code").agg(rows=pl.len()).sort("reason", "region_code", nulls_last=True),
        _find_revisions(layout, manifest, points["city_code"].unique().to_list()),
        dict(tables.regions.filter(level="city" if by_city else "county").select("code", "name").iter_rows()),
    )  # fmt: skip


def _read(layout: Layout, snapshot: str) -> _Tables | None:
    found = [read_table(layout, snapshot, name) for name in ("mart_reporting", "dim_point", "dim_region", "quarantine")]
    known = [table for table in found if table is not None]
    return _Tables(*known) if len(known) == len(found) else None


def _list_due(due: DueDays, told: tuple[int, ...], as_of: date) -> pl.DataFrame:
    """`month, ledger, due_on` of what had fallen due."""
    days = [{"month": m, "ledger": x, "due_on": due.find_day(x, m)} for m in told for x in RETURN_LEDGER.codes]
    schema = {"month": pl.Int32, "ledger": pl.String, "due_on": pl.Date}
    return pl.DataFrame(days, schema=schema).filter(pl.col("due_on") <= as_of)


def _count_coverage(owed: pl.DataFrame, due: pl.DataFrame, whole: str) -> pl.DataFrame:
    """Counts by region, month and ledger, those of the whole first."""
    reports = owed.join(due, on=["month", "ledger"], validate="m:1")
    dated = pl.col("reported") & pl.col("submitted_on").is_not_null()
    counts = {
        "due": pl.len(), **{c: pl.col(c).sum() for c in ("reported", "awaited", "contradictory")}, "dated": dated.sum(),
        "late": (dated & (pl.col("submitted_on") > pl.col("due_on"))).sum(),
    }  # fmt: skip
    keys = ["region_code", "month", "ledger"]
    levels = (reports.with_columns(region_code=pl.lit(whole)), reports.drop_nulls("region_code"))
    parts = [frame.group_by(keys).agg(**counts).sort(keys) for frame in levels]
    return pl.concat([part.select(pl.col(c).cast(t) for c, t in COVERAGE.items()) for part in parts])


def _find_revisions(layout: Layout, manifest: dict[str, Any], cities: list[str]) -> pl.DataFrame:
    """What the latest publication with revisions changed, in these cities."""
    table = read_table(layout, manifest["snapshot"], "revision") if "revision" in manifest["tables"] else None
    if table is None or table.is_empty():
        return pl.DataFrame(schema=dict.fromkeys(REVISED, pl.String))
    newest = table.filter(pl.col("snapshot") == pl.col("snapshot").max())
    return newest.filter(pl.col("city_code").is_in(cities)).sort(*REVISED)
