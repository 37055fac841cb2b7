"""Reform dates as thin labelled rules on a month axis, their labels in as many rows above the plot as they need."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts import layout, palette
from dashboard.charts.drawing import Drawing
from dashboard.i18n.catalogue import Lang
from pipelines.contracts import months
from pipelines.contracts.policy import Reform


@dataclass(frozen=True)
class _Rule:
    place: int
    label: str
    leftwards: bool


def rule_rows(reforms: Sequence[Reform], span: Sequence[int], width: float, lang: Lang) -> list[list[_Rule]]:
    """The reforms inside the span as rows of labels that do not overlap on a plot of that many px."""
    rows: list[tuple[float, list[_Rule]]] = []
    step = width / max(len(span), 1)
    for reform in sorted(reforms, key=lambda r: r.month):
        month = months.of_date(reform.month)
        if month not in span:
            continue
        place = list(span).index(month)
        label = f"{months.iso(month)} {reform.zh if lang == 'zh' else reform.en}"
        size, x = layout.text_width(label) + 12, (place + 0.5) * step
        leftwards = x + size > width and x > size
        start, end = (x - size, x) if leftwards else (x, x + size)
        free = next((i for i, (used, _) in enumerate(rows) if used <= start), None)
        if free is None:
            rows.append((end, [_Rule(place, label, leftwards)]))
        else:
            rows[free] = (end, [*rows[free][1], _Rule(place, label, leftwards)])
    return [row for _, row in rows]


def add_rules(fig: Drawing, rows: Sequence[Sequence[_Rule]], span: Sequence[int], *, labels: bool = True) -> None:
    """A thin rule for each reform over the whole plot, with its label above."""
    for depth, row in enumerate(rows):
        for rule in row:
            fig.add_shape(
                type="line", xref="x", yref="paper", x0=rule.place, x1=rule.place, y0=0, y1=1, name="reform",
                line={"color": palette.RULE, "width": 1}, layer="below",
            )
            if labels:
                layout.annotate(
                    fig, rule.label, rule.place, 1, xref="x", yref="paper", yanchor="bottom", yshift=4 + 16 * depth,
                    xanchor="right" if rule.leftwards else "left", xshift=-4 if rule.leftwards else 4,
                )  # fmt: skip
