"""Scanning: what is a source and in which order."""

import hashlib
import os
from pathlib import Path

import pytest

from pipelines.contracts.errors import BurdenError
from pipelines.contracts.synthetic import SYNTHETIC_MARKER
from pipelines.ingest import read, scan


def touch(path: Path, content: bytes = b"x") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def test_hidden_and_temporary_files_and_the_marker_are_no_sources(tmp_path: Path) -> None:
    for name in (".gitkeep", "~$会议.xlsx", "Thumbs.db", SYNTHETIC_MARKER, ".隐藏/a.csv", "b.csv.part", "会议.csv~"):
        touch(tmp_path / name)
    touch(tmp_path / "一/会议.csv")
    assert [s.path for s in scan(tmp_path)] == ["一/会议.csv"]


def test_sources_come_in_code_point_order_with_size_minute_and_fingerprint(tmp_path: Path) -> None:
    for name in ("中.csv", "a/z.csv", "B.csv", "a.csv"):
        touch(tmp_path / name, name.encode())
    os.utime(tmp_path / "B.csv", (61, 61 * 60 + 59))
    sources = scan(tmp_path)
    assert [s.path for s in sources] == ["B.csv", "a.csv", "a/z.csv", "中.csv"]
    assert sources[0].mtime_minute == 61
    assert sources[1].size == 5
    assert sources[1].sha256 == hashlib.sha256(b"a.csv").hexdigest()


def test_a_missing_folder_is_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(BurdenError, match="does not exist"):
        scan(tmp_path / "nowhere")


def test_a_phone_number_in_a_file_name_is_masked_where_shown(tmp_path: Path) -> None:
    touch(tmp_path / "张13812345678会议.csv")
    (source,) = scan(tmp_path)
    assert source.shown == "张[手机号]会议.csv"


def test_a_file_name_in_gbk_bytes_is_read(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + "/会议.csv".encode("gb18030")
    with open(raw, "wb") as stream:
        stream.write(b"x")
    assert [s.path for s in scan(tmp_path)] == ["会议.csv"]


def test_a_file_that_vanishes_after_the_scan_is_unreadable(tmp_path: Path) -> None:
    touch(tmp_path / "a.csv")
    (source,) = scan(tmp_path)
    source.absolute.unlink()
    parsed = read(source)
    assert parsed.sheets == ()
    assert parsed.faults["reason"].to_list() == ["unreadable_file"]


def test_a_file_that_changes_after_the_scan_is_unreadable(tmp_path: Path) -> None:
    touch(tmp_path / "a.csv")
    (source,) = scan(tmp_path)
    touch(tmp_path / "a.csv", b"y")
    assert "changed" in read(source).faults["rule_en"][0]


@pytest.mark.parametrize(("name", "content", "why"), [
    ("a.docx", b"x", "type"), ("a.csv", b"", "empty"), ("a.csv", b"\n \n,,\n", "empty"), ("a.xlsx", b"x", "workbook"),
    ("a.xls", b"x", "workbook"), ("a.ods", b"PK\x03\x04", "workbook"), ("a.parquet", b"PAR1", "Parquet"),
    ("a.jsonl", b'{"a": 1}\n{"a": ', "line 2"), ("a.csv", b"a,b\n\0\0\0", "text file"), ("a.jsonl", b"[1]", "line 1"),
])  # fmt: skip
def test_a_file_that_cannot_be_read_is_one_fault_that_says_why(
    tmp_path: Path, name: str, content: bytes, why: str
) -> None:
    touch(tmp_path / name, content)
    (source,) = scan(tmp_path)
    parsed = read(source)
    assert parsed.sheets == ()
    assert parsed.faults["row"].to_list() == [None]
    assert why in parsed.faults["rule_en"][0]
