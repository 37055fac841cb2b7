"""Units that systemd accepts and lines that a shell reads as they are meant."""

import shlex
import shutil
import subprocess

import pytest

from pipelines.contracts.errors import BurdenError
from pipelines.contracts.policy import Schedule
from pipelines.schedule.units import Installation, write_cron, write_units

SETTINGS = Schedule(times=("02:00", "13:05"), watch=True)


@pytest.fixture
def place(tmp_path):
    """Folders with names that want quoting."""
    for name in ('ware "house" $HOME', "logs"):
        (tmp_path / name).mkdir()
    return Installation(tmp_path / "原始 100%", tmp_path / 'ware "house" $HOME', tmp_path / "logs" / "x.log", "zh")


def test_systemd_accepts_the_units(place, tmp_path):
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd is not here")
    written = write_units(tmp_path / "units", SETTINGS, place)
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", *written], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_units_hold_quoted_paths_times_and_no_addresses(place, tmp_path, monkeypatch):
    monkeypatch.setenv("BURDEN_NOTIFY", "json://127.0.0.1/SECRETKEY")
    written = {path.name: path.read_text(encoding="utf-8") for path in write_units(tmp_path / "units", SETTINGS, place)}
    assert set(written) == {"burden-schedule.service", "burden-refresh.service", "burden-refresh.timer"}
    service, once = written["burden-schedule.service"], written["burden-refresh.service"]
    assert f'"{tmp_path}/原始 100%%"' in service
    assert 'ware \\"house\\" $$HOME" "--log"' in service
    assert service.splitlines()[7].startswith("Restart=")
    assert ('"--watch"' in service, '"--once"' in service) == (True, False)
    assert ('"--watch"' in once, '"--once"' in once) == (False, True)
    assert "OnCalendar=*-*-* 13:05:00 Asia/Shanghai" in written["burden-refresh.timer"]
    assert "SECRETKEY" not in "".join(written.values())


def test_a_crontab_line_is_read_as_it_is_meant(place):
    lines = write_cron(SETTINGS, place).splitlines()
    assert lines[1] == "CRON_TZ=Asia/Shanghai"
    assert [line.split(" ", 5)[:5] for line in lines[2:]] == [["0", "2", "*", "*", "*"], ["5", "13", "*", "*", "*"]]
    command = lines[2].split(" ", 5)[5]
    assert "%" not in command.replace(r"\%", "")
    words = shlex.split(command.replace(r"\%", "%"))
    assert words[3:] == ["--raw", str(place.raw), "--warehouse", str(place.warehouse), "--log", str(place.log), "--once"]


def test_units_that_cannot_be_written_are_one_sentence(place, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(BurdenError, match="cannot be written"):
        write_units(tmp_path / "file" / "units", SETTINGS, place)


def test_a_folder_that_systemd_would_miss_is_one_sentence(place, tmp_path):
    place.log.parent.rmdir()
    with pytest.raises(BurdenError, match="logs” does not exist"):
        write_units(tmp_path / "units", SETTINGS, place)
