"""Control charts: an indicator's months between the limits of what is usual, said in words that need no statistics.

The limits and signals are those of `dashboard.answers.control`; here they become a title, pills and sentences.
"""

from dataclasses import dataclass
from typing import Any

import polars as pl

from dashboard.answers.alerts import select_alerts
from dashboard.answers.control import ControlChart, Variation
from dashboard.charts.control_chart import control_chart, verdict_of
from dashboard.charts.drawing import Drawing
from dashboard.i18n import format as fmt
from dashboard.i18n import signals, text
from dashboard.i18n.alerts import tell
from dashboard.i18n.judgement import Verdict
from dashboard.i18n.measures import Measure, measure
from dashboard.pages.markup import esc, pill
from dashboard.pages.panel import Panel, draw
from dashboard.pages.tables import SIGNS
from dashboard.pages.view import View
from pipelines.contracts import months

HEIGHT = 304
Row = dict[str, Any]


@dataclass(frozen=True)
class Reading:
    """A control chart ready to be told: the view, the chart, its measure and the months that have a number."""

    view: View
    chart: ControlChart
    how: Measure
    known: tuple[Row, ...]

    @property
    def newest(self) -> Row | None:
        """The newest month with a number."""
        return self.known[-1] if self.known else None

    @property
    def has_limits(self) -> bool:
        """Has any month limits?"""
        return any(row["centre"] is not None for row in self.known)

    @property
    def streak(self) -> int:
        """Months in a row, up to the newest, on its side of the mean or, for a trend, moving its way."""
        return signals.streak(self.known)

    @property
    def since_limits(self) -> int:
        """Months with a number in a newest stretch that has no limits yet."""
        rest = [row["group"] for row in self.known if row["centre"] is not None]
        return sum(row["group"] > max(rest, default="") for row in self.known)


def find_control(view: View, indicator: str) -> pl.DataFrame:
    """The months with limits and signals, as `burden estimate --control` gives them."""
    return view.control(indicator).frame.drop("side")


def draw_control(view: View, indicator: str, *, width: int, name: str, switch: str) -> None:
    """The panel of a control chart; `switch`: HTML of the way back to the trend."""
    lang, how, chart = view.lang, measure(indicator), view.control(indicator)
    known = chart.frame.filter(pl.col("estimate").is_not_null()).to_dicts()
    read = Reading(view, chart, how, tuple(known))
    figure = control_chart(
        chart.frame, lang=lang, subject=view.name(), width=width, height=HEIGHT, target=chart.target
    )
    panel = Panel(
        name, say_title(read), _say_subtitle(read, figure), chart.frame, (indicator,), switch=switch, pills=write_pills(read),
        note=_say_rebases(read), slide="control",
    )  # fmt: skip
    lines = [say_sentence(read), *say_alerts(read), *([text("pages.control.survey", lang)] if read.has_limits else [])]
    under = "".join(f'<p class="under{" lead" * (not i)}">{esc(s)}</p>' for i, s in enumerate(lines))
    draw(view, panel, figure, under=under, pick="month")


def say_title(read: Reading) -> str:
    """`会议数：2026年8月越过上控制线`; the name alone where there are no limits."""
    lang, name = read.view.lang, read.how.name(read.view.lang)
    if read.newest is None or read.chart.variation is Variation.FEW_MONTHS:
        return name
    if read.newest["side"]:
        return text("pages.control.title_signal", lang, name=name, what=_say_signal(read.newest, read))
    kind = "earlier" if any(row["side"] for row in read.known) else "common"
    return text(f"pages.control.title_{kind}", lang, name=name, month=_month(read.newest, read.view))


def say_sentence(read: Reading) -> str:
    """What a reader may conclude: a signal with its size, no signal, or too few months to say."""
    lang, view, newest = read.view.lang, read.view, read.newest
    if view.is_by_quarter(read.how.indicator):
        return text("pages.control.by_quarter", lang)
    if newest is None or read.chart.variation is Variation.FEW_MONTHS:
        return text("pages.control.few", lang, n=read.since_limits)
    subject = text("pages.control.subject", lang, region=view.name(), name=read.how.name(lang))
    if newest["side"]:
        return text(
            "pages.control.signal", lang, subject=subject, what=_say_signal(newest, read),
            value=fmt.level(newest["estimate"], read.how), centre=fmt.level(newest["centre"], read.how),
        )  # fmt: skip
    past = [row for row in read.known if row["side"]]
    if not past:
        return text("pages.control.common", lang, subject=subject)
    return text(
        "pages.control.earlier", lang, subject=subject, month=_month(newest, view), n=len(past), past=_month(past[-1], view)
    )


def say_alerts(read: Reading) -> list[str]:
    """What the overview says of the same months, which it judges against the year before: without it the two seem to disagree."""
    view, lang, indicator = read.view, read.view.lang, read.how.indicator
    if view.where(indicator):
        return []
    told = [
        tell(alert, lang) for alert in select_alerts(view.snapshot, view.state.region)
        if alert.region == view.state.region and any(c.indicator == indicator and not c.where for c in alert.claims)
    ]  # fmt: skip
    return [
        text("pages.control.alert", lang, kind=t.kind, since=t.since, reason=t.reason, what=t.what, detail=t.detail) for t in told
    ]


def write_pills(read: Reading) -> str:
    """HTML: what the newest month says and since when, and whether the target is met if nothing changes."""
    lang, chart = read.view.lang, read.chart
    side = read.newest["side"] if read.newest else 0
    verdict = verdict_of(side, read.how)
    css = verdict.value if verdict in (Verdict.LIGHTER, Verdict.HEAVIER) else ""
    since = text("pages.control.since", lang, month=_name(chart.since, read.view)) if chart.since else ""
    pills = [pill(f"{SIGNS[side]} {text(f'pages.control.variation.{chart.variation.value}', lang)}".strip(), since, css)]
    if chart.assurance and chart.target is not None and read.newest:
        ends = [fmt.level(read.newest[end], read.how) for end in ("lower", "upper")]
        why = text("pages.control.against", lang, target=fmt.level(chart.target, read.how), low=ends[0], high=ends[1])
        pills.append(pill(text(f"pages.control.assurance.{chart.assurance.value}", lang), why))
    return "".join(f"<span>{p}</span>" for p in pills)


def _say_signal(newest: Row, read: Reading) -> str:
    side = "up" if newest["side"] > 0 else "down"
    key = f"pages.control.what.{newest['signal']}_{side}"
    return text(key, read.view.lang, month=_month(newest, read.view), n=read.streak)


def _say_subtitle(read: Reading, figure: Drawing) -> str:
    lang, frame = read.view.lang, read.chart.frame
    span = [months.parse(frame["group"][i]) for i in (0, -1)] if frame.height else []
    period = fmt.period(span[0], span[-1], lang) if span else ""
    foot = figure.axis("yaxis").get("range")
    axis = text(f"pages.control.axis_{'zero' if foot and foot[0] == 0 else 'cut'}", lang)
    lines = text("pages.control.lines", lang) if read.has_limits else ""
    return text("pages.control.sub", lang, unit=read.how.unit_label(lang), period=period, lines=lines, axis=axis)


def _say_rebases(read: Reading) -> str:
    """Where a person had the limits start anew within the months shown, and why."""
    shown = set(read.chart.frame["group"])
    return " ".join(
        text("pages.control.rebased", read.view.lang, month=fmt.month(month, read.view.lang), reason=rebase.reason)
        for rebase in read.view.snapshot.policy.rebases
        if rebase.indicator == read.how.indicator and months.iso(month := months.of_date(rebase.month)) in shown
    )


def _month(row: Row, view: View) -> str:
    return _name(row["group"], view)


def _name(month: str, view: View) -> str:
    return fmt.month(months.parse(month), view.lang)
