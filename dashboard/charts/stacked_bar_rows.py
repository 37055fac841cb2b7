"""`stacked_bar_rows`: one composition a row (this region now, a year ago, the province), parts labelled directly."""

from collections.abc import Mapping, Sequence

import polars as pl

from dashboard.charts import hover, layout, palette, table
from dashboard.charts.drawing import Drawing
from dashboard.i18n import absence, text
from dashboard.i18n import format as fmt
from dashboard.i18n.catalogue import Lang
from dashboard.i18n.measures import measure_of


def stacked_bar_rows(
    rows: Sequence[tuple[str, pl.DataFrame]], *, parts: Mapping[str, str], lang: Lang, width: int, row_height: int = 28,
) -> Drawing:  # fmt: skip
    """Rows of (label, answer `by=<breakdown>, share=True`), the first one strong; `parts`: code → words, in order.

    A suppressed part is a hatched piece of fixed length with ⓢ; shares are then not drawn to the full 100 %.
    """
    how = measure_of([frame for _, frame in rows], share=True)
    if how is None:
        return layout.empty(text("charts.empty.nothing", lang), width)
    start = max(layout.text_width(label) for label, _ in rows) + 12
    fig = table.table_sheet(width, len(rows), row_height, top=24, bottom=6)
    table.place_axis(fig, "xaxis", start, table.inner(width), range=[0, 100], tickvals=[])
    strong = [f"<b>{label}</b>" if i == 0 else label for i, (label, _) in enumerate(rows)]
    table.add_column(fig, table.Column(start - 8, strong, "right"))
    heads: list[tuple[str, float]] = []
    px = (table.inner(width) - start) / 100
    for place, (label, frame) in enumerate(rows):
        known = {r["group"]: r for r in frame.iter_rows(named=True)}
        left = 0.0
        for i, (code, name) in enumerate(parts.items()):
            row = known.get(code)
            if row is None or row["status"] == "no_data":
                continue
            drawn = absence.is_drawn(row)
            size = how.drawn(row["estimate"]) if drawn else 4.0
            value = fmt.level(row["estimate"], how, mark=False) if drawn else "ⓢ"
            fits = layout.text_width(value) + 6 <= size * px
            fig.add_bar(
                x=[size], y=[place], base=[left], orientation="h", width=0.72, name=code, customdata=[code],
                marker={
                    "color": palette.CATEGORIES[i % len(palette.CATEGORIES)] if drawn else palette.PAPER,
                    "opacity": 1.0 if place == 0 else 0.72, "line": {"color": palette.PAPER, "width": 1},
                    "pattern": {"shape": "" if drawn else "/", "fgcolor": palette.HATCH, "size": 6, "solidity": 0.2},
                },
                text=value if fits else "", textposition="inside", insidetextanchor="start", textangle=0,
                textfont={"color": palette.TEXT, "size": 12}, constraintext="none",
                hovertext=hover.estimate_lines(row, f"<b>{label} · {name}</b>", how, lang),
                hovertemplate="%{hovertext}<extra></extra>",
            )  # fmt: skip
            if place == 0:
                heads.append((name + (" %" if i == 0 else ""), start + left * px))
            left += size
    fig.update_layout(barmode="overlay")
    _heads(fig, heads)
    return fig


def _heads(fig: Drawing, heads: Sequence[tuple[str, float]]) -> None:
    """The parts' names above the first row, moved left where the next one would cover them."""
    limit = float(table.inner(fig.width))
    for name, at in reversed(heads):
        x = min(at + 3, limit - layout.text_width(name))
        layout.annotate(fig, name, x, 1, xref="x2", yref="paper", yanchor="bottom", yshift=4)
        limit = x - 8
