"""Files by the address of their picture."""

import polars as pl
import pytest

pytestmark = pytest.mark.browser


def test_the_table_behind_a_chart_is_downloaded(visit, tmp_path) -> None:
    tab = visit.open("/meetings?region=411300&from=2026-04&to=2026-06")
    tab.locator(".ph details.more > summary").first.click()
    with tab.expect_download() as waiting:
        tab.locator("a[data-csv=trend]").click()
    target = tmp_path / "trend.csv"
    waiting.value.save_as(target)
    content = target.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    frame = pl.read_csv(content)
    assert waiting.value.suggested_filename == "meetings-trend.csv"
    assert set(frame["region_code"].to_list()) == {411300}
    assert frame["group"].to_list()[-1] == "2026-06"
    assert {"estimate", "ci_low", "ci_high", "n_points", "response_rate", "status", "snapshot"} <= set(frame.columns)


def test_an_unknown_file_is_not_found(visit, server) -> None:
    tab = visit.open("/")
    assert tab.request.get(f"{server}/files/meetings/nothing.csv").status == 404
    assert tab.request.get(f"{server}/files/nothing/trend.csv").status == 404


def test_answers_carry_the_safe_headers(visit, server) -> None:
    headers = visit.open("/").request.get(f"{server}/").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'self'" in headers["content-security-policy"]
