"""One chart, every way out of the dashboard: the same numbers, and the same cells without one."""

import json
import re
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from typer.testing import CliRunner

from dashboard.charts.render import stop
from dashboard.cli import app
from dashboard.exports import find_chart, write_chart
from dashboard.exports.files import Chart
from dashboard.i18n import format as fmt
from dashboard.i18n.measures import measure

FIGURES = ("estimate", "se", "ci_low", "ci_high", "change", "change_low", "change_high")
SUPPRESSED = "ⓢ 不公布"
COUNTIES = {"region": "411300", "from": "2026-07", "to": "2026-09"}  # a quarter of a city's counties: some are too small


@pytest.fixture(autouse=True)
def _demo(demo_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BURDEN_WAREHOUSE", str(demo_warehouse))


def read_tables(chart: Chart) -> list[list[dict[str, Any]]]:
    """The rows of the chart's CSV, workbook and JSON."""
    text = pl.read_csv(write_chart(chart, "csv"), infer_schema_length=None, schema_overrides={"group": pl.String}).to_dicts()
    head, *cells = openpyxl.load_workbook(BytesIO(write_chart(chart, "xlsx"))).worksheets[0].iter_rows(values_only=True)
    sheet = [dict(zip(head, row, strict=True)) for row in cells]
    return [text, sheet, json.loads(write_chart(chart, "json"))["rows"]]


def draw(chart: Chart) -> tuple[list[dict[str, Any]], list[str]]:
    """The traces of the figure that is drawn, and all words printed in it."""
    figure = chart.figure.figure.to_plotly_json()
    words = [t for trace in figure["data"] for t in trace.get("text", ()) if "text" in trace.get("mode", "")]
    return figure["data"], [read_words(w) for w in (*words, *(a["text"] for a in figure["layout"]["annotations"]))]


def read_words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).replace("\xa0", " ").split())


def assert_equal_tables(tables: list[list[dict[str, Any]]]) -> None:
    for other in tables[1:]:
        for column in FIGURES:
            wanted = [r[column] for r in tables[0]]
            assert [r[column] for r in other] == [None if v is None else pytest.approx(v, rel=1e-12) for v in wanted]
        for column in ("group", "status", "reason"):
            assert [r[column] for r in other] == [r[column] for r in tables[0]]


def test_counties_with_suppressed_cells(tmp_path: Path) -> None:
    chart = find_chart("staffing", "regions", COUNTIES)
    tables = read_tables(chart)
    assert_equal_tables(tables)
    hidden = [row for row in tables[0] if row["status"] == "suppressed"]
    assert hidden
    assert all(row[column] is None for row in hidden for column in FIGURES)
    # The picture prints the levels of the table, row for row, and a pill for each that has no number.
    traces, words = draw(chart)
    shown = [row for row in tables[0] if row["status"] == "ok" and row["change"] is not None]
    levels = [fmt.level(row["estimate"], measure(row["indicator"]), mark=False) for row in shown]
    assert levels in [list(trace.get("text", ())) for trace in traces]
    dots = next(trace for trace in traces if trace["name"] == "dots")
    assert list(dots["x"]) == pytest.approx([row["change"] * measure(row["indicator"]).change_scale for row in shown], abs=1e-5)
    closed = [row for row in tables[0] if row["status"] == "suppressed" or (row["status"] == "ok" and row["change"] is None)]
    assert words.count(SUPPRESSED) == len(closed) > 0
    # SVG, HTML and the command print the same words; PNG is the same figure.
    targets = {kind: tmp_path / f"regions.{kind}" for kind in ("svg", "csv")}
    view = "staffing?" + "&".join(f"{key}={value}" for key, value in COUNTIES.items())
    for target in targets.values():
        assert CliRunner().invoke(app, ["chart", "staffing/regions", "-o", str(target), "--view", view]).exit_code == 0
    stop()
    assert targets["csv"].read_bytes() == write_chart(chart, "csv")
    page = write_chart(chart, "html").decode()
    for picture in (targets["svg"].read_text(encoding="utf-8"), page[page.index("<svg") : page.index("</svg>")]):
        said = read_words(picture)
        assert all(part in said for word in words for part in word.split())
        assert said.count(SUPPRESSED) == len(closed)
    rows = {name: cells for name, *cells in read_rows(page)}
    for row in tables[0]:
        cells = rows[row["group_name"]]
        if row["status"] == "suppressed":
            assert SUPPRESSED in " ".join(cells)
            assert not re.search(r"\d\.\d", " ".join(cells))
        elif row["status"] == "ok":
            assert fmt.level(row["estimate"], measure(row["indicator"]), mark=False) in " ".join(cells)
    image = write_chart(chart, "png")
    size = [int.from_bytes(image[at : at + 4], "big") for at in (16, 20)]
    assert size == [2 * chart.figure.width, 2 * chart.figure.height]
    stop()


def read_rows(page: str) -> list[list[str]]:
    """The rows of the table in an HTML export, as words."""
    found = re.findall(r"<tr[^>]*>(.*?)</tr>", page[page.index("<table") :], re.DOTALL)
    return [[read_words(cell) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL)] for row in found]


def test_the_months_of_a_trend() -> None:
    chart = find_chart("meetings", "trend", {"region": "411300"})
    tables = read_tables(chart)
    assert_equal_tables(tables)
    values = [row["estimate"] * measure("meetings").scale for row in tables[0]]
    assert len(values) > 30
    traces, words = draw(chart)
    lines = [trace for trace in traces if trace["name"] == "line"]
    assert any(list(line["y"]) == pytest.approx(values, abs=1e-5) for line in lines)
    assert f"南阳市 {fmt.level(values[-1], measure('meetings'), mark=False)}" in words
