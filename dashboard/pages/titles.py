"""Titles of pictures that say the finding, as far as intervals and rank sets allow; no title names a place."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

import polars as pl

from dashboard.i18n import judgement, text
from dashboard.i18n.judgement import Direction, Verdict
from dashboard.i18n.measures import Measure
from dashboard.pages.view import View
from pipelines.contracts.indicators import Better

Row = dict[str, Any]
Items = Sequence[tuple[str, Row, Measure]]
_SIDES = ("lead_fell", "lead_rose", "lead", "rose", "fell", "trail", "lower", "higher")
NAMED = {"zh": 3, "en": 2}


def title_change(view: View, row: Row, how: Measure, label: str = "") -> str:
    """`会议数下降 13%`, `会议数无明显变化`, or the name alone where there is no change."""
    judged, lang = judgement.judge(row, how), view.lang
    name = label or how.name(lang)
    if judged.direction is Direction.UNKNOWN:
        return name
    size = judgement.change_size(row, how, lang) if judged.clear else ""
    return text(f"pages.title.{judged.direction.value}", lang, name=name, size=size)


def title_parts(view: View, frame: pl.DataFrame, how: Measure) -> str:
    """`会议数：18 市中 12 市下降明确，1 市上升明确`."""
    lang, name = view.lang, how.name(view.lang)
    judged = [judgement.judge(r, how) for r in frame.iter_rows(named=True)]
    known = [j for j in judged if j.direction is not Direction.UNKNOWN]
    if not known:
        return text("pages.title.parts_none", lang, name=name)
    sides = [(d, sum(j.direction is d for j in known)) for d in (Direction.FELL, Direction.ROSE)]
    words = [text(f"pages.title.parts_{d.value}_{view.parts}", lang, n=n) for d, n in sides if n]
    if not words:
        return text(f"pages.title.parts_unclear_{view.parts}", lang, name=name, n=len(known))
    said = text("pages.title.comma", lang).join(words)
    return text(f"pages.title.parts_{view.parts}", lang, name=name, n=len(known), said=said)


def title_ranks(view: View, frame: pl.DataFrame, how: Measure, mode: str) -> str:
    """`会议数：濮阳降幅居前，南阳上升；其余各市难分先后`: who lies surely in one half of the places, and who got worse.

    The name alone where regions are not ranked.
    """
    lang, rows = view.lang, [r for r in frame.iter_rows(named=True) if r["rank"] is not None]
    name = how.name(lang)
    if len(rows) < 2:
        return text("pages.rows.title", lang, indicator=name) if mode == "level" else name
    sides: dict[str, list[Row]] = {}
    for row in rows:
        sides.setdefault(_side(row, how, mode, len(rows) / 2), []).append(row)
    rest = sides.pop("", [])
    said = [_name_side(view, key, sides[key]) for key in _SIDES if key in sides]
    body = text("pages.ranks.join", lang).join(said)
    if len(rest) > 1 and max(r["rank_low"] for r in rest) <= min(r["rank_high"] for r in rest):
        unclear = text(f"pages.ranks.{'rest' if said else 'all'}_{view.parts}", lang)
        body = text("pages.title.semicolon", lang).join([body, unclear] if said else [unclear])
    return f"{name}{text('pages.title.colon', lang)}{body}" if body else name


def _side(row: Row, how: Measure, mode: str, half: float) -> str:
    """Where a region's set lies: a key of `_SIDES`, or nothing where it reaches into both halves."""
    judged = judgement.judge(row, how)
    leads, trails = row["rank_high"] <= half, row["rank_low"] > half
    if mode == "level":
        return "" if not (leads or trails) else "lower" if leads == (how.better is Better.LOWER) else "higher"
    if judged.verdict is Verdict.HEAVIER:
        return judged.direction.value
    if leads:
        return f"lead_{judged.direction.value}" if judged.clear else "lead"
    return "trail" if trails else ""


def _name_side(view: View, key: str, rows: Sequence[Row]) -> str:
    """Up to so many regions as a title carries, then their number."""
    most = NAMED[view.lang]
    listed = text("pages.title.and", view.lang).join(view.short(r["group"]) for r in rows[:most])
    if len(rows) > most:
        listed = text(f"pages.ranks.more_{view.parts}", view.lang, names=listed, n=len(rows), rest=len(rows) - most)
    return text(f"pages.ranks.{key}", view.lang, names=listed)


def title_items(view: View, prefix: str, items: Items) -> str:
    """`会议怎样开：合并套开占比好转；计划外会议占比加重`, at most three names a side (two in English)."""
    judged = [(label, judgement.judge(row, how).verdict) for label, row, how in items]
    return _title_sides(view, prefix, judged, (Verdict.LIGHTER, Verdict.HEAVIER), "items") if _any_change(items) else prefix


def title_groups(view: View, prefix: str, items: Items) -> str:
    """`主题：安全、综治上升，党建下降`, whatever is better."""
    judged = [(label, judgement.judge(row, how).direction) for label, row, how in items]
    return _title_sides(view, prefix, judged, (Direction.ROSE, Direction.FELL), "groups") if _any_change(items) else prefix


def _title_sides(
    view: View, prefix: str, judged: Sequence[tuple[str, StrEnum]], sides: Sequence[StrEnum], kind: str
) -> str:
    """The names on each side, cut to what a title carries, with the words of the catalogue for that kind of title."""
    lang, most = view.lang, NAMED[view.lang]
    said = []
    for side in sides:
        names = [label for label, verdict in judged if verdict is side]
        if names:
            listed = text("pages.title.and", lang).join(names[:most])
            key = f"pages.title.{kind}_{side.value}{'_more' if len(names) > most else ''}"
            said.append(text(key, lang, names=listed, n=len(names), rest=len(names) - most))
    body = text("pages.title.semicolon", lang).join(said) or text(f"pages.title.{kind}_unclear", lang)
    return f"{prefix}{text('pages.title.colon', lang)}{body}"


def _any_change(items: Items) -> bool:
    """Has any row a change at all? Without one a title claims nothing."""
    return any(judgement.judge(row, how).direction is not Direction.UNKNOWN for _, row, how in items)
