"""What pages write: rows go out when they are over, in order, and Streamlit's own elements keep their place."""

import json
from typing import Any

from streamlit.testing.v1 import AppTest

from dashboard.charts.drawing import Drawing
from dashboard.pages import sheet

SCRIPT = """
import streamlit as st
from dashboard.charts.drawing import Drawing
from dashboard.pages import sheet

with sheet.opened("page"):
    sheet.write("<p>above</p>")
    left, right = sheet.columns([5, 8])
    with left:
        sheet.write("<p>left</p>")
        with sheet.box("grey"):
            sheet.draw_figure(Drawing({"height": 100}), key="one", alt="a figure", pick={"of": "region"})
    with right:
        sheet.write("<p>right</p>")
    with left:
        sheet.write("<p>left again</p>")
    sheet.write("<p>below</p>")
    sheet.flush()
    st.text("own")
    sheet.write("<p>end</p>")
"""


def run() -> list[Any]:
    test = AppTest.from_string(SCRIPT, default_timeout=60).run()
    assert not test.exception
    shown = [e for e in test.main if e.type in ("bidi_component", "text")]
    return [e.type if e.type == "text" else json.loads(e.proto.json)["nodes"] for e in shown]


def test_a_row_goes_out_with_what_stands_above_it_once_something_stands_below() -> None:
    (above, row), (below,), own, (end,) = run()
    assert above == {"html": "<p>above</p>"}
    assert [column["share"] for column in row["inside"]] == [5, 8]
    left, right = (column["inside"] for column in row["inside"])
    assert [node.get("html") for node in left] == ["<p>left</p>", None, "<p>left again</p>"]
    assert right == [{"html": "<p>right</p>"}]
    assert (below, own, end) == ({"html": "<p>below</p>"}, "text", {"html": "<p>end</p>"})


def test_a_figure_stands_in_its_box_with_its_name_and_what_a_click_does() -> None:
    figure = run()[0][1]["inside"][0]["inside"][1]["inside"][0]
    assert figure == {"figure": Drawing({"height": 100}).to_json(), "key": "one", "alt": "a figure", "pick": {"of": "region"}}


def test_outside_a_page_nothing_is_gathered() -> None:
    assert not sheet.is_open()
    with sheet.columns(1)[0], sheet.box("grey"):
        sheet.write("<p>lost</p>")
    sheet.flush()
    assert not sheet.is_open()
