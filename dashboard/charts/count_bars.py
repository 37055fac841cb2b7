"""`count_bars`: counts of a register as bars in parts, one a row (a theme) or one a column (a month); no interval."""

from collections.abc import Mapping, Sequence

from dashboard.charts import layout, palette, table
from dashboard.charts.drawing import Drawing
from dashboard.i18n import format as fmt
from dashboard.i18n import text
from dashboard.i18n.catalogue import Lang

Counts = Mapping[tuple[str, str], int]
_TOP, _BOTTOM, _TOTAL = 26, 8, 52


def count_rows(
    counts: Counts, *, rows: Mapping[str, str], parts: Mapping[str, str], colours: Sequence[str], lang: Lang, width: int,
    row_height: int = 28,
) -> Drawing:  # fmt: skip
    """One bar a row in the order of `rows`, cut into `parts` (code → words); `counts`: (row, part) → how many."""
    totals = {row: sum(counts.get((row, part), 0) for part in parts) for row in rows}
    if not any(totals.values()):
        return layout.empty(text("feedback.nothing", lang), width)
    start = max(layout.text_width(label) for label in rows.values()) * 1.1 + 14
    end = table.inner(width) - _TOTAL
    fig = table.table_sheet(width, len(rows), row_height, top=_TOP, bottom=_BOTTOM)
    table.place_axis(fig, "xaxis", start, end, range=[0, max(totals.values())], tickvals=[])
    table.add_rules(fig, range(1, len(rows)))
    table.add_column(fig, table.Column(start - 10, list(rows.values()), "right"))
    px = (end - start) / max(totals.values())
    left = dict.fromkeys(rows, 0)
    for (part, name), colour in zip(parts.items(), colours, strict=False):
        sizes = {row: counts.get((row, part), 0) for row in rows}
        fig.add_bar(
            x=list(sizes.values()), y=list(range(len(rows))), base=list(left.values()), orientation="h", width=0.66, name=part,
            marker={"color": colour, "line": {"color": palette.PAPER, "width": 1}},
            text=[str(n) if layout.text_width(str(n)) + 4 <= n * px else "" for n in sizes.values()], textposition="inside",
            insidetextanchor="middle", textangle=0, constraintext="none",
            textfont={"color": palette.PAPER if palette.is_dark(colour) else palette.TEXT, "size": 12},
            hovertext=[f"{rows[row]} · {name}: {n}" for row, n in sizes.items()], hovertemplate="%{hovertext}<extra></extra>",
        )  # fmt: skip
        left = {row: left[row] + n for row, n in sizes.items()}
    for place, total in enumerate(totals.values()):
        layout.annotate(fig, f"{total:,}", start + total * px + 6, place, xref="x2", yref="y", font={"color": palette.TEXT})
    fig.update_layout(barmode="overlay")
    _legend(fig, parts, colours)
    return fig


def count_months(
    counts: Counts, *, months: Sequence[int], parts: Mapping[str, str], colours: Sequence[str], lang: Lang, width: int,
    height: int, since: int,
) -> Drawing:  # fmt: skip
    """One column a month; those of the period, from `since` on, stand in full colour, the earlier ones paler."""
    keys = [str(m) for m in months]
    totals = [sum(counts.get((key, part), 0) for part in parts) for key in keys]
    if not any(totals):
        return layout.empty(text("feedback.nothing", lang), width)
    fig = layout.sheet(width, height, left=34, right=8, top=_TOP, bottom=26)
    labels = [fmt.axis_month(m) for m in months]
    fig.update_layout(xaxis=layout.month_axis(labels, layout.month_step(len(labels), width - 42)) | {"visible": True})
    ticks = layout.ticks_from(0, max(totals), min(4, max(totals)))
    fig.update_layout(yaxis=layout.shown_axis(
        range=[0, ticks[-1] * 1.02], tickvals=ticks, ticktext=[fmt.number(t, 0) for t in ticks], showgrid=True,
        gridcolor=palette.GRID,
    ) | {"visible": True})  # fmt: skip
    pale = [1.0 if m >= since else 0.5 for m in months]
    for (part, name), colour in zip(parts.items(), colours, strict=False):
        sizes = [counts.get((key, part), 0) for key in keys]
        fig.add_bar(
            x=labels, y=sizes, name=part, width=0.8, marker={"color": colour, "opacity": pale},
            hovertext=[f"{fmt.month(m, lang)} · {name}: {n}" for m, n in zip(months, sizes, strict=True)],
            hovertemplate="%{hovertext}<extra></extra>",
        )  # fmt: skip
    fig.update_layout(barmode="stack")
    _legend(fig, parts, colours)
    return fig


def _legend(fig: Drawing, parts: Mapping[str, str], colours: Sequence[str]) -> None:
    words = [layout.coloured("■", c) + " " + name for name, c in zip(parts.values(), colours, strict=False)]
    layout.annotate(fig, "　".join(words), 0, 1, xref="paper", yref="paper", yanchor="bottom", yshift=6)
