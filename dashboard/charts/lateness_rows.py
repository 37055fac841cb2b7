"""`lateness_rows`: when each region's reports came around the due day, and the share that came late. Rows by code."""

from collections.abc import Mapping

import polars as pl

from dashboard.charts import layout, palette, table
from dashboard.charts.drawing import Drawing
from dashboard.i18n import format as fmt
from dashboard.i18n import text
from dashboard.i18n.catalogue import Lang

MARKED = 0.25  # a late share from which a row is set strong
_TOP, _BOTTOM, _BARS, _VALUE = 46, 6, 110, 44


def lateness_rows(
    frame: pl.DataFrame, *, names: Mapping[str, str], header: str, lang: Lang, width: int, row_height: int = 18
) -> Drawing:  # fmt: skip
    """`group, reports, late_share, q05 … q95` in the order of codes; a thin line from the 5th to the 95th percentile."""
    rows = frame.to_dicts()
    if not rows:
        return layout.empty(text("quality.late.nothing", lang), width)
    labels = [names.get(r["group"] or "", r["group"] or "") for r in rows]
    strong = [r["late_share"] >= MARKED for r in rows]
    start = max(layout.text_width(n) for n in [*labels, header]) * 1.08 + 14
    fig = table.table_sheet(width, len(rows), row_height, top=_TOP, bottom=_BOTTOM)
    end = table.inner(width) - _BARS - _VALUE - 20
    shown = [f"<b>{n}</b>" if s else n for n, s in zip(labels, strong, strict=True)]
    table.add_column(fig, table.Column(start - 8, shown, "right"))
    low = min(-5, 5 * (min(r["q05"] for r in rows) // 5))
    high = max(10, 5 * -(-max(r["q95"] for r in rows) // 5))
    step = next(s for s in (5, 10, 20, 50, 100, 1000) if (high - low) / s <= 8)
    ticks = [t for t in range(int(low // step * step), int(high) + 1, step) if t >= low]
    said = [f"<b>{text('quality.arrival.due', lang)}</b>" if t == 0 else fmt.number(t, 0, signed=True) for t in ticks]
    table.place_axis(fig, "xaxis", start, end, range=[low, high], tickvals=ticks, ticktext=said, side="top", anchor="y")
    table.add_grid(fig, [t for t in ticks if t], len(rows))
    fig.add_shape(type="line", x0=0, x1=0, y0=-0.5, y1=len(rows) - 0.5, line={"color": palette.RULE, "width": 1}, name="due")
    hovers = [_hover(r, n, lang) for r, n in zip(rows, labels, strict=True)]
    _add_spans(fig, rows, hovers)
    _add_bars(fig, rows, strong, end + 20, lang)
    table.add_header(fig, text("quality.arrival.axis", lang), start, lift=24)
    table.add_header(fig, text("quality.late.share", lang), end + 20, lift=6)
    return fig


def _add_spans(fig: Drawing, rows: list[dict[str, float]], hovers: list[str]) -> None:
    for low, high, width, colour in (("q05", "q95", 1.2, palette.WHISKER), ("q25", "q75", 5, palette.SUBJECT)):
        x: list[float | None] = []
        y: list[float | None] = []
        for place, row in enumerate(rows):
            x += [row[low], row[high], None]
            y += [place, place, None]
        line = {"color": colour, "width": width}
        fig.add_scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip", name=low)
    fig.add_scatter(
        x=[r["q50"] for r in rows], y=list(range(len(rows))), mode="markers", name="median", text=hovers,
        marker={"symbol": "line-ns", "size": 8, "line": {"color": palette.PAPER, "width": 2}},
        hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip


def _add_bars(fig: Drawing, rows: list[dict[str, float]], strong: list[bool], start: float, lang: Lang) -> None:
    most = max(*(r["late_share"] for r in rows), 0.1)
    table.place_axis(fig, "xaxis3", start, start + _BARS, range=[0, most], tickvals=[])
    fig.add_bar(
        x=[r["late_share"] for r in rows], y=list(range(len(rows))), orientation="h", xaxis="x3", width=0.6, name="late",
        marker={"color": [palette.SUBJECT if s else palette.SUBJECT_SOFT for s in strong]}, hoverinfo="skip",
    )  # fmt: skip
    values = [fmt.number(100 * r["late_share"], 0) + "%" for r in rows]
    px = _BARS / most
    for place, (row, value, is_strong) in enumerate(zip(rows, values, strong, strict=True)):
        label = f"<b>{value}</b>" if is_strong else value
        layout.annotate(fig, label, start + row["late_share"] * px + 6, place, xref="x2", yref="y", font={"color": palette.TEXT})


def _hover(row: dict[str, float], name: str, lang: Lang) -> str:
    days = {q: fmt.number(row[q], 0, signed=True) for q in ("q05", "q25", "q50", "q75", "q95")}
    share = fmt.number(100 * row["late_share"], 1)
    return text("quality.late.hover", lang, region=name, n=f"{row['reports']:,}", share=share, **days)
