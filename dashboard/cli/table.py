"""The answer of `burden estimate` as a table for reading."""

from typing import Any

import polars as pl
from rich.console import Console
from rich.table import Table

from dashboard.answers import Request, find_quarter
from dashboard.answers.parse import breakdowns_of
from dashboard.i18n import format as fmt
from dashboard.i18n.absence import is_drawn, pill, reason
from dashboard.i18n.catalogue import Lang, text
from dashboard.i18n.judgement import change_line, interval_of_change, interval_of_level
from dashboard.i18n.measures import Measure, measure
from dashboard.i18n.regions import region_names
from dashboard.warehouse import Snapshot
from pipelines.contracts import months
from pipelines.contracts.breakdowns import POINT_TYPE
from pipelines.contracts.indicators import INDICATORS, Kind

Row = dict[str, Any]


def print_table(snapshot: Snapshot, frame: pl.DataFrame, request: Request, lang: Lang) -> None:
    """Print an answer, a row a group, in the reader's units, with the reason where there is no number."""
    names = region_names(snapshot.regions, lang)
    rule = measure(frame["indicator"][0], share=request.share)
    labels = names | _words(request, lang)
    columns = _columns(frame)
    table = Table(title=_title(snapshot, frame, rule, names, lang), title_justify="left")
    for column in columns:
        table.add_column(text(f"cli.table.{column}", lang), no_wrap=column in ("points", "response"))
    for row in frame.iter_rows(named=True):
        cells = {
            "group": _label(row, labels), "points": str(row["n_points"]), "note": _note(row, lang),
            "response": "" if row["response_rate"] is None else f"{fmt.number(100 * row['response_rate'], 0)}%",
        } | (_figures(row, rule, lang, columns[1]) | _limits(row, rule, lang) if is_drawn(row) else {})  # fmt: skip
        table.add_row(*(cells.get(column, "") for column in columns))
    Console().print(table)
    if told := _say_quarter(snapshot, frame, lang):
        Console().print(told)


def _say_quarter(snapshot: Snapshot, frame: pl.DataFrame, lang: Lang) -> str:
    """The options that ask for the last quarter, where staff figures are shown by quarter or not yet; empty elsewhere."""
    early = not {"by_quarter", "not_final"}.isdisjoint(frame["reason"].to_list())
    quarter = find_quarter(snapshot, months.parse(str(frame["period_to"].max()))) if early else None
    if quarter is None:
        return ""
    first, last = quarter
    options = f"--from {months.iso(first)} --to {months.iso(last)}"
    return text("cli.table.quarter", lang, period=fmt.period(first, last, lang), options=options)


def _columns(frame: pl.DataFrame) -> list[str]:
    """The columns of the table; registers have no points and no sampling error."""
    rank = ["rank"] if frame["rank"].is_not_null().any() else []
    if INDICATORS[frame["indicator"][0]].kind is Kind.REGISTER:
        return ["group", "projection" if frame["ci_low"].is_not_null().any() else "count", *rank, "note"]
    change = ["change"] if frame["change"].is_not_null().any() else []
    control = ["limits", "signal"] if "signal" in frame.columns else []
    return ["group", "estimate", *control, *change, *rank, "points", "response", "note"]


def _title(snapshot: Snapshot, frame: pl.DataFrame, rule: Measure, names: dict[str, str], lang: Lang) -> str:
    region = frame["region_code"][0]
    first, last = (months.parse(str(m)) for m in (frame["period_from"].min(), frame["period_to"].max()))
    return text("cli.table.title", lang, indicator=f"{rule.name(lang)} ({rule.unit_label(lang)})",
                region=names.get(region, region), period=fmt.period(first, last, lang), snapshot=snapshot.id)  # fmt: skip


def _figures(row: Row, rule: Measure, lang: Lang, column: str) -> dict[str, str]:
    level, change = interval_of_level(row, rule, lang), interval_of_change(row, rule, lang)
    return {
        column: f"{fmt.level(row['estimate'], rule)} ({level})" if level else fmt.level(row["estimate"], rule),
        "change": f"{change_line(row, rule, lang)} ({change})" if change else change_line(row, rule, lang),
        "rank": "" if row["rank"] is None else f"{row['rank']} ({row['rank_low']}–{row['rank_high']})",
    }


def _limits(row: Row, rule: Measure, lang: Lang) -> dict[str, str]:
    """Control limits and signal; empty where there are none."""
    if row.get("centre") is None:
        return {}
    limits = interval_of_level(row | {"ci_low": row["lower"], "ci_high": row["upper"]}, rule, lang)
    return {"limits": limits or "", "signal": text(f"words.signal.{row['signal']}", lang) if row["signal"] else ""}


def _note(row: Row, lang: Lang) -> str:
    if not is_drawn(row) or row["status"] == "withheld":
        return text("cli.table.absent", lang, pill=pill(row, lang), reason=reason(row, lang))
    return text("cli.table.provisional", lang) if row["provisional"] else ""


def _label(row: Row, labels: dict[str, str]) -> str:
    """A group in words; the region itself where there is no group; a month, quarter or year as it is."""
    group = row["group"] or row["region_code"]
    return " · ".join(str(labels.get(word, word)) for word in group.split("/"))


def _words(request: Request, lang: Lang) -> dict[str, str]:
    """The labels of the code lists that the answer's groups come from."""
    indicator = INDICATORS[request.indicator]
    known = breakdowns_of(indicator) | {POINT_TYPE.column: POINT_TYPE}
    used = [b for column, b in known.items() if column == request.by or indicator.kind is Kind.REGISTER]
    return {entry.code: entry.label(lang) for b in used for entry in b.codes.entries}
