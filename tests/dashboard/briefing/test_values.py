"""What stands in the charts of the shipped outlines, in cache and workbook, is what `burden estimate` answers."""

import io

import openpyxl
import pptx
import pytest

from dashboard.answers.control import respond
from dashboard.briefing.queries import Query, decode
from dashboard.cli.batch import parse_line
from pipelines.contracts import months

NAMES = {"zh": {"value": "估计值", "low": "区间下限", "high": "区间上限", "change": "变化", "plus": "区间上距",
                "minus": "区间下距", "centre": "均值", "upper": "上控制线", "lower": "下控制线", "male": "男", "female": "女"},
         "en": {"value": "Estimate", "low": "Interval, low", "high": "Interval, high", "change": "Change",
                "plus": "Interval above", "minus": "Interval below", "centre": "Mean", "upper": "Upper limit",
                "lower": "Lower limit", "male": "Male", "female": "Female"}}  # fmt: skip


def ask(snapshot, line):
    return respond(snapshot, parse_line(snapshot, line)).to_dicts()


def read_sheet(chart) -> dict[str, list]:
    book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    assert [s for s in book.sheetnames if book[s].sheet_state == "visible"] == ["data"]
    columns = list(book["data"].iter_cols(values_only=True))
    return {c[0]: list(c[1:]) for c in columns}


def read_caches(chart) -> dict[str, list]:
    """Series name → values of its cache; None where there is no point."""
    found = {}
    for series in chart._chartSpace.iterfind(".//{*}ser"):
        cache = next(series.iterfind("{*}val/{*}numRef/{*}numCache"), None)
        if cache is None:
            cache = next(series.iterfind("{*}xVal/{*}numRef/{*}numCache"))
        points = {int(p.get("idx")): float(p[0].text) for p in cache.iterfind("{*}pt")}
        count = int(cache.find("{*}ptCount").get("val"))
        found[series.find("{*}tx//{*}v").text] = [points.get(i) for i in range(count)]
    return found


def period(query: Query) -> str:
    where = "".join(f" --where {c}={v}" for c, v in query.where)
    return f"--region {query.region} --from {months.iso(query.first)} --to {months.iso(query.last)}{where}"


def history(query: Query) -> str:
    first = max(202311, months.shift(query.last, 1 - query.history))
    return f"--region {query.region} --from {months.iso(first)} --to {months.iso(query.last)}"


def charts_of(path):
    return [(decode(shape.name).query, shape.chart) for slide in pptx.Presentation(str(path)).slides
            for shape in slide.shapes if shape.has_chart]  # fmt: skip


def expect(snapshot, query: Query) -> dict[str, list]:
    """Header → what burden estimate answers, by the kind of chart."""
    name, i, kind = NAMES[query.lang], query.indicator, query.subject
    if kind in ("trend", "control"):
        rows = ask(snapshot, f"{i} --by month {history(query)}{' --control' if kind == 'control' else ''}")
        fields = {"value": "estimate"} | ({"low": "ci_low", "high": "ci_high"} if kind == "trend" else
                                          {k: k for k in ("centre", "upper", "lower")})  # fmt: skip
        return {name[k]: [r[f] for r in rows] for k, f in fields.items()}
    if kind in ("regions", "changes"):
        asked = [f"{i} --by city --compare year --rank {period(query)}"] if kind == "regions" else [
            f"{x} --compare year {period(query)}" for x in query.indicators]  # fmt: skip
        rows = [r for line in asked for r in ask(snapshot, line)]
        return {name["change"]: [r["change"] for r in rows],
                name["plus"]: [r["change_high"] - r["change"] for r in rows],
                name["minus"]: [r["change"] - r["change_low"] for r in rows]}  # fmt: skip
    if kind == "bars":
        rows = ask(snapshot, f"{i} --by {query.by} {period(query)}")
        return {name["value"]: [r["estimate"] for r in rows], name["plus"]: [r["ci_high"] - r["estimate"] for r in rows]}
    if kind == "pyramid":
        bands = f"headcount --by age_band --share {period(query)} --where gender"
        return {name[g]: [r["estimate"] for r in ask(snapshot, f"{bands}={g}")] for g in ("male", "female")}
    first = months.iso(max(202311, months.shift(query.last, 1 - query.history)))
    span = f"--from {first} --to {months.iso(query.last)}"
    groups = ask(snapshot, f"{i} --by {query.by} --share {period(query)}")
    return {g["group"]: [r["estimate"] for r in ask(snapshot, f"{i} --by quarter --share --where {query.by}={g['group']} {span}")]
            for g in groups}  # fmt: skip


@pytest.mark.parametrize(("deck", "kinds"), [("monthly", 6), ("quarterly", 7)])
def test_caches_and_workbooks_hold_what_burden_estimate_answers(outline_decks, snapshot, deck, kinds):
    charts = charts_of(outline_decks / f"{deck}.pptx")
    assert {q.subject for q, _ in charts} >= {"trend", "regions", "changes", "bars", "shares", "pyramid", "control"}
    for query, chart in charts:
        wanted, sheet, caches = expect(snapshot, query), read_sheet(chart), read_caches(chart)
        if query.subject == "shares":  # the headers are words of the code list, in its order
            wanted = dict(zip(list(sheet)[1:], wanted.values(), strict=True))
        for header, values in wanted.items():
            kept = sheet[header][: len(values)]
            assert kept == pytest.approx(values, rel=1e-12, abs=1e-12), (query, header)
            if header in caches:
                assert caches[header] == pytest.approx(values, rel=1e-12, abs=1e-12), (query, header)


def test_the_workbook_holds_only_the_data_of_the_chart(outline_decks):
    for query, chart in charts_of(outline_decks / "monthly.pptx"):
        book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
        assert book.sheetnames == ["data", "_burden"]
        assert book["_burden"].sheet_state == "veryHidden"
        assert [c.value for row in book["_burden"] for c in row] == [book["_burden"]["A1"].value]
        assert decode(book["_burden"]["A1"].value).query == query
