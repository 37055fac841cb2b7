"""`missing_grid`: the share of reports missing, regions × months, one small grid a ledger. Counts, not estimates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from dashboard.charts import layout, palette
from dashboard.charts.drawing import Drawing
from dashboard.i18n import format as fmt
from dashboard.i18n import text
from dashboard.i18n.catalogue import Lang

BREAKS: Final = (0.03, 0.08, 0.15, 0.30)  # classes: below the first, between two, from the last on
MARKED: Final = 0.08  # a region's name is bold from this share on
_TOP, _BOTTOM, _GAP = 42, 4, 26
_ACROSS = 4  # a grid is no wider than with so many beside each other
Key = tuple[str | None, int]


@dataclass(frozen=True)
class Cell:
    """Reports of one region, month and ledger: `owed` by active points, of those `due`, of those `reported`."""

    owed: int
    due: int
    reported: int

    @property
    def missing(self) -> float | None:
        """The share missing of what was due; None where nothing was."""
        return 1 - self.reported / self.due if self.due else None


@dataclass(frozen=True)
class Grid:
    """One ledger: its name, cells by (region, month), the whole region under None, and its provisional months."""

    name: str
    cells: Mapping[Key, Cell]
    provisional: Sequence[int] = field(default=())

    def sum_over(self, code: str | None, months: Sequence[int]) -> Cell:
        """The cells of a region over months, summed."""
        found = [c for m in months if (c := self.cells.get((code, m)))]
        return Cell(sum(c.owed for c in found), sum(c.due for c in found), sum(c.reported for c in found))


def missing_grid(
    grids: Sequence[Grid], *, regions: Mapping[str, str], whole: str, months: Sequence[int], lang: Lang, width: int,
    row_height: int = 18,
) -> Drawing:  # fmt: skip
    """Rows by code as `regions` (code → name) gives them, then `whole`; a column a month, a grid a ledger.

    Darker is more missing; hatched: nothing at all came; a dot: not due yet; a frame: provisional months. The page writes
    the key below it, which wraps where the page is narrow.
    """
    if not any(c.due for g in grids for c in g.cells.values()):
        return layout.empty(text("quality.grid.nothing", lang), width)
    rows: list[str | None] = [*regions, None]
    places = {code: i + (code is None) for i, code in enumerate(rows)}  # a free row above the whole
    marked = {c for c in regions if _is_marked(grids, c, months)}
    names = [f"<b>{n}</b>" if c in marked else n for c, n in regions.items()] + [f"<b>{whole}</b>"]
    left = round(max(layout.text_width(n) * (1.06 if "<b>" in n else 1) for n in names)) + 10
    height = (len(rows) + 1) * row_height + _TOP + _BOTTOM
    fig = layout.sheet(width, height, left=left, right=4, top=_TOP, bottom=_BOTTOM)
    inner = width - left - 4
    across = max(len(grids), _ACROSS)
    share = (inner - (across - 1) * _GAP) / across / inner
    called: dict[str | None, str] = {None: whole}
    called.update(regions)
    notes: layout.Notes = []
    for i, grid in enumerate(grids):
        start = i * (share + _GAP / inner)
        _draw(fig, notes, grid, i, (start, min(1.0, start + share)), places, called, months, share * inner, lang)
    ticks = {"tickvals": list(places.values()), "ticktext": names, "ticklabelstandoff": 4}
    fig.update_layout(yaxis=layout.shown_axis(range=[len(rows) + 0.5, -0.5], **ticks) | {"visible": True})
    layout.add_notes(fig, notes)
    return fig


def _is_marked(grids: Sequence[Grid], code: str, months: Sequence[int]) -> bool:
    sums = [g.sum_over(code, months) for g in grids]
    due = sum(c.due for c in sums)
    return bool(due) and 1 - sum(c.reported for c in sums) / due >= MARKED


def classify(missing: float) -> int:
    """The class of a share missing: 0 … 4."""
    return sum(missing >= b for b in BREAKS)


def _draw(
    fig: Drawing, notes: layout.Notes, grid: Grid, place: int, domain: tuple[float, float],
    rows: Mapping[str | None, int], names: Mapping[str | None, str], months: Sequence[int], px: float, lang: Lang,
) -> None:  # fmt: skip
    number = "" if place == 0 else str(place + 1)
    x = f"x{number}"
    found = [(code, y, i, month, grid.cells.get((code, month))) for code, y in rows.items() for i, month in enumerate(months)]
    drawn = [(code, y, i, month, c) for code, y, i, month, c in found if c and c.missing is not None]
    _add_cells(fig, grid, drawn, names, len(months), max(rows.values()), x, lang)
    gone = [(i, y) for _, y, i, _, c in drawn if c.reported == 0]
    if gone:
        _add_hatch(fig, gone, x)
    waiting = [(i, y) for _, y, i, _, c in found if c and c.owed and not c.due]
    if waiting:
        fig.add_scatter(
            x=[i for i, _ in waiting], y=[y for _, y in waiting], xaxis=x, mode="markers", hoverinfo="skip", name="not_due",
            marker={"size": 3, "color": palette.RULE},
        )  # fmt: skip
    for start, end in _runs([i for i, m in enumerate(months) if m in grid.provisional]):
        fig.add_shape(
            type="rect", xref=x, yref="y", x0=start - 0.5, x1=end + 0.5, y0=-0.5, y1=max(rows.values()) + 0.5,
            line={"color": palette.RULE, "width": 1}, name="provisional",
        )  # fmt: skip
    step = layout.month_step(len(months), px)
    shown = list(range(len(months)))[::step]
    ticks = [fmt.axis_month(months[i]) for i in shown]
    fig.update_layout({f"xaxis{number}": layout.shown_axis(
        range=[-0.5, len(months) - 0.5], domain=domain, side="top", tickvals=shown, ticktext=ticks, anchor="y",
    ) | {"visible": True}})  # fmt: skip
    total = grid.sum_over(None, months)
    head = {"xref": f"{x} domain", "yref": "paper", "yanchor": "bottom", "yshift": 23}
    layout.annotate(notes, f"<b>{grid.name}</b>", 0, 1, **head, font={"color": palette.TEXT})
    if total.missing is not None:
        layout.annotate(notes, fmt.number(100 - 100 * total.missing, 1) + "%", 1, 1, **head, xanchor="right")


def _add_cells(
    fig: Drawing, grid: Grid, drawn: Sequence[tuple[str | None, int, int, int, Cell]],
    names: Mapping[str | None, str], columns: int, last: int, x: str, lang: Lang,
) -> None:  # fmt: skip
    z: list[list[int | None]] = [[None] * columns for _ in range(last + 1)]
    data: list[list[Any]] = [[["", "", 0, 0]] * columns for _ in range(last + 1)]
    for code, y, i, month, cell in drawn:
        z[y][i] = classify(cell.missing or 0.0)
        data[y][i] = [names[code], fmt.axis_month(month), cell.due, cell.due - cell.reported]
    steps = len(palette.MISSING)
    scale = [[(i + end) / steps, colour] for i, colour in enumerate(palette.MISSING) for end in (0, 1)]
    said = text("quality.grid.hover", lang, region="%{customdata[0]}", month="%{customdata[1]}", due="%{customdata[2]}",
                missing="%{customdata[3]}", ledger=grid.name)  # fmt: skip
    fig.add_heatmap(
        x=list(range(columns)), y=list(range(last + 1)), z=z, xaxis=x, zmin=-0.5, zmax=steps - 0.5, colorscale=scale,
        showscale=False, xgap=1, ygap=1, hoverongaps=False, customdata=data, name="missing",
        hovertemplate=said + "<extra></extra>",
    )  # fmt: skip


def _add_hatch(fig: Drawing, places: Sequence[tuple[int, int]], x: str) -> None:
    """Cells of which nothing came."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for i, y in places:
        xs += [i - 0.45, i + 0.45, i + 0.45, i - 0.45, i - 0.45, None]
        ys += [y - 0.45, y - 0.45, y + 0.45, y + 0.45, y - 0.45, None]
    fig.add_scatter(
        x=xs, y=ys, xaxis=x, mode="lines", fill="toself", hoverinfo="skip", name="gone",
        line={"width": 1, "color": palette.HATCH}, fillcolor=palette.PAPER,
        fillpattern={"shape": "/", "size": 4, "solidity": 0.25, "fgcolor": palette.HATCH, "bgcolor": palette.PAPER},
    )  # fmt: skip


def _runs(places: Sequence[int]) -> list[tuple[int, int]]:
    """First and last of each stretch of neighbouring places."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and place == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs
