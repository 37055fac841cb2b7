"""The panels of burden hours: their parts; the constants with source and weight, the menus of the what-if, and what it gives."""

from typing import Any

import polars as pl

from dashboard.charts.share_rows import share_rows
from dashboard.charts.tornado_rows import Weight, tornado_rows
from dashboard.i18n import absence, judgement, text
from dashboard.i18n import format as fmt
from dashboard.i18n.measures import measure
from dashboard.pages.burden import (
    AMOUNTS,
    BY,
    HOURS,
    constants_of,
    find_parts,
    find_trial,
    find_weights,
    is_trial,
    say_changed,
    write_value,
)
from dashboard.pages.markup import Item, esc, items, link, menu, pill, table
from dashboard.pages.panel import Panel, draw, say_empty
from dashboard.pages.sheet import columns, write
from dashboard.pages.view import View
from pipelines.contracts.policy import CONSTANTS, Constant

WIDTH, WIDE = 662, 816
_OFFERED = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)  # of the published value
Row = dict[str, Any]


def draw_parts(view: View) -> None:
    """What the published burden hours are made of."""
    lang, frame, how = view.lang, find_parts(view), measure(HOURS)
    whole = view.ask(HOURS, compare=True).row(0, named=True)
    rows = [r for r in frame.iter_rows(named=True) if r["share"] is not None]
    title = text("burden.parts.none", lang)
    if rows:
        most = max(rows, key=lambda r: r["share"])
        first = name_part(view, most["group"])
        title = text("burden.parts.title", lang, value=fmt.level(whole["estimate"], how), share=f"{most['share']:.0%}",
                     first=first if lang == "zh" else first.lower())  # fmt: skip
    sub = text("burden.parts.sub", lang, period=fmt.period(view.period.first, view.period.last, lang))
    panel = Panel("burden", title, sub, frame, (HOURS,), table=_write_parts(view, frame))
    if not rows:
        draw(view, panel, say_empty(absence.pill(whole, lang), absence.reason(whole, lang)))
        return
    labels = {r["group"]: f"{name_part(view, r['group'])} {r['share']:.0%}" for r in rows}
    figure = share_rows(frame, lang=lang, subject=view.name(), width=WIDTH, labels=labels, row_height=50,
                        header=text("burden.parts.header", lang))  # fmt: skip
    draw(view, panel, figure, under=f'<p class="under wide">{esc(text("burden.parts.reading", lang))}</p>')


def draw_constants(view: View) -> None:
    """The section of the constants: menus of the what-if, what each constant weighs, what the what-if gives."""
    lang, back = view.lang, ""
    if is_trial(view):
        published = {**view.state.settings, **dict.fromkeys(a.key for a in AMOUNTS)}
        back = _pill(view) + link(text("burden.back", lang), view.href(settings=published))
    menus = f"<span>{esc(text('burden.try', lang))}</span>" + "".join(_draw_menu(view, c) for c in CONSTANTS)
    write(f'<div class="section wrap"><h2>{esc(text("burden.section", lang))}</h2>{back}{menus}</div>')
    left, right = columns([8, 5])
    with left:
        _draw_weights(view)
    with right:
        _draw_trial(view)


def name_part(view: View, part: str | None) -> str:
    """The name of a part; of the whole where null."""
    return measure(HOURS).name(view.lang) if part is None else text(f"burden.part.{part}", view.lang)


def _pill(view: View, why: str = "") -> str:
    return pill(text("burden.trial", view.lang), why, "trial")


def _draw_menu(view: View, constant: Constant) -> str:
    """The values that are offered for a constant; the address takes any other within the bounds."""
    base, now = (float(getattr(c, constant.name)) for c in (view.snapshot.policy.constants, constants_of(view)))
    offered = sorted({base * f for f in _OFFERED if constant.least <= base * f <= constant.most} | {base, now})
    entries = []
    for value in offered:
        chosen = None if value == base else f"{value:.3f}".rstrip("0").rstrip(".")
        href = view.href(settings={**view.state.settings, constant.name: chosen})
        entries.append(Item(write_value(view, constant, value), href, value == now))
    return menu(constant.say("name", view.lang), write_value(view, constant, now), items(entries), constant.name)


def _mark(view: View, title: str) -> str:
    return text("burden.trial_mark", view.lang, title=title) if is_trial(view) else title


def _note(view: View) -> str:
    """Above a table of a what-if: that it is one, and what was changed."""
    return f"<p>{_pill(view, say_changed(view))}</p>" if is_trial(view) else ""


def _write_parts(view: View, frame: pl.DataFrame) -> str:
    lang, how, share = view.lang, measure(HOURS), measure(HOURS, share=True)
    head = [text(f"pages.table.{k}", lang) for k in ("what", "level", "interval")] + [text("charts.stacked.share", lang)]
    head += [text(f"pages.table.{k}", lang) for k in ("interval", "change", "change_interval")]
    rows = [
        [name_part(view, r["group"]), fmt.level(r["estimate"], how), judgement.interval_of_level(r, how, lang),
         fmt.level(r["share"], share), fmt.level_interval(r["share_low"], r["share_high"], share, lang),
         judgement.signed_change(r, how), judgement.interval_of_change(r, how, lang)]
        for r in frame.iter_rows(named=True) if r["share_low"] is not None
    ]  # fmt: skip
    return table([esc(h) for h in head], [[esc(cell) for cell in row] for row in rows])


def _draw_trial(view: View) -> None:
    """The what-if beside the published figures, part by part; without one the published ones and how to try."""
    lang, how, frame = view.lang, measure(HOURS), find_trial(view)
    published = pl.concat([find_parts(view).drop("share", "share_low", "share_high"), view.ask(HOURS, compare=True)])
    key = "trial" if is_trial(view) else "published"
    columns = ("published", "trial") if is_trial(view) else ("published",)
    frames = {"published": published, "trial": frame}
    rows = []
    for place, row in enumerate(frame.iter_rows(named=True)):
        cells = [esc(name_part(view, row["group"]))]
        for column in columns:
            shown = frames[column].row(place, named=True)
            cells += [_cell(view, shown), esc(judgement.signed_change(shown, how))]
        rows.append(cells)
    head = [text("pages.table.what", lang)]
    for column in columns:
        head += [text(f"burden.what_if.{column}", lang), text("burden.what_if.change", lang)]
    body = table([esc(h) for h in head], rows, "data total")
    title = _mark(view, text(f"burden.what_if.title_{key}", lang))
    sub = text(f"burden.what_if.sub_{key}", lang, changed=say_changed(view))
    panel = Panel("trial", title, sub, frame, (HOURS,), table=_note(view) + body)
    reading = f'<p class="under wide">{esc(text(f"burden.what_if.reading_{key}", lang))}</p>'
    draw(view, panel, f'<div class="scroll">{_note(view)}{body}</div>', under=reading)


def _cell(view: View, row: Row) -> str:
    how, lang = measure(HOURS), view.lang
    if not absence.is_drawn(row):
        return pill(absence.pill(row, lang))
    interval = judgement.interval_of_level(row, how, lang)
    return f'{esc(fmt.level(row["estimate"], how))} <span class="iv">{esc(interval)}</span>'


def _draw_weights(view: View) -> None:
    lang, how, frame = view.lang, measure(HOURS), find_weights(view)
    used, published, known = constants_of(view), view.snapshot.policy.constants, {c.name: c for c in CONSTANTS}
    whole = find_trial(view).row(-1, named=True)
    weights = [
        Weight(
            known[r["constant"]].say("name", lang), write_value(view, known[r["constant"]], r["value"]), r["source"],
            r["estimate_low"], r["estimate_high"], getattr(used, r["constant"]) != getattr(published, r["constant"]),
        )
        for r in frame.iter_rows(named=True)
    ]  # fmt: skip
    by, (title, reading) = f"{BY:.0%}", _say_weights(view, frame, whole)
    rows = _write_weights(view, frame)
    sub = text("burden.tornado.sub", lang, by=by)
    panel = Panel("constants", _mark(view, title), sub, frame, (HOURS,), table=_note(view) + rows)
    under = f'<p class="under wide">{esc(text(reading, lang))}</p>'
    if whole["estimate"] is None:
        draw(view, panel, rows, under=under)
        return
    figure = tornado_rows(weights, whole["estimate"], by=by, unit=how.unit_label(lang), lang=lang, width=WIDE)
    draw(view, panel, figure, under=under)


def _ends(frame: pl.DataFrame, what: str) -> tuple[float, float] | None:
    """The least and the largest of the two columns of a kind of number, over all rows; None where there is none."""
    known = [v for end in ("low", "high") for v in frame[f"{what}_{end}"] if v is not None]
    return (min(known), max(known)) if known else None


def _say_weights(view: View, frame: pl.DataFrame, whole: Row) -> tuple[str, str]:
    """The title, from the ends of the changes (of the levels where there is no change), and the key of the reading.

    The change is called firm where no constant moves it out of its own interval.
    """
    lang, how, changes, levels = view.lang, measure(HOURS), _ends(frame, "change"), _ends(frame, "estimate")
    if changes:
        low, high = (fmt.change_number(v, how, 1) for v in changes)
        ends = (whole["change_low"], whole["change_high"])
        firm = None not in ends and ends[0] <= changes[0] and changes[1] <= ends[1]
        key = "firm" if firm else "open"
        return text(f"burden.tornado.title_{key}", lang, by=f"{BY:.0%}", low=low, high=high), f"burden.tornado.reading_{key}"
    if levels:
        low, high = (fmt.level(v, how) for v in levels)
        return text("burden.tornado.title_level", lang, by=f"{BY:.0%}", low=low, high=high), "burden.tornado.reading_level"
    return text("burden.tornado.none", lang), "burden.tornado.reading_level"


def _write_weights(view: View, frame: pl.DataFrame) -> str:
    lang, how, known = view.lang, measure(HOURS), {c.name: c for c in CONSTANTS}
    head = [text(f"burden.tornado.{k}", lang) for k in ("constant", "value", "range", "change", "source")]
    rows = []
    for i, r in enumerate(frame.iter_rows(named=True)):
        levels, changes = _ends(frame[i], "estimate"), _ends(frame[i], "change")
        low, high = (fmt.level(v, how) for v in levels) if levels else ("", "")
        least, most = (fmt.change_number(v, how, 1) for v in changes) if changes else ("", "")
        rows.append([
            known[r["constant"]].say("name", lang), write_value(view, known[r["constant"]], r["value"]),
            text("words.interval", lang, low=low, high=high) if levels else "",
            text("words.interval", lang, low=least, high=most) if changes else "", r["source"],
        ])  # fmt: skip
    return table([esc(h) for h in head], [[esc(cell) for cell in row] for row in rows], "data plans")
