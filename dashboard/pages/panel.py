"""A panel: title row with definition, table and download, the picture, and its source line."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal

import polars as pl

from dashboard.charts.drawing import Drawing
from dashboard.i18n import Lang, text
from dashboard.pages.markup import esc, link, pill, popover
from dashboard.pages.reading import write_suppressed
from dashboard.pages.sheet import draw_figure, write
from dashboard.pages.tables import write_table
from dashboard.pages.tray import MOST, Entry
from dashboard.pages.view import View
from pipelines.contracts import months
from pipelines.contracts.indicators import INDICATORS
from pipelines.contracts.ledgers import LEDGERS
from pipelines.contracts.statistics import UNIVERSES

TABLES = ("csv", "xlsx")
PICTURES = (*TABLES, "png", "svg", "html")
Pick = Literal["", "region", "month", "quarter"]


@dataclass(frozen=True)
class Panel:
    """What stands around a picture.

    `name`: of its table and file; `frame`: the estimate rows behind it, `by`: the breakdown of its groups;
    `switch` (HTML) stands before the tools, `pills` (HTML) under the subtitle;
    `indicators`: those it shows, for definition and source; `table`: HTML where the rows are no estimates; `share`: the
    rows are shares of a breakdown; `points`: number of observation points, where they are what is shown;
    `region`: whose probability points are counted, the one shown by default. Where what is shown is no indicator:
    `terms` (HTML) defines it and `origin` says where it comes from. `slide`: the kind of chart that a briefing draws of it
    (`dashboard.briefing.outline.CHARTS`), empty where it draws none.
    """

    name: str
    title: str
    subtitle: str
    frame: pl.DataFrame
    indicators: tuple[str, ...]
    by: str | None = None
    table: str | None = None
    share: bool = False
    note: str = ""
    points: int | None = None
    region: str | None = None
    switch: str = ""
    pills: str = ""
    terms: str = ""
    origin: str = ""
    slide: str = ""


def draw(view: View, panel: Panel, figure: Drawing | str, *, under: str = "", pick: Pick = "") -> None:
    """Draw a panel into the running session; `figure` is a Plotly figure or HTML, `under` HTML below it.

    `pick`: what a click on a mark shows: the `region` whose code it carries, or the `month` (or quarter) it stands on; a
    `quarter` where the rows are quarters.
    """
    collected = _collected.get()
    if collected is not None:
        collected[panel.name] = Drawn(panel, figure, under, pick)
        return
    head = write_head(view, panel, pictured=not isinstance(figure, str))
    hidden = write_suppressed(view, panel.frame)
    foot = under + (f'<p class="under wide">{hidden}</p>' if hidden else "") + write_source(view, panel)
    if isinstance(figure, str):
        write(head + figure + foot)
        return
    write(head)
    if pick == "month" and is_of_quarters(panel.frame):
        pick = "quarter"
    draw_figure(figure, key=f"{view.page}-{panel.name}", alt=panel.title, pick=say_pick(view, pick) if pick else None)
    write(foot)


def say_pick(view: View, pick: Pick) -> dict[str, str]:
    """What the browser must know of such a click: its kind, its words, and the months that an address may name."""
    first, last = (months.iso(m) for m in (view.bounds.months.first, view.bounds.months.last))
    return {"of": pick, "hint": text(f"pages.pick.{pick}", view.lang), "first": first, "last": last}


def is_of_quarters(frame: pl.DataFrame) -> bool:
    """Are the rows of estimates one quarter each?"""
    return "group" in frame.columns and bool(frame.height) and bool(frame["group"].str.contains(r"^\d{4}-Q\d$").all())


@dataclass(frozen=True)
class Drawn:
    """What `draw` was given."""

    panel: Panel
    figure: Drawing | str
    under: str
    pick: Pick


_collected: ContextVar[dict[str, Drawn] | None] = ContextVar("collected", default=None)


def collect(draw_page: Callable[[View], None], view: View) -> dict[str, Drawn]:
    """The panels that a page draws, by name, without drawing them: what leaves the page alone is what stands on it."""
    found: dict[str, Drawn] = {}

    def run() -> None:
        _collected.set(found)
        draw_page(view)

    with ThreadPoolExecutor(1) as apart:  # in a thread of its own no session is running, so nothing reaches a screen
        apart.submit(run).result()
    return found


def write_head(view: View, panel: Panel, *, pictured: bool = False) -> str:
    """The title row, with the definition, the table and the ways out; `pictured`: what is shown is a picture."""
    lang = view.lang
    terms = "".join(
        f"<dt>{link(INDICATORS[i].name(lang), view.define(i))}</dt><dd>{esc(INDICATORS[i].definition(lang))}</dd>"
        for i in panel.indicators
    )
    bodies = {
        "definition": f"<dl>{panel.terms}{terms}</dl>", "table": write_rows(view, panel),
        "more": write_ways(view, panel, pictured=pictured),
    }  # fmt: skip
    tools = panel.switch + "".join(_write_tool(name, body, panel, lang) for name, body in bodies.items())
    sub = f'<p class="sub">{esc(panel.subtitle)}</p>' if panel.subtitle else ""
    pills = f'<p class="pills">{panel.pills}</p>' if panel.pills else ""
    return f'<div class="ph"><h3>{esc(panel.title)}</h3><div class="tools">{tools}</div>{sub}{pills}</div>'


def _write_tool(name: str, body: str, panel: Panel, lang: Lang) -> str:
    said, more = text(f"pages.tools.{name}", lang), name == "more"
    spoken = text("pages.tools.of", lang, tool=said, title=panel.title)
    return popover("⋯" if more else said, body, "more" if more else "", spoken=spoken)


def write_rows(view: View, panel: Panel) -> str:
    """The table behind the picture, as HTML."""
    return panel.table if panel.table is not None else write_table(view, panel.frame, by=panel.by, share=panel.share)


def write_ways(view: View, panel: Panel, *, pictured: bool) -> str:
    """The ways out of the dashboard: files of the panel, its address, the code that embeds it, and the briefing."""
    lang, name = view.lang, panel.name
    kinds = (*(PICTURES if pictured else TABLES), *(("pptx",) if panel.slide else ()))
    files = "".join(
        f'<a href="{esc(view.file(name, kind))}" download data-{kind}="{esc(name)}">{esc(text(f"pages.tools.{kind}", lang))}</a>'
        for kind in kinds
    )
    boxes = "".join(
        f'<label>{esc(text(f"pages.tools.{box}", lang))}'
        f'<input readonly data-{box}="{esc(view.href(only=name, embed=embed))}"></label>'
        for box, embed in (("address", False), ("frame", True))
    )
    return f'<div class="ways">{files}{_write_tray_link(view, panel)}</div>{boxes}'


def find_entry(view: View, panel: Panel) -> Entry | None:
    """The panel as a chart of a briefing, in this region and with these filters; None where a briefing draws none of it."""
    if not panel.slide:
        return None
    where = tuple(w for w in view.where(panel.indicators[0]) if w[0] != panel.by)
    return Entry(panel.slide, panel.indicators, panel.region or view.state.region, panel.by, where)


def _write_tray_link(view: View, panel: Panel) -> str:
    entry = find_entry(view, panel)
    if entry is None:
        return ""
    if entry in view.state.tray:
        return link(text("pages.tools.chosen", view.lang), view.href("briefing"))
    if len(view.state.tray) == MOST:
        return f"<span>{esc(text('pages.tools.full', view.lang, n=MOST))}</span>"
    return link(text("pages.tools.choose", view.lang), view.href(tray=(*view.state.tray, entry)), "choose")


def write_source(view: View, panel: Panel) -> str:
    """The source line as HTML."""
    said, *notes = say_source(view, panel)
    note = f"<br>{esc(notes[0])}" if notes else ""
    return f'<p class="src">{esc(said)}{note}</p>'


def say_source(view: View, panel: Panel) -> list[str]:
    """The source line: ledger, points, snapshot, and the mark of synthetic data; then the panel's note, where it has one."""
    lang = view.lang
    parts = [panel.origin or _name_origin(view, panel)]
    parts.append(text("pages.source.snapshot", lang, snapshot=view.snapshot.id))
    if view.snapshot.is_synthetic:
        parts.append(text("words.synthetic", lang))
    return [" · ".join(parts), *([panel.note] if panel.note else [])]


def _name_origin(view: View, panel: Panel) -> str:
    lang = view.lang
    ledgers = dict.fromkeys(ledger for i in panel.indicators for ledger in UNIVERSES[INDICATORS[i].universe])
    names = text("pages.source.and", lang).join(name_ledger(ledger, lang) for ledger in ledgers)
    points = view.ask(panel.indicators[0], region=panel.region)["n_points"][0] if panel.points is None else panel.points
    said = text("pages.source.ledger", lang, ledgers=names)
    if points:
        said += text(f"pages.source.{'points' if panel.points is None else 'observed'}", lang, n=f"{points:,}")
    return said


def name_ledger(ledger: str, lang: Lang) -> str:
    """The name of a ledger."""
    return LEDGERS[ledger].zh if lang == "zh" else LEDGERS[ledger].en


def say_empty(word: str, reason: str) -> str:
    """A picture that cannot be drawn: a pill and one reason."""
    return f'<div class="empty">{pill(word, reason)}</div>'


