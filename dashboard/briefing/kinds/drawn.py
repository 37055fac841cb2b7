"""What every kind of chart gives: the drawing with its table, and the figures by which a reader knows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from dashboard.answers import Request
from dashboard.briefing.queries import Query
from dashboard.briefing.specs import Chart
from dashboard.i18n import absence
from dashboard.i18n.measures import Measure
from pipelines.contracts.indicators import Unit

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Figure:
    """A number worth telling: its words, where it stands in the table (column key, row), and its estimate.

    `what`: a level or a change. `request`: the question whose answer it is. `newest`: it stands in the last row whatever the
    label of that row; else it is found again by the label.
    """

    label: str
    key: str
    place: int
    what: Literal["level", "change"]
    row: Row
    measure: Measure
    request: Request
    newest: bool = False


@dataclass(frozen=True)
class Drawn:
    """A chart ready to be drawn, and its figures."""

    chart: Chart
    figures: tuple[Figure, ...]


def month_request(query: Query) -> Request:
    """The question about the newest month alone."""
    return Request(query.indicator, query.region, query.last, query.last, None, query.where)


def level_form(measure: Measure) -> str:
    """The number format of a level: shares are fractions in the file."""
    if measure.unit in (Unit.SHARE, Unit.PER_YEAR):
        return "0.0%"
    if measure.unit in (Unit.PERSON_HOURS_PER_POINT_MONTH, Unit.MINUTES_PER_POINT_MONTH):
        return "#,##0"
    return "#,##0" if measure.decimals == 0 else "#,##0.0"


def axis_form(measure: Measure) -> str:
    """The number format of an axis of levels."""
    return "0%" if measure.unit in (Unit.SHARE, Unit.PER_YEAR) else "General"


def change_form(measure: Measure) -> str:
    """The number format of a change: percent as a number for means, points as a fraction for shares."""
    fraction = not measure.relative and measure.unit in (Unit.SHARE, Unit.PER_YEAR)
    return "+0%;−0%;0%" if fraction else "+0;−0;0" if measure.relative else "+0.0;−0.0;0"


def shown(row: Row | None, name: str = "estimate") -> float | None:
    """A field of a row that may be shown, else an empty cell."""
    if row is None or not absence.is_drawn(row) or row[name] is None:
        return None
    return float(row[name])


def whisker(row: Row | None, end: str, middle: str) -> float | None:
    """How far an end of an interval lies from its middle."""
    near, far = shown(row, middle), shown(row, end)
    return None if near is None or far is None else max(abs(far - near), 0.0)
