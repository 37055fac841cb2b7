"""Panels of `feedback`: messages by month, theme and kind, how long closing took, and what was done."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard.charts import palette
from dashboard.charts.count_bars import Counts, count_months, count_rows
from dashboard.i18n import format as fmt
from dashboard.i18n import text
from dashboard.pages import counts
from dashboard.pages.feedback_scope import find_messages
from dashboard.pages.markup import esc, table
from dashboard.pages.panel import Pick, draw, name_ledger
from dashboard.pages.period import Period
from dashboard.pages.tables import link_period
from dashboard.pages.view import View
from pipelines.contracts import codes, months
from pipelines.contracts.codes import CodeList

SPELLS = ("week", "fortnight", "month", "longer", "open")
_SPELL_COLOURS = (*palette.SEQUENTIAL[1:], "#CDD2D8")


def find_months(view: View) -> pl.DataFrame:
    """`month, kind, messages` up to the end of the period."""
    rows = find_messages(view, view.history()).with_columns(
        month=pl.col("submitted_at").dt.year() * 100 + pl.col("submitted_at").dt.month().cast(pl.Int32)
    )
    return _count(rows, "month", "kind")


def find_themes(view: View) -> pl.DataFrame:
    """`theme, kind, messages` of the period."""
    return _count(find_messages(view), "theme", "kind")


def find_spells(view: View) -> pl.DataFrame:
    """`theme, spell, messages` of the period: days to closing in spells, or still open."""
    return _count(find_messages(view), "theme", "spell")


def find_actions(view: View) -> pl.DataFrame:
    """`theme, action, messages`: what was done with the messages of the period that are closed."""
    return _count(find_messages(view).filter(status="closed"), "theme", "action")


def draw_months(view: View, *, width: int) -> None:
    """The panel of the months."""
    lang, frame, history = view.lang, find_months(view), view.history()
    kinds = _label(codes.FEEDBACK_KIND, lang)
    span = months.span(history.first, history.last)
    figure = count_months(
        _counts(frame.with_columns(pl.col("month").cast(pl.String))), months=span, parts=kinds, colours=palette.CATEGORIES,
        lang=lang, width=width, height=250, since=view.period.first,
    )  # fmt: skip
    newest = frame.sort("month", descending=True).iter_rows()
    rows = [[link_period(view, Period(m, m)), esc(kinds[k]), str(n)] for m, k, n in newest]
    head = [text(f"feedback.head.{key}", lang) for key in ("month", "kind", "messages")]
    title = text("feedback.months.title", lang)
    sub = text("feedback.months.sub", lang, period=fmt.period(history.first, history.last, lang))
    listed = f'<div class="scroll">{table([esc(h) for h in head], rows, numbers_from=2)}</div>'
    _draw(view, "feedback.months", "months", title, sub, listed, figure, "month")


def draw_themes(view: View, *, width: int) -> None:
    """The panel of themes and kinds."""
    _draw_rows(view, find_themes(view), "themes", codes.FEEDBACK_KIND, text("feedback.head.kind", view.lang), width)


def draw_spells(view: View, *, width: int) -> None:
    """The panel of the time to closing."""
    lang, frame = view.lang, find_spells(view)
    parts = {spell: text(f"feedback.spell.{spell}", lang) for spell in SPELLS}
    _draw_parts(view, frame, "spells", parts, _SPELL_COLOURS, text("feedback.head.spell", lang), width)


def draw_actions(view: View, *, width: int) -> None:
    """The panel of actions."""
    _draw_rows(view, find_actions(view), "actions", codes.ACTION, text("feedback.head.action", view.lang), width)


def _draw_rows(view: View, frame: pl.DataFrame, name: str, parts: CodeList, head: str, width: int) -> None:
    _draw_parts(view, frame, name, _label(parts, view.lang), palette.CATEGORIES, head, width)


def _draw_parts(
    view: View, frame: pl.DataFrame, name: str, parts: Mapping[str, str], colours: tuple[str, ...], head: str, width: int
) -> None:
    lang, themes = view.lang, _label(codes.THEME, view.lang)
    figure = count_rows(_counts(frame), rows=themes, parts=parts, colours=colours, lang=lang, width=width)
    heads = [text("feedback.head.theme", lang), head, text("feedback.head.messages", lang)]
    rows = [[themes[t], parts[p], n] for t, p, n in frame.iter_rows()]
    period = fmt.period(view.period.first, view.period.last, lang)
    title, sub = text(f"feedback.{name}.title", lang), text(f"feedback.{name}.sub", lang, period=period)
    _draw(view, f"feedback.{name}", name, title, sub, counts.write_rows(heads, rows, numbers_from=2), figure)


def _draw(view: View, words: str, name: str, title: str, sub: str, rows: str, figure: Any, pick: Pick = "") -> None:
    origin = name_ledger("feedback", view.lang)
    draw(view, counts.panel_of(view, words, name, title, sub, origin=origin, rows=rows), figure, pick=pick)


def _label(known: CodeList, lang: str) -> dict[str, str]:
    return {e.code: e.label(lang) for e in known.entries}


def _count(rows: pl.DataFrame, *keys: str) -> pl.DataFrame:
    return rows.group_by(keys).agg(messages=pl.len().cast(pl.Int64)).sort(keys)


def _counts(frame: pl.DataFrame) -> Counts:
    return {(row, part): n for row, part, n in frame.iter_rows()}
