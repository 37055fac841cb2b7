"""`burden template`, `check` and `chase` as people meet them."""

import json
import zipfile
from pathlib import Path
from string import Formatter

import pytest
from test_writing_commands import run, where

from pipelines.cli.intake_texts import TEXTS

PROVINCE = Path(__file__).parents[3] / "../shared/province/raw"


def test_check_names_each_bad_cell_of_the_province_in_both_languages(tmp_path):
    if not PROVINCE.is_dir():
        pytest.skip("the shared province is not here")
    words = ["check", PROVINCE / "错误", PROVINCE / "登记", "--report", tmp_path / "退回.xlsx"]
    chinese, english = run(*words), run("--lang", "en", *words)
    assert (chinese.returncode, english.returncode) == (1, 1)
    assert chinese.stdout.count("✗") == english.stdout.count("✗") == 10
    assert "第 7 行: 参会人数“十二”不是整数" in chinese.stdout
    assert "row 7: Attendees “十二” is not a whole number" in english.stdout
    assert (tmp_path / "退回.xlsx").exists()


def test_clean_files_are_code_0_and_absent_ones_code_2(office, tmp_path):
    clean = run("check", office.raw / "会议", *where(office), "--json")
    told = json.loads(clean.stdout)
    assert (clean.returncode, told["findings"], told["register"]) == (0, [], "warehouse")
    assert run("check", tmp_path / "none", *where(office)).returncode == 2


def test_template_takes_chinese_and_canonical_names(tmp_path):
    assert run("template", "会议台账", "staff", "-o", tmp_path).returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["人员台账.xlsx", "会议台账.xlsx"]
    assert run("template", "nonsense", "-o", tmp_path).returncode == 2


def test_chase_packs_messages_and_lists_by_city(office, tmp_path):
    (office.raw / "会议" / "2026-03.csv").unlink()
    office.refresh(accept=True)
    done = run("chase", "-o", tmp_path / "催报.zip", "--month", "2026-03", *where(office))
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(tmp_path / "催报.zip") as parcel:
        cities = {name.split("/")[0] for name in parcel.namelist()}
        notice = parcel.read("郑州市/催报通知.txt").decode("utf-8-sig")
        listed = parcel.read("郑州市/未报清单.csv").decode("utf-8-sig")
    assert cities == {"郑州市", "开封市"}
    assert "会议台账" in notice
    assert "有回执，缺明细" in listed
    assert run("chase", "-o", tmp_path / "x.zip", "--region", "999999", *where(office)).returncode == 2


@pytest.mark.parametrize("key", TEXTS)
def test_both_languages_say_the_same_things(key):
    zh, en = ([field for _, field, _, _ in Formatter().parse(text) if field] for text in TEXTS[key])
    assert sorted(zh) == sorted(en)
