"""`burden estimate` as the command line gets it: formats, batches, errors, exit codes."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import burden as command
from dashboard.answers import ESTIMATE_COLUMNS

BURDEN = Path(sys.executable).parent / "burden"


@dataclass(frozen=True)
class Done:
    """What a command ended with."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def burden(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """Run the command in this process: a process of its own would spend nearly all of its time on imports."""

    def run(warehouse: Path, *words: str, lang: str = "zh") -> Done:
        for name, value in {"BURDEN_WAREHOUSE": str(warehouse), "BURDEN_LANG": lang, "COLUMNS": "160"}.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["burden", "estimate", *words])
        with pytest.raises(SystemExit) as ended:
            command.main()
        return Done(int(ended.value.code or 0), *capsys.readouterr())

    return run


def test_json_has_exactly_the_keys_unrounded(burden: Callable[..., Done], small_warehouse: Path) -> None:
    done = burden(small_warehouse, "meetings", "--from", "2025-01", "--to", "2025-06", "--by", "month", "--format", "json")
    rows = json.loads(done.stdout)
    assert done.returncode == 0
    assert [r["group"] for r in rows] == [f"2025-{m:02d}" for m in range(1, 7)]
    assert all(list(r) == list(ESTIMATE_COLUMNS) for r in rows)
    assert rows[0]["rank"] is None


def test_csv_has_a_header_and_a_row_a_group(small_warehouse: Path) -> None:
    words = [BURDEN, "estimate", "meetings", "--by", "level", "--format", "csv"]
    env = os.environ | {"BURDEN_WAREHOUSE": str(small_warehouse)}
    done = subprocess.run(words, capture_output=True, text=True, env=env, check=True)
    assert done.stdout.splitlines()[0] == ",".join(ESTIMATE_COLUMNS)
    assert len(done.stdout.splitlines()) == 5


def test_a_batch_answers_every_line_in_order(burden: Callable[..., Done], small_warehouse: Path, tmp_path: Path) -> None:
    batch = tmp_path / "batch.txt"
    batch.write_text(
        "meetings --where 召开层级=县\nmeetings --no-such\n\nnonsense\n\"open quote\nmeetings --by level --share\n"
        "meetings --help\n"
    )
    lines = [json.loads(line) for line in burden(small_warehouse, "--batch", str(batch)).stdout.splitlines()]
    assert [type(line) for line in lines] == [list, dict, dict, dict, list, dict]
    assert all("error" in line for line in lines[1:4])
    assert len(lines[4]) == 4


def test_an_error_is_one_sentence_in_the_language_and_exit_2(
    burden: Callable[..., Done], small_warehouse: Path, tmp_path: Path
) -> None:
    chinese, english = burden(small_warehouse, "nope"), burden(small_warehouse, "nope", lang="en")
    assert (chinese.returncode, english.returncode) == (2, 2)
    assert "没有指标“nope”" in chinese.stderr
    assert english.stderr.startswith("There is no indicator")
    nothing = burden(tmp_path, "meetings")
    assert nothing.returncode == 2
    for done in (chinese, english, nothing):
        assert done.stdout == ""
        assert "Traceback" not in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1


def test_the_table_speaks_the_readers_language(burden: Callable[..., Done], small_warehouse: Path) -> None:
    words = ("meetings", "--by", "level", "--from", "2025-01", "--to", "2025-06")
    chinese, english = burden(small_warehouse, *words), burden(small_warehouse, *words, lang="en")
    assert "会议数" in chinese.stdout
    assert "2025年1—6月" in chinese.stdout
    assert "Meetings" in english.stdout
    assert "County" in english.stdout


def test_counties_over_a_half_year_say_which_quarter_to_ask_for(burden: Callable[..., Done], demo_warehouse: Path) -> None:
    asked = ("headcount", "--region", "411300", "--by", "county", "--from", "2026-01", "--to", "2026-06")
    assert "最近公布的季度是2026年4—6月：--from 2026-04 --to 2026-06" in burden(demo_warehouse, *asked).stdout
    assert "Apr–Jun 2026: --from 2026-04 --to 2026-06" in burden(demo_warehouse, *asked, lang="en").stdout
    assert "--from" not in burden(demo_warehouse, *asked[:5], "--from", "2026-04", "--to", "2026-06").stdout
