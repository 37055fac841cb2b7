"""Divisions: the province's codes by level."""

import io

from pipelines.conform import read_divisions


def test_the_shipped_file_has_the_province_its_cities_and_counties() -> None:
    divisions = read_divisions()
    assert divisions.codes("province") == {"410000"}
    assert len(divisions.codes("city")) == 18
    assert len(divisions.codes("county")) == 181
    assert "419001" in divisions.codes("city") & divisions.codes("county")
    assert set(divisions.frame["level"]) == {"province", "city", "county"}
    assert divisions.frame.select("level", "code").is_unique().all()


def test_another_file_can_be_read() -> None:
    divisions = read_divisions(io.BytesIO("level,code,name,parent_code\ncity,410100,郑州市,410000\n".encode()))
    assert divisions.codes("city", "county") == {"410100"}
