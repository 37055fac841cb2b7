"""Code that gets an indicator: the command line of the view, and a query on the published tables with the same estimate."""

from dashboard.pages.state import PROVINCE
from dashboard.pages.view import View
from dashboard.warehouse import Snapshot
from pipelines.contracts import months
from pipelines.contracts.indicators import INDICATORS, Indicator, Kind, Term

_REGISTERS = {
    "plan_used_share": "SELECT item, level, issued / ceiling AS estimate, as_of FROM {plan}\n"
    "WHERE region_code = '{region}' AND strftime(as_of, '%Y%m')::INT BETWEEN {first} AND {last}\n"
    "QUALIFY row_number() OVER (PARTITION BY item, level ORDER BY as_of DESC) = 1",
    "feedback_count": "SELECT count(*) AS estimate",
    "feedback_closed_30d_share": "SELECT avg((status = 'closed' AND closed_at::DATE - submitted_at::DATE <= 30)::INT)\n"
    "  FILTER (WHERE DATE '{as_of}' - submitted_at::DATE > 30) AS estimate",
    "feedback_action_share": "SELECT avg((action <> 'none')::INT) FILTER (WHERE status = 'closed') AS estimate",
}  # fmt: skip
_FEEDBACK = "\nFROM {feedback}\nWHERE strftime(submitted_at, '%Y%m')::INT BETWEEN {first} AND {last}{inside}"


def write_command(view: View, indicator: str) -> str:
    """`burden estimate …` for the region, period and comparison of the view."""
    words = ["burden estimate", indicator]
    words += [] if view.is_province else ["--region", view.state.region]
    words += ["--from", months.iso(view.period.first), "--to", months.iso(view.period.last)]
    compares = view.state.compare == "year" and INDICATORS[indicator].kind is not Kind.REGISTER
    return " ".join([*words, *(["--compare", "year"] if compares else [])])


def write_query(view: View, indicator: Indicator) -> str:
    """SQL for DuckDB; empty for the projection of plans, which is no query."""
    if indicator.kind is Kind.REGISTER:
        return _query_register(view, indicator)
    snapshot, first, last = view.snapshot, view.period.first, view.period.last
    numerator = _sum(indicator.numerator, snapshot)
    denominator = _sum(indicator.denominator, snapshot) if indicator.denominator else "count(*)"
    return (
        f"WITH points AS (\n"
        f"  SELECT point_id, stratum, {numerator} / count(*) AS num, {denominator} / count(*) AS den\n"
        f"  FROM {_file(snapshot, 'mart_point_month')} JOIN {_file(snapshot, 'dim_point')} USING (point_id)\n"
        f"  WHERE selection = 'probability' AND {indicator.universe} AND month BETWEEN {first} AND {last}\n"
        f"  GROUP BY point_id, stratum\n"
        f"), weighted AS (\n"
        f"  SELECT point_id, num, den, population_units / count(*) OVER (PARTITION BY stratum) AS weight\n"
        f"  FROM points JOIN {_file(snapshot, 'dim_stratum')} USING (stratum)\n"
        f")\n"
        f"SELECT sum(weight * num) / sum(weight * den) AS estimate\n"
        f"FROM weighted{_within(view)}"
    )


def _within(view: View) -> str:
    """The points of the region: weights come from whole strata, so it is chosen last."""
    if view.is_province:
        return ""
    column = "county_code" if view.is_county else "city_code"
    return f" JOIN {_file(view.snapshot, 'dim_point')} USING (point_id)\nWHERE {column} = '{view.state.region}'"


def _query_register(view: View, indicator: Indicator) -> str:
    query = _REGISTERS.get(indicator.id, "")
    if query.startswith("SELECT item") or not query:
        inside = ""
    else:
        query += _FEEDBACK
        codes = f"SELECT code FROM {_file(view.snapshot, 'dim_region')} WHERE '{view.state.region}' IN (code, city_code)"
        inside = "" if view.state.region == PROVINCE else f"\n  AND region_code IN ({codes})"
    return query.format(
        plan=_file(view.snapshot, "fact_plan"), feedback=_file(view.snapshot, "fact_feedback"), region=view.state.region,
        first=view.period.first, last=view.period.last, as_of=view.snapshot.as_of.isoformat(), inside=inside,
    )  # fmt: skip


def _sum(terms: tuple[Term, ...], snapshot: Snapshot) -> str:
    """Σ factor × sum(column), with the constants of the snapshot."""
    parts = []
    for term in terms:
        factor = term.coefficient(snapshot.policy.constants)
        parts.append(f"sum({term.statistic})" if factor == 1 else f"{factor!r} * sum({term.statistic})")
    return parts[0] if len(parts) == 1 else f"({' + '.join(parts)})"


def _file(snapshot: Snapshot, table: str) -> str:
    """The Parquet file, or the files of the folder, of a table below the snapshot's own folder."""
    parts = snapshot.manifest["tables"][table].get("parts")
    return f"'{table}/*.parquet'" if parts else f"'{table}.parquet'"
