"""Charts as DrawingML: a `Chart` becomes the `c:chartSpace` of a part, in the order of elements that the schema asks for.

What a refresh may change is written by `caches` alone.
"""

from itertools import count

from dashboard.briefing import caches
from dashboard.briefing.look import Look
from dashboard.briefing.specs import Axis, Chart, Kind, Labels, Marker, Pen, Plot, Room, Shown, Style
from dashboard.briefing.tables import LABELS, Column, Series, Table
from dashboard.briefing.xml import Element, make

_EMU = 12_700
_AXES = ((111, 112), (113, 114))


def draw(chart: Chart, look: Look) -> Element:
    """The root of a chart part, without its workbook."""
    order = count()
    plots = [_plot(plot, chart.table, look, order) for plot in chart.plots]
    axes = _axes(chart, look)
    area = make("c:plotArea", _layout(chart.room), *plots, *axes, _shape(None, Pen()))
    body = make("c:chart", make("c:autoTitleDeleted", val=True), area, _legend(chart, look),
                make("c:plotVisOnly", val=True), make("c:dispBlanksAs", val="gap"))  # fmt: skip
    return make("c:chartSpace", make("c:date1904", val=False), make("c:roundedCorners", val=False), body,
                _shape(None, Pen()), _text(look, look.secondary))  # fmt: skip


def _plot(plot: Plot, table: Table, look: Look, order: "count[int]") -> Element:
    series = [s for s in table.series if s.values in plot.styles]
    drawn = [_series(s, table, plot, look, next(order)) for s in series]
    ids = [make("c:axId", val=i) for i in _AXES[plot.secondary]]
    if plot.kind is Kind.SCATTER:
        return make("c:scatterChart", make("c:scatterStyle", val="lineMarker"), make("c:varyColors", val=False), *drawn, *ids)
    if plot.kind is Kind.LINE:
        lines = None if plot.high_low is None else make("c:hiLowLines", _shape(None, plot.high_low, fills=False))
        return make("c:lineChart", make("c:grouping", val="standard"), make("c:varyColors", val=False), *drawn, lines,
                    make("c:marker", val=True), *ids)  # fmt: skip
    overlap = None if plot.overlap is None else make("c:overlap", val=plot.overlap)
    return make(
        "c:barChart", make("c:barDir", val="bar" if plot.kind is Kind.BAR else "col"),
        make("c:grouping", val=plot.grouping), make("c:varyColors", val=False), *drawn, make("c:gapWidth", val=plot.gap),
        overlap, *ids,
    )  # fmt: skip


def _series(series: Series, table: Table, plot: Plot, look: Look, order: int) -> Element:
    style, values = plot.styles[series.values], table[series.values]
    name = make("c:tx", caches.strings(table.header_reference(values.key), [values.header]))
    head = [make("c:idx", val=order), make("c:order", val=order), name]
    labels = _labels(style.labels, table, series, look)
    if plot.kind is Kind.SCATTER:
        assert series.x is not None  # noqa: S101 - a scatter has x
        return make(
            "c:ser", *head, _shape(None, style.pen, fills=False), _marker(style.marker), labels,
            *_whiskers(series, table, style, "x"), make("c:xVal", _numbers(table, table[series.x])),
            make("c:yVal", _numbers(table, values)), make("c:smooth", val=False),
        )  # fmt: skip
    labels_at = table[LABELS]
    written = caches.strings(table.reference(LABELS), labels_at.cells)
    dated = any(isinstance(cell, float) for cell in labels_at.cells)
    where = make("c:cat", _numbers(table, labels_at) if dated else written), make("c:val", _numbers(table, values))
    if plot.kind is Kind.LINE:
        return make("c:ser", *head, _shape(None, style.pen, fills=False), _marker(style.marker), labels,
                    *_whiskers(series, table, style, "y"), *where, make("c:smooth", val=False))  # fmt: skip
    return make("c:ser", *head, _shape(style.fill, style.outline or Pen()), make("c:invertIfNegative", val=False), labels,
                *_whiskers(series, table, style, None), *where)  # fmt: skip


def _numbers(table: Table, column: Column) -> Element:
    return caches.numbers(table.reference(column.key), column.cells, column.form)


def _whiskers(series: Series, table: Table, style: Style, direction: str | None) -> list[Element]:
    if style.whiskers is None or series.plus is None or series.minus is None:
        return []
    return [make(
        "c:errBars", None if direction is None else make("c:errDir", val=direction), make("c:errBarType", val="both"),
        make("c:errValType", val="cust"), make("c:noEndCap", val=True),
        make("c:plus", _numbers(table, table[series.plus])), make("c:minus", _numbers(table, table[series.minus])),
        _shape(None, style.whiskers, fills=False),
    )]  # fmt: skip


def _marker(marker: Marker | None) -> Element:
    if marker is None:
        return make("c:marker", make("c:symbol", val="none"))
    return make("c:marker", make("c:symbol", val=marker.symbol), make("c:size", val=marker.size),
                _shape(marker.fill, Pen(marker.line, 1.6)))  # fmt: skip


def _labels(labels: Labels | None, table: Table, series: Series, look: Look) -> Element | None:
    if labels is None:
        return None
    if labels.shown is Shown.OWN and series.labels is not None:
        own = [own_label(i, str(c), labels, look) for i, c in enumerate(table[series.labels].cells) if c]
        return make("c:dLbls", *own, *_label_body(labels, look, shown=False))
    if labels.last:
        last = len(table) - 1
        return make("c:dLbls", make("c:dLbl", make("c:idx", val=last), *_label_body(labels, look, shown=True)),
                    *_label_body(labels, look, shown=False))  # fmt: skip
    return make("c:dLbls", *_label_body(labels, look, shown=True))


def own_label(place: int, words: str, labels: Labels, look: Look) -> Element:
    """The label of one point in words of its own."""
    run = make("a:r", _run(look, labels.colour, bold=labels.bold), make("a:t", words))
    rich = make("c:rich", make("a:bodyPr", wrap="none"), make("a:lstStyle"), make("a:p", run))
    body = _label_body(labels, look, shown=True)
    return make("c:dLbl", make("c:idx", val=place), make("c:tx", rich), *body[1 if labels.form else 0:])


def _label_body(labels: Labels, look: Look, *, shown: bool) -> list[Element]:
    """The elements after the index, in their order."""
    form = [make("c:numFmt", formatCode=labels.form, sourceLinked=False)] if labels.form else []
    named = shown and labels.shown is Shown.NAME_AND_VALUE
    return [
        *form, _shape(None, Pen()), _text(look, labels.colour, bold=labels.bold, wrap="none"),
        *([make("c:dLblPos", val=labels.place)] if shown else []),
        make("c:showLegendKey", val=False), make("c:showVal", val=shown), make("c:showCatName", val=False),
        make("c:showSerName", val=named), make("c:showPercent", val=False), make("c:showBubbleSize", val=False),
        *([make("c:separator", " ")] if named else []),
    ]  # fmt: skip


def _axes(chart: Chart, look: Look) -> list[Element]:
    """Axes of labels and values; those of a second plot are hidden but for the ends of their values."""
    scatter = chart.plots[0].kind is Kind.SCATTER
    lying = any(p.kind is Kind.BAR for p in chart.plots)
    name = "c:valAx" if scatter else "c:dateAx" if chart.across.dated else "c:catAx"
    first = _axis(name, chart.across, _AXES[0], "l" if lying else "b", look)
    second = _axis("c:valAx", chart.along, _AXES[0][::-1], "b" if lying else "l", look)
    axes = [first, second]
    if chart.second is not None:
        hidden = Axis(turned=chart.across.turned, labelled=False)
        axes += [_axis("c:catAx", hidden, _AXES[1], "l" if lying else "b", look, deleted=True),
                 _axis("c:valAx", chart.second, _AXES[1][::-1], "b" if lying else "r", look)]  # fmt: skip
    return axes


def _axis(name: str, axis: Axis, ids: tuple[int, int], side: str, look: Look, *, deleted: bool = False) -> Element:
    own, other = ids
    ends = (make("c:max", val=axis.high) if axis.high is not None else None,
            make("c:min", val=axis.low) if axis.low is not None else None)  # fmt: skip
    grid = make("c:majorGridlines", _shape(None, Pen(look.grid, 0.75), fills=False)) if axis.grid else None
    labels = axis.side if axis.labelled else "none"
    tail = _tail(name, axis)
    return make(
        name, make("c:axId", val=own),
        make("c:scaling", make("c:orientation", val="maxMin" if axis.turned else "minMax"), *ends),
        make("c:delete", val=deleted), make("c:axPos", val=side), grid,
        make("c:numFmt", formatCode=axis.form, sourceLinked=False), make("c:majorTickMark", val="none"),
        make("c:minorTickMark", val="none"), make("c:tickLblPos", val=labels), _shape(None, axis.line or Pen(), fills=False),
        _text(look, look.secondary), make("c:crossAx", val=other), make("c:crosses", val=axis.crosses), *tail,
    )  # fmt: skip


def _tail(name: str, axis: Axis) -> list[Element | None]:
    """The elements that end an axis, by its kind."""
    if name == "c:valAx":
        return [make("c:crossBetween", val="between"), make("c:majorUnit", val=axis.step) if axis.step else None]
    if name == "c:dateAx":
        return [
            make("c:auto", val=False), make("c:lblOffset", val=100), make("c:baseTimeUnit", val="months"),
            make("c:majorUnit", val=axis.every or 1), make("c:majorTimeUnit", val="months"),
        ]  # fmt: skip
    return [
        make("c:auto", val=False), make("c:lblAlgn", val="ctr"), make("c:lblOffset", val=100),
        make("c:tickLblSkip", val=axis.every) if axis.every else None,
        make("c:tickMarkSkip", val=axis.every) if axis.every else None, make("c:noMultiLvlLbl", val=True),
    ]  # fmt: skip


def _legend(chart: Chart, look: Look) -> Element | None:
    if not chart.legend:
        return None
    named = [s.values for plot in chart.plots for s in chart.table.series if s.values in plot.styles]
    hidden = [make("c:legendEntry", make("c:idx", val=i), make("c:delete", val=True))
              for i, key in enumerate(named) if key not in chart.legend]  # fmt: skip
    return make("c:legend", make("c:legendPos", val="t"), *hidden, make("c:overlay", val=False), _text(look, look.secondary))


def _layout(room: Room | None) -> Element:
    if room is None:
        return make("c:layout")
    ends = {"x": room.left, "y": room.top, "w": room.width, "h": room.height}
    return make("c:layout", make(
        "c:manualLayout", make("c:layoutTarget", val="inner"), make("c:xMode", val="edge"), make("c:yMode", val="edge"),
        *(make(f"c:{name}", val=value) for name, value in ends.items()),
    ))  # fmt: skip


def colour(name: str) -> Element:
    """`1F4E79`, or the name of a colour of the theme."""
    if len(name) == 6 and all(c in "0123456789ABCDEFabcdef" for c in name):
        return make("a:srgbClr", val=name)
    return make("a:schemeClr", val=name)


def _shape(fill: str | None, pen: Pen, *, fills: bool = True) -> Element:
    """`c:spPr` with a fill (none: no fill; `fills` False: said nothing about) and a line."""
    inside = (make("a:solidFill", colour(fill)) if fill else make("a:noFill")) if fills else None
    if pen.colour is None:
        return make("c:spPr", inside, make("a:ln", make("a:noFill")))
    dash = make("a:prstDash", val=pen.dash) if pen.dash else None
    line = make("a:ln", make("a:solidFill", colour(pen.colour)), dash, make("a:round"), w=round(pen.width * _EMU), cap="flat")
    return make("c:spPr", inside, line)


def _text(look: Look, shade: str, *, bold: bool = False, wrap: str | None = None) -> Element:
    fonts = _fonts(look)
    body = make("a:bodyPr", wrap=wrap) if wrap else make("a:bodyPr")
    run = make("a:defRPr", make("a:solidFill", colour(shade)), *fonts, sz=round(look.size * 100), b=bold)
    return make("c:txPr", body, make("a:lstStyle"), make("a:p", make("a:pPr", run), make("a:endParaRPr", lang="zh-CN")))


def _run(look: Look, shade: str, *, bold: bool) -> Element:
    return make("a:rPr", make("a:solidFill", colour(shade)), *_fonts(look), lang="zh-CN", sz=round(look.size * 100), b=bold)


def _fonts(look: Look) -> list[Element]:
    return [make("a:latin", typeface=look.latin), make("a:ea", typeface=look.east)]


