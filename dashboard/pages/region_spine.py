"""The spine of `region`: every indicator in a row, chart and table in one, by domain in the order of the dictionary."""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from dashboard.answers import Request
from dashboard.answers.profile import FALSE_RATE
from dashboard.charts import spine
from dashboard.charts.small_line import draw_line
from dashboard.charts.sparkline import data_uri
from dashboard.i18n import absence, judgement, text
from dashboard.i18n import format as fmt
from dashboard.i18n.judgement import Direction, Verdict
from dashboard.i18n.measures import Measure, measure
from dashboard.pages import region_source as profiles
from dashboard.pages import source
from dashboard.pages.findings import say_against
from dashboard.pages.markup import esc, link, pill, table
from dashboard.pages.panel import Panel, draw
from dashboard.pages.region_profile import beside, distance, find_parts, find_profile, side_of_gap, where
from dashboard.pages.sheet import box
from dashboard.pages.state import PROVINCE
from dashboard.pages.tables import iv
from dashboard.pages.view import SPARKLINE_MONTHS, View
from pipelines.contracts.breakdowns import REGISTERS
from pipelines.contracts.indicators import INDICATORS, Better, Domain, Indicator, Kind

Row = Mapping[str, Any]
COLUMNS = 7
UNIT_LENGTH = 12  # a longer unit is told as a tip
DOMAINS = tuple(dict.fromkeys((Domain.OVERVIEW, *(i.domain for i in INDICATORS.values()))))
TICKS = range(-3, 4)
_SIDE_WORDS = {True: ("lighter", "heavier"), False: ("higher", "lower")}


def draw_spine(view: View, setting: str) -> None:
    """The panel; `setting`: the key of the address that chooses an indicator, to which the names of rows lead."""
    lang, profile = view.lang, find_profile(view)
    peers = profiles.peers(view.snapshot, view.state.region).height - 1
    key = "title_province" if view.is_province else "title_peers" if peers > 0 else "title"
    tail = "_province" if view.is_province else "" if view.earlier else "_none"
    sub = text(
        f"region.spine.sub{tail}", lang, against=say_against(view),
        period=fmt.period(view.period.first, view.period.last, lang),
    )  # fmt: skip
    points = view.ask("reporting_minutes")["n_points"][0] or 0
    panel = Panel(
        "spine", text(f"region.spine.{key}", lang, region=view.name()), sub, profile, (), table=_numbers(view, profile),
        terms=_terms(view), origin=text("region.spine.origin", lang, n=f"{points:,}"),
    )  # fmt: skip
    body = _Writer(view, profile, setting).write()
    reading = "" if view.is_province else f'<p class="under wide">{esc(text("region.spine.reading", lang))}</p>'
    with box("across"):
        draw(view, panel, f'<div class="scroll">{body}</div>{_key(view, peers)}', under=reading)


class _Writer:
    """Writes the rows of one view."""

    def __init__(self, view: View, profile: pl.DataFrame, setting: str) -> None:
        self.view, self.lang, self.setting = view, view.lang, setting
        self.rows = {row["indicator"]: row for row in profile.iter_rows(named=True)}
        self.parts = find_parts(view)
        self.lines = profiles.lines(view.snapshot, view.state.region, view.history(SPARKLINE_MONTHS), where(view))

    def write(self) -> str:
        """The table."""
        body = "".join(self._domain(d) for d in DOMAINS)
        return f'<table class="data spine"><thead>{self._head()}</thead><tbody>{body}</tbody></table>'

    def _head(self) -> str:
        view, lang = self.view, self.lang
        ticks = "".join(
            f'<span style="left:{100 * spine.x_of(t) / spine.WIDTH:.2f}%">{fmt.number(t, 0, signed=True)}</span>' for t in TICKS
        )
        ends = "".join(f"<span>{esc(text(f'region.spine.{k}', lang))}</span>" for k in ("heavier", "middle", "lighter"))
        months = view.history(SPARKLINE_MONTHS)
        first, last = fmt.axis_month(months.first), fmt.axis_month(months.last)
        interval = esc(text("region.spine.interval", lang))
        ranked = max((f["rank"].count() for f in self.parts.values()), default=0)
        against = view.say_compared(f"region.spine.change_{view.compared_as}") if view.earlier else ""
        cells = (
            f'<th scope="col">{esc(text("region.spine.indicator", lang))}</th>',
            f'<th scope="col" class="lv"><b>{esc(text("region.spine.level", lang))}</b>{iv(interval)}</th>',
            "<td></td>" if view.is_province else f'<th scope="col" class="num">{esc(text("region.spine.province", lang))}</th>',
            f'<th scope="col" class="sp"><div class="ends">{ends}</div><div class="axis">{ticks}</div></th>',
            f'<th scope="col" class="lv"><b>{esc(against)}</b>{iv(interval)}</th>' if against else "<td></td>",
            f'<th scope="col">{esc(text("region.spine.verdict", lang))}</th>' if against else "<td></td>",
            "" if view.is_province else f'<th scope="col">{esc(text("region.spine.rank", lang, n=ranked))}</th>',
            f'<th scope="col" class="ln">{esc(text("region.spine.spark", lang))}<div class="ends"><span>{first}</span>'
            f"<span>{last}</span></div></th>",
        )  # fmt: skip
        return f"<tr>{''.join(cells)}</tr>"

    def _domain(self, domain: Domain) -> str:
        known = [i for i in INDICATORS.values() if i.domain is domain]
        rows = "".join(
            self._register(i) if i.kind is Kind.REGISTER else self._row(i, self.rows[i.id]) for i in known
        )
        title = esc(text(f"region.domain.{domain.value}", self.lang))
        across = COLUMNS + (not self.view.is_province)
        return f'<tr class="domain"><th scope="rowgroup" colspan="{across}">{title}</th></tr>{rows}'

    def _name(self, indicator: Indicator) -> str:
        whole = measure(indicator.id).unit_label(self.lang)
        unit = whole if len(whole) <= UNIT_LENGTH else ""
        if indicator.kind is Kind.REGISTER:
            name = link(indicator.name(self.lang), self.view.define(indicator.id))
        else:
            name = link(indicator.name(self.lang), self.view.href(settings={self.setting: indicator.id}))
        return f'<th scope="row" title="{esc(whole)}">{name} <span class="iv">{esc(unit)}</span></th>'

    def _row(self, indicator: Indicator, row: Row) -> str:
        how = measure(indicator.id)
        whole = "" if self.view.is_province or row["whole"] is None else fmt.level(row["whole"], how, mark=False)
        cells = (
            self._name(indicator), self._level(row, how), f'<td class="num iv">{esc(whole)}</td>',
            f'<td class="sp">{self._mark(indicator, row, how)}</td>', *self._change(row, how),
            "" if self.view.is_province else f'<td class="rk">{self._rank(row, how)}</td>',
            f'<td class="ln">{self._line(indicator, row)}</td>',
        )  # fmt: skip
        return f"<tr>{''.join(cells)}</tr>"

    def _level(self, row: Row, how: Measure) -> str:
        if not absence.is_drawn(row):
            reason = absence.reason(row, self.lang)
            return f'<td class="lv wide" title="{esc(reason)}">{pill(absence.pill(row, self.lang), reason)}</td>'
        note = judgement.interval_of_level(row, how, self.lang, mark=False)
        if row["estimate"] == 0:
            note = text("region.spine.zero", self.lang)
        return f'<td class="lv"><b>{esc(fmt.level(row["estimate"], how, mark=False))}</b>{iv(note)}</td>'

    def _mark(self, indicator: Indicator, row: Row, how: Measure) -> str:
        """The picture of a row's distances, and its words."""
        if row["status"] == "suppressed":
            return _image(spine.Mark(suppressed=True), absence.pill(row, self.lang))
        towards = -1 if how.better is Better.LOWER else 1
        spread, whole = row["spread"], row["whole"]

        def place(value: float) -> float:
            return towards * (value - float(whole)) / float(spread)

        if not spread or whole is None:
            return _image(spine.Mark())
        others, peers = (
            None if row[f"{key}_low"] is None else (place(row[f"{key}_low"]), place(row[f"{key}_high"]))
            for key in ("parts", "peers")
        )
        ticks: tuple[float, ...] = ()
        if self.view.is_province and others:
            levels = self.parts[indicator.id].filter(pl.col("status") == "ok")["estimate"].drop_nulls()
            ticks = tuple(place(v) for v in levels)
        gap, whisker = distance(row), None
        if gap is not None and row["gap_low"] is not None:
            whisker = (towards * row["gap_low"] / spread, towards * row["gap_high"] / spread)
        value = None if gap is None else towards * gap
        mark = spine.Mark(
            value, whisker, others, peers, ticks, filled=side_of_gap(row, how) is not Verdict.UNCLEAR,
            square=how.better is Better.NONE,
        )  # fmt: skip
        return _image(mark, self._say(how, value, whisker))

    def _say(self, how: Measure, value: float | None, whisker: spine.Ends | None) -> str:
        if value is None:
            return ""
        more, less = _SIDE_WORDS[how.better is not Better.NONE]
        side = text(f"region.spine.side_{more if value > 0 else less}", self.lang)
        values = {"name": how.name(self.lang), "side": side, "value": fmt.number(abs(value), 1)}
        if whisker is None:
            return text("region.spine.alt_plain", self.lang, **values)
        low, high = (fmt.number(e, 1, signed=True) for e in sorted(whisker))
        return text("region.spine.alt", self.lang, **values, low=low, high=high)

    def _change(self, row: Row, how: Measure) -> Iterator[str]:
        judged = judgement.judge(row, how)
        if judged.direction is Direction.UNKNOWN:
            yield from ('<td class="lv"></td>', "<td></td>")
            return
        css, bold = judged.verdict.value, "b" if judged.clear else "span"
        note = judgement.interval_of_change(row, how, self.lang, mark=False)
        yield f'<td class="lv"><{bold} class="{css}">{esc(judgement.signed_change(row, how))}</{bold}>{iv(note)}</td>'
        yield f'<td class="{css}">{esc(f"{judged.sign} {judged.word(self.lang)}")}</td>'

    def _rank(self, row: Row, how: Measure) -> str:
        if not how.ranked:
            return f'<span class="iv">{esc(text("region.spine.withheld", self.lang))}</span>'
        if row["rank_low"] is None:
            return ""
        count = self.parts[row["indicator"]]["rank"].count()
        left, width = 100 * (row["rank_low"] - 1) / count, 100 * (row["rank_high"] - row["rank_low"] + 1) / count
        bar = f'<i class="bar"><i style="left:{left:.1f}%;width:{width:.1f}%"></i></i>'
        return f"{bar}<span>{row['rank_low']}–{row['rank_high']}</span>"

    def _line(self, indicator: Indicator, row: Row) -> str:
        svg = draw_line(self.lines[indicator.id], width=104, height=spine.HEIGHT)
        if not svg:
            return f'<span class="iv">{esc(absence.pill(row, self.lang) if not absence.is_drawn(row) else "")}</span>'
        label = esc(text("region.spine.alt_spark", self.lang, name=indicator.name(self.lang)))
        return f'<img alt="{label}" src="{data_uri(svg)}">'

    def _register(self, indicator: Indicator) -> str:
        """Rows of a register: counted, without interval, distance or change; points and their types have no part in it."""
        view = self.view

        def ask(region: str) -> list[Row]:
            request = Request(indicator.id, region, view.period.first, view.period.last)
            return source.ask(view.snapshot, request).to_dicts()  # type: ignore[return-value]

        whole = {} if view.is_province else {r["group"]: r for r in ask(PROVINCE)}
        return "".join(self._counted(indicator, r, whole.get(r["group"])) for r in ask(view.state.region))

    def _counted(self, indicator: Indicator, row: Row, whole: Row | None) -> str:
        how, lang = measure(indicator.id), self.lang
        words = _name_words(indicator, row["group"], lang)
        name = self._name(indicator).replace("</th>", f' <span class="iv">{esc(words)}</span></th>')
        level = pill(absence.pill(row, lang), absence.reason(row, lang))
        if absence.is_drawn(row):
            level = f"<b>{esc(fmt.level(row['estimate'], how, mark=False))}</b>"
            ends = judgement.interval_of_level(row, how, lang, mark=False)
            level += iv(ends or text("region.spine.register", lang))
        beside = ""
        if whole and absence.is_drawn(whole) and how.is_share:
            beside = fmt.level(whole["estimate"], how, mark=False)
        empty = f'<td class="sp">{_image(spine.Mark())}</td><td></td><td></td>'
        note = esc(text("region.spine.withheld", lang)) if not how.ranked else ""
        rank = "" if self.view.is_province else f'<td class="iv">{note}</td>'
        drawn = "" if absence.is_drawn(row) else " wide"
        return f'<tr>{name}<td class="lv{drawn}">{level}</td><td class="num iv">{esc(beside)}</td>{empty}{rank}<td></td></tr>'


def _image(mark: spine.Mark, words: str = "") -> str:
    """The marks of a row as a picture with its words, which are its tip too."""
    tip = f' title="{esc(words)}"' if words else ""
    return f'<img alt="{esc(words)}"{tip} src="{data_uri(spine.draw_row(mark))}">'


def _name_words(indicator: Indicator, group: str | None, lang: str) -> str:
    """The item and level of a register's row, in words."""
    words = (group or "").split("/") if group else []
    lists = [b.codes for b in REGISTERS[indicator.domain]]
    return " · ".join(next((c.label(w, lang) for c in lists if w in c.codes), w) for w in words)


def _terms(view: View) -> str:
    rate = f"{FALSE_RATE:.0%}"
    return "".join(
        f"<dt>{esc(text(f'region.spine.{key}', view.lang))}</dt>"
        f"<dd>{esc(text(f'region.spine.{key}_means', view.lang, rate=rate))}</dd>"
        for key in ("term", "term_found")
    )


def _numbers(view: View, profile: pl.DataFrame) -> str:
    """The numbers behind the marks: difference to the province with its interval, standard deviation, ranges."""
    lang = view.lang
    columns = ("indicator", "gap", "gap_interval", "spread", "range_peers", "range_parts")
    rows = []
    for row in profile.iter_rows(named=True):
        how = measure(row["indicator"])
        spread = None if row["spread"] is None else fmt.number(row["spread"] * how.scale, 2)
        rows.append([
            esc(how.name(lang)), _signed(row["gap"], how), _between(row["gap_low"], row["gap_high"], how, view, signed=True),
            spread or "", *(_between(row[f"{k}_low"], row[f"{k}_high"], how, view) for k in ("peers", "parts")),
        ])  # fmt: skip
    return table([esc(text(f"region.spine.{c}", lang)) for c in columns], rows)


def _signed(value: float | None, how: Measure) -> str:
    return "" if value is None else fmt.number(value * how.scale, 2, signed=True)


def _between(low: float | None, high: float | None, how: Measure, view: View, *, signed: bool = False) -> str:
    if low is None or high is None:
        return ""
    ends = (fmt.number(v * how.scale, 2, signed=signed) for v in (low, high))
    return iv(text("words.interval", view.lang, **dict(zip(("low", "high"), ends, strict=True))))


def _key(view: View, peers: int) -> str:
    """What the marks mean."""
    lang, level = view.lang, beside(view)[1]
    marks = [] if view.is_province else ["found", "open", "square", "whisker"]
    marks += ["peers"] if peers > 0 else []
    marks += [level] + (["ticks"] if view.is_province else [])
    items = "".join(
        f'<span><i class="k-{"parts" if m == level else m}"></i>{esc(text(f"region.spine.key_{m}", lang, n=peers))}</span>'
        for m in marks
    )
    foot = text("region.spine.foot", lang, parts=text(f"region.spine.parts_{level}", lang), limit=spine.LIMIT)
    return f'<p class="key spine-key">{items}<span class="end">{esc(foot)}</span></p>'
