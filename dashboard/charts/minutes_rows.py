"""`minutes_rows`: minutes a return takes by ledger, this period and the one before, and the columns it asks for."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts import layout, palette, table
from dashboard.charts.drawing import Drawing
from dashboard.i18n import format as fmt
from dashboard.i18n import text
from dashboard.i18n.catalogue import Lang

_TOP, _BOTTOM, _NUMBERS = 30, 24, 132


@dataclass(frozen=True)
class LedgerCost:
    """A ledger's mean minutes a return now and before (None: no return states them), and its columns."""

    name: str
    minutes: float | None
    before: float | None
    columns: int


def minutes_rows(
    costs: Sequence[LedgerCost], *, header: str, compared: bool, lang: Lang, width: int, row_height: int = 30
) -> Drawing:  # fmt: skip
    """Rows in the order given: a filled dot now, a hollow one before, the difference, the number of columns."""
    known = [v for c in costs for v in (c.minutes, c.before) if v is not None]
    if not known:
        return layout.empty(text("quality.cost.nothing", lang), width)
    start = max(layout.text_width(n) for n in [*(c.name for c in costs), header]) + 16
    end = table.inner(width) - _NUMBERS
    fig = table.table_sheet(width, len(costs), row_height, top=_TOP, bottom=_BOTTOM)
    table.add_column(fig, table.Column(start - 8, [c.name for c in costs], "right"))
    ticks = layout.ticks_from(0, max(known), 3)
    table.place_axis(
        fig, "xaxis", start, end, range=[-0.02 * ticks[-1], ticks[-1] * 1.02], tickvals=ticks,
        ticktext=[fmt.number(t, 0) for t in ticks], anchor="y",
    )  # fmt: skip
    table.add_grid(fig, ticks, len(costs))
    table.add_rules(fig, range(1, len(costs)))
    if compared:
        _add_dots(fig, [c.before for c in costs], palette.PAPER, "before")
    _add_dots(fig, [c.minutes for c in costs], palette.SUBJECT, "now")
    middle, edge = end + 74, table.inner(width)
    table.add_column(fig, table.Column(middle, [_say_now(c, lang) for c in costs], "right"))
    table.add_column(fig, table.Column(edge, [str(c.columns) for c in costs], "right", palette.SECONDARY))
    table.add_header(fig, header, start - 8, "right")
    table.add_header(fig, text(f"quality.cost.{'difference' if compared else 'mean'}", lang), middle, "right")
    table.add_header(fig, text("quality.cost.columns", lang), edge, "right")
    return fig


def _add_dots(fig: Drawing, values: Sequence[float | None], colour: str, name: str) -> None:
    fig.add_scatter(
        x=list(values), y=list(range(len(values))), mode="markers", name=name, hovertemplate="%{x:.1f}<extra></extra>",
        marker={"size": 9, "color": colour, "line": {"color": palette.SUBJECT, "width": 1.6}},
    )  # fmt: skip


def _say_now(cost: LedgerCost, lang: Lang) -> str:
    if cost.minutes is None:
        return text("words.pill.not_stated", lang)
    if cost.before is None:
        return fmt.number(cost.minutes, 1)
    gap = fmt.number(cost.minutes - cost.before, 1, signed=True)
    return text("quality.cost.value", lang, now=fmt.number(cost.minutes, 1), gap=gap)
