"""Messages one by one, and what to verify first, from files with hostile texts through the real pipeline to the page."""

from datetime import date

import polars as pl
import pytest
from scipy.stats import chi2

from dashboard.answers.messages import list_messages, search_messages, split_words
from dashboard.answers.verification import compare_counts, count_units
from dashboard.exports.tables import write_csv
from dashboard.pages.catalogue import PAGES
from dashboard.pages.feedback_texts import mark_words
from dashboard.pages.frame import open_view
from dashboard.warehouse import Snapshot, open_snapshot
from pipelines.refresh import refresh
from tests.dashboard.answers.feedback_raw import BUSY, ID_CARD, MOBILE, QUIET, write_raw

FIRST, LAST = 202604, 202606


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    folder = tmp_path_factory.mktemp("feedback")
    write_raw(folder / "raw")
    refresh(folder / "raw", folder / "warehouse", today=date(2026, 7, 10))
    return folder / "warehouse"


@pytest.fixture(scope="module")
def snapshot(warehouse) -> Snapshot:
    return open_snapshot(warehouse)


@pytest.fixture
def view(warehouse, monkeypatch):
    def look(**params: str):
        monkeypatch.setenv("BURDEN_WAREHOUSE", str(warehouse))
        return open_view(PAGES["feedback"], {"from": "2026-04", "to": "2026-06", **params})[0]

    return look


def test_no_number_of_a_person_reaches_a_text(snapshot: Snapshot) -> None:
    texts = list_messages(snapshot, "410000", FIRST, LAST, ())["text"].to_list()
    assert len(texts) == 21
    assert not [t for t in texts if ID_CARD in t or MOBILE in t]
    assert any("[手机号]" in t and "[身份证号]" in t for t in texts)


def test_days_to_closing_are_told_and_open_ones_stand_apart(snapshot: Snapshot) -> None:
    rows = {r["feedback_id"]: r for r in list_messages(snapshot, QUIET, FIRST, LAST, ()).to_dicts()}
    assert len(rows) == 20
    assert (rows["F0"]["days"], rows["F0"]["spell"]) == (31, "longer")
    assert (rows["F2"]["days"], rows["F2"]["spell"], rows["F2"]["age"]) == (None, "open", 68)
    assert next(iter(rows)) == "F19"
    assert set(list_messages(snapshot, BUSY, FIRST, LAST, ())["feedback_id"]) == {"F99"}
    assert list_messages(snapshot, "410000", FIRST, LAST, (("theme", "staff"),)).is_empty()


def test_a_search_wants_every_word_whatever_its_width_and_case(snapshot: Snapshot) -> None:
    found = list_messages(snapshot, "410000", FIRST, LAST, ())
    assert search_messages(found, split_words("ＳＣＲＩＰＴ 开会")).height == 1
    assert search_messages(found, split_words("开会 第3次"))["text"].to_list() == ["开会太多，第3次"]
    assert search_messages(found, split_words("开会.*次")).is_empty()
    assert search_messages(found, split_words("% _")).is_empty()
    assert search_messages(found, ()).height == found.height


def test_texts_are_text_on_the_page_and_in_the_file(view) -> None:
    texts = PAGES["feedback"].find_table(view(), "texts")
    assert texts is not None
    hostile = next(t for t in texts["text"] if "<script>" in t)
    shown = mark_words(hostile, split_words("script"))
    assert "<script" not in shown
    assert "<img" not in shown
    assert "&lt;<mark>script</mark>&gt;" in shown
    assert mark_words("a<b", ("<",)) == "a<mark>&lt;</mark>b"
    written = pl.read_csv(write_csv(texts).removeprefix(b"\xef\xbb\xbf"))
    assert next(t for t in written["text"] if "HYPERLINK" in t).startswith("'=")
    assert PAGES["feedback"].find_table(view(q="第3次"), "texts")["text"].to_list() == ["开会太多，第3次"]


def test_many_messages_beside_low_counts_are_to_be_verified(snapshot: Snapshot) -> None:
    rows = {r["group"]: r for r in compare_counts(snapshot, "meetings", "410000", "city", FIRST, LAST).to_dicts()}
    quiet, busy = rows[QUIET], rows[BUSY]
    assert (quiet["messages"], busy["messages"]) == (20, 1)
    assert quiet["expected"] == pytest.approx(10.5)
    assert chi2.ppf(0.025, 40) / 2 > 10.5 > chi2.ppf(0.025, 2) / 2
    assert (quiet["many"], quiet["low"], quiet["verify"]) == (True, True, True)
    assert quiet["estimate"] == pytest.approx(1.5)
    assert quiet["ci_high"] < quiet["whole_low"]
    assert (busy["many"], busy["low"], busy["verify"]) == (False, False, False)
    assert [r for r in rows.values() if r["verify"]] == [quiet]


def test_units_of_the_frame_are_shared_out_by_the_weights_of_the_points(snapshot: Snapshot) -> None:
    assert dict(count_units(snapshot, "city", FIRST, LAST).rows()) == {QUIET: 40.0, BUSY: 40.0}


def test_no_table_puts_regions_in_an_order_of_messages(view) -> None:
    shown = view()
    regions = PAGES["feedback"].find_table(shown, "regions")
    beside = PAGES["feedback"].find_table(shown, "beside")
    assert regions is not None
    assert beside is not None
    for _, frame in regions.group_by("indicator", maintain_order=True):
        assert frame["group"].to_list() == sorted(frame["group"].to_list())
    assert regions["rank"].null_count() == regions.height
    assert set(regions["status"]) <= {"withheld", "not_estimable"}
    assert beside["group"].to_list() == sorted(beside["group"].to_list())


def test_a_point_type_in_the_address_does_not_change_messages(view) -> None:
    everything, villages = view(), view(type="village")
    for name in ("regions", "themes", "texts"):
        assert PAGES["feedback"].find_table(everything, name).equals(PAGES["feedback"].find_table(villages, name))
