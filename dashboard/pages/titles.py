"""Titles of pictures that say the finding, as far as the intervals allow; no title names a rank."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from dashboard.i18n import judgement, text
from dashboard.i18n.judgement import Direction, Verdict
from dashboard.i18n.measures import Measure
from dashboard.pages.view import View

Row = dict[str, Any]
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


def title_items(view: View, prefix: str, items: Sequence[tuple[str, Row, Measure]]) -> str:
    """`会议怎样开：合并套开占比好转；计划外会议占比加重`, at most three names a side (two in English)."""
    lang = view.lang
    if not _any_change(items):
        return prefix
    said = []
    for verdict in (Verdict.LIGHTER, Verdict.HEAVIER):
        names = [label for label, row, how in items if judgement.judge(row, how).verdict is verdict]
        if names:
            listed = text("pages.title.and", lang).join(names[: NAMED[lang]])
            key = f"pages.title.items_{verdict.value}{'_more' if len(names) > NAMED[lang] else ''}"
            said.append(text(key, lang, names=listed, n=len(names), rest=len(names) - NAMED[lang]))
    body = text("pages.title.semicolon", lang).join(said) or text("pages.title.items_unclear", lang)
    return f"{prefix}{text('pages.title.colon', lang)}{body}"


def title_groups(view: View, prefix: str, items: Sequence[tuple[str, Row, Measure]]) -> str:
    """`主题：安全、综治上升，党建下降`, whatever is better."""
    lang = view.lang
    if not _any_change(items):
        return prefix
    said = []
    for direction in (Direction.ROSE, Direction.FELL):
        names = [label for label, row, how in items if judgement.judge(row, how).direction is direction]
        if names:
            listed = text("pages.title.and", lang).join(names[: NAMED[lang]])
            key = f"pages.title.groups_{direction.value}{'_more' if len(names) > NAMED[lang] else ''}"
            said.append(text(key, lang, names=listed, n=len(names), rest=len(names) - NAMED[lang]))
    body = text("pages.title.semicolon", lang).join(said) or text("pages.title.groups_unclear", lang)
    return f"{prefix}{text('pages.title.colon', lang)}{body}"


def _any_change(items: Sequence[tuple[str, Row, Measure]]) -> bool:
    """Has any row a change at all? Without one a title claims nothing."""
    return any(judgement.judge(row, how).direction is not Direction.UNKNOWN for _, row, how in items)
