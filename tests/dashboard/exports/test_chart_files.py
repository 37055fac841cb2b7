"""A chart shows the same numbers and the same suppression whichever file it leaves as."""

import json
import re
from collections.abc import Mapping
from html import unescape
from io import BytesIO
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from typer.testing import CliRunner

from dashboard.charts.render import NoBrowserError, render
from dashboard.cli import app
from dashboard.exports import find_chart, list_charts, write_chart
from dashboard.exports.workbook import write_workbook
from dashboard.i18n import format as fmt
from dashboard.i18n.measures import measure
from pipelines.contracts.errors import RequestError

CITY = {"region": "411300"}
SMALL = {"region": "411321", "from": "2026-09", "to": "2026-09"}


@pytest.fixture(autouse=True)
def _demo(demo_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BURDEN_WAREHOUSE", str(demo_warehouse))


def read_csv(params: Mapping[str, str], page: str, name: str) -> pl.DataFrame:
    return pl.read_csv(write_chart(find_chart(page, name, params), "csv"), infer_schema_length=None)


def read_sheet(params: Mapping[str, str], page: str, name: str) -> tuple[pl.DataFrame, dict[str, str]]:
    book = openpyxl.load_workbook(BytesIO(write_chart(find_chart(page, name, params), "xlsx")))
    head, *rows = book.worksheets[0].iter_rows(values_only=True)
    frame = pl.DataFrame(rows, schema=[str(h) for h in head], orient="row", infer_schema_length=None)
    return frame, {str(r[0]): str(r[1]) for r in book.worksheets[1].iter_rows(values_only=True)}


def test_csv_xlsx_and_json_hold_the_same_rows() -> None:
    text = read_csv(CITY, "meetings", "regions")
    sheet, notes = read_sheet(CITY, "meetings", "regions")
    told = json.loads(write_chart(find_chart("meetings", "regions", CITY), "json"))
    assert text.height == sheet.height == len(told["rows"]) > 10
    for column in ("estimate", "ci_low", "ci_high", "change", "rank_low"):
        assert text[column].to_list() == pytest.approx(sheet[column].to_list(), nan_ok=True)
        assert text[column].to_list() == pytest.approx([r[column] for r in told["rows"]], nan_ok=True)
    assert {"标题", "期间", "地区", "覆盖", "快照", "来源", "会议数"} <= set(notes)
    assert told["chart"] == "meetings/regions"
    assert notes["地区"] == "南阳市"


def test_the_picture_says_the_numbers_of_the_table() -> None:
    chart = find_chart("meetings", "regions", CITY)
    words = " ".join(re.findall(r">([^<]+)<", render(chart.figure, "svg").decode())).replace("\xa0", " ")
    shown = chart.frame.filter(status="ok")
    for value in shown["estimate"]:
        assert fmt.level(value, measure("meetings"), mark=False) in words
    assert chart.title in words
    assert "南阳市" in words
    assert chart.view.snapshot.id in words


def test_a_page_without_a_server_has_picture_table_and_notes() -> None:
    page = unescape(write_chart(find_chart("meetings", "regions", {**CITY, "lang": "en"}), "html").decode())
    assert page.startswith('<!doctype html><html lang="en">')
    assert "<script" not in page
    assert not re.findall(r"(?:src|href)=[\"']https?:", page)
    assert "<svg" in page
    assert "<table" in page
    assert "Nanyang" in page


def test_a_picture_is_a_png_of_twice_the_size() -> None:
    chart = find_chart("overview", "map", {})
    content = write_chart(chart, "png")
    assert content.startswith(b"\x89PNG")
    assert int.from_bytes(content[16:20], "big") == 2 * chart.figure.width


def test_what_is_suppressed_is_in_no_file() -> None:
    chart = find_chart("staffing", "regions", {"region": "411300", "from": "2026-09", "to": "2026-09"})
    hidden = chart.frame.filter(status="suppressed")
    assert hidden.height
    assert hidden.select("estimate", "ci_low", "ci_high", "se", "change").null_count().sum_horizontal()[0] == 5 * hidden.height
    sheet, _ = read_sheet({"region": "411300", "from": "2026-09", "to": "2026-09"}, "staffing", "regions")
    assert sheet.filter(pl.col("status") == "suppressed")["estimate"].null_count() == hidden.height


def test_every_chart_of_every_page_is_listed_and_can_be_asked_for() -> None:
    found = dict(list_charts({}))
    assert {"overview/map", "meetings/trend", "staffing/pyramid", "quality/missing"} <= set(found)
    for chart in found:
        page, _, name = chart.partition("/")
        assert find_chart(page, name, {}).frame is not None


@pytest.mark.parametrize(("page", "name", "params"), [
    ("nowhere", "map", {}), ("meetings", "nothing", {}), ("meetings", "map", {"region": "999999"}),
])  # fmt: skip
def test_what_is_not_there_is_one_sentence(page: str, name: str, params: dict[str, str]) -> None:
    with pytest.raises(RequestError):
        write_chart(find_chart(page, name, params), "csv")


def test_text_stays_text_in_a_workbook() -> None:
    content = write_workbook(pl.DataFrame({"a": ["=1+1", "http://x"], "b": [1.5, None]}), ("d", "n"), [("k", "=2")])
    book = openpyxl.load_workbook(BytesIO(content))
    assert [c.data_type for c in book["d"]["A"]] == ["s", "s", "s"]
    assert book["n"]["B1"].data_type == "s"
    assert book["d"]["B2"].value == 1.5


def test_the_command_writes_what_the_page_shows(tmp_path: Path) -> None:
    target = tmp_path / "regions.csv"
    words = ["chart", "meetings/regions", "-o", str(target), "--region", "411300", "--where", "topic=党建"]
    assert CliRunner().invoke(app, [*words, "--compare", "previous"]).exit_code == 0
    own = read_csv({"region": "411300", "topic": "party", "compare": "previous"}, "meetings", "regions")
    assert pl.read_csv(target, infer_schema_length=None).equals(own)


def test_the_command_takes_an_address_and_refuses_in_one_sentence(tmp_path: Path) -> None:
    run = CliRunner()
    target = tmp_path / "a.json"
    view = "http://example.org/meetings?region=411300&chart=control"
    assert run.invoke(app, ["chart", "meetings/trend", "-o", str(target), "--view", view]).exit_code == 0
    assert "upper" in json.loads(target.read_text(encoding="utf-8"))["rows"][0]
    for words in (["chart", "map", "-o", "x.csv"], ["chart", "meetings/map", "-o", "x.doc"],
                  ["chart", "meetings/map", "-o", "x.csv", "--where", "colour=red"]):  # fmt: skip
        assert isinstance(run.invoke(app, words).exception, RequestError)


def test_no_browser_is_one_sentence_in_both_languages() -> None:
    assert "Chromium" in NoBrowserError().sentence("zh")
    assert "Chromium" in NoBrowserError().sentence("en")
