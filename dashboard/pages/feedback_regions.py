"""Messages by region beside the counts of the same regions: a queue for verification, never an order and no verdict."""

from dataclasses import replace
from typing import Any

import polars as pl

from dashboard.charts.feedback_rows import feedback_rows
from dashboard.i18n import absence, text
from dashboard.i18n import format as fmt
from dashboard.i18n.measures import measure
from dashboard.i18n.regions import name_on_map
from dashboard.pages import counts
from dashboard.pages.feedback_scope import BESIDE, find_beside, find_queue, of_all_points
from dashboard.pages.markup import esc
from dashboard.pages.panel import draw, name_ledger, say_empty
from dashboard.pages.strip import draw_choice
from dashboard.pages.tables import name_group
from dashboard.pages.view import View
from pipelines.contracts.codes import THEME

REGISTERS = ("feedback_count", "feedback_closed_30d_share", "feedback_action_share")
Row = dict[str, Any]


def find_regions(view: View) -> pl.DataFrame:
    """The parts of the region on the three registers, in the order of codes; ranks are withheld."""
    own = of_all_points(view)
    return pl.concat([own.ask(i, region=own.region_of_parts, by=own.parts, rank="level") for i in REGISTERS])


def draw_beside(view: View, *, width: int) -> None:
    """The panel of messages beside counts."""
    lang, frame, words = view.lang, find_beside(view), "feedback.beside"
    how = measure(frame["indicator"][0])
    theme = THEME.label(view.setting(BESIDE), lang)
    whole = text("words.province", lang) if view.is_province else view.name(view.city)
    names = {code: name_on_map(code, view.plain_names, lang) for code in frame["group"]}
    figure = feedback_rows(
        frame, names=names, header=text(f"pages.compare.{view.parts}", lang), whole=whole, lang=lang, width=width
    )
    head = [text(f"feedback.head.{k}", lang) for k in ("region", "messages", "expected", "level", "interval", "verify")]
    rows = [_describe(view, r) for r in frame.to_dicts()]
    told = text(f"{words}.title", lang, theme=theme, name=how.name_within(lang))
    sub = text(f"{words}.sub", lang, unit=how.unit_label(lang))
    listed = counts.write_rows(head, rows, numbers_from=1)
    said = text("feedback.beside.origin", lang, name=how.name(lang))
    panel = replace(counts.panel_of(view, words, "beside", told, sub, origin="", rows=listed), origin=said)
    draw(view, panel, figure, pick="region")


def _describe(view: View, row: Row) -> list[object]:
    lang, how = view.lang, measure(row["indicator"])
    level: object = fmt.level(row["estimate"], how) if absence.is_drawn(row) else absence.pill(row, lang)
    known = row["ci_low"] is not None
    return [
        view.name(row["group"]), row["messages"], None if row["expected"] is None else fmt.number(row["expected"], 1), level,
        fmt.level_interval(row["ci_low"], row["ci_high"], how, lang) if known else None,
        text("feedback.rows.verify", lang) if row["verify"] else "",
    ]  # fmt: skip


def draw_queue(view: View) -> None:
    """The panel of what to verify first."""
    lang, frame, words = view.lang, find_queue(view), "feedback.queue"
    head = [text(f"feedback.head.{k}", lang) for k in ("region", "theme", "messages", "expected", "level", "whole")]
    rows = [
        [view.name(r["group"]), THEME.label(r["theme"], lang), r["messages"], fmt.number(r["expected"], 1),
         f"{measure(r['indicator']).name(lang)} {fmt.level(r['estimate'], measure(r['indicator']))}",
         fmt.level(r["whole"], measure(r["indicator"]))]
        for r in frame.to_dicts()
    ]  # fmt: skip
    listed = counts.write_rows(head, rows, numbers_from=2)
    body = listed if rows else say_empty("0", text(f"{words}.none", lang))
    title = text(f"feedback.queue.title{'' if rows else '_none'}", lang, n=len(rows))
    sub, origin = text(f"{words}.sub", lang), name_ledger("feedback", lang)
    draw(view, counts.panel_of(view, words, "queue", title, sub, origin=origin, rows=listed), body)


def draw_regions(view: View) -> None:
    """The panel of the registers by region."""
    lang, frame, words = view.lang, find_regions(view), "feedback.regions"
    found: dict[str, dict[str, Row]] = {}
    for row in frame.to_dicts():
        found.setdefault(row["group"], {})[row["indicator"]] = row
    rows = [[name_group(view, REGISTERS[0], code), *(_say(of[i], lang) for i in REGISTERS)] for code, of in found.items()]
    head = [text(f"pages.compare.{view.parts}", lang), *(measure(i).name(lang) for i in REGISTERS)]
    listed = counts.write_rows(head, rows, numbers_from=1)
    sub = text(f"{words}.sub", lang, period=fmt.period(view.period.first, view.period.last, lang))
    panel = counts.panel_of(
        view, words, "regions", text(f"{words}.title", lang), sub, origin=name_ledger("feedback", lang), rows=listed
    )
    draw(view, panel, listed)


def _say(row: Row, lang: Any) -> str:
    if absence.is_drawn(row):
        return fmt.level(row["estimate"], measure(row["indicator"]))
    return absence.pill(row, lang)


def write_heading(view: View) -> str:
    """HTML heading of the section, with the choice of what stands beside the messages."""
    name = esc(text(f"pages.overview.{view.parts}", view.lang))
    return f'<div class="section"><h2>{name}</h2>{draw_choice(view, BESIDE)}</div>'
