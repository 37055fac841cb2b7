"""The command as a whole: lazy, in the language asked for, and without a traceback at its edge."""

import subprocess
import sys

import pytest

import burden


@pytest.mark.parametrize(
    ("words", "rest", "language"),
    [
        (["--lang", "en", "status"], ["status"], "en"),
        (["estimate", "meetings", "--lang=en", "--by", "city"], ["estimate", "meetings", "--by", "city"], "en"),
        (["status"], ["status"], "zh"),
    ],
)
def test_the_language_may_stand_anywhere(monkeypatch, words, rest, language):
    monkeypatch.setenv("BURDEN_LANG", "zh")
    assert burden.take_language(words) == rest
    assert burden.os.environ["BURDEN_LANG"] == language


def test_composing_the_command_loads_no_room_and_no_library_of_numbers():
    code = (
        "import sys, burden; burden.compose(); "
        "rooms = [m for m in sys.modules if m.startswith('pipelines.') and m.split('.')[1] not in ('contracts', 'cli')]; "
        "print(sorted(rooms) + sorted({'duckdb', 'ibis', 'numpy', 'plotly', 'polars', 'scipy', 'streamlit'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_was_not_foreseen_is_logged_without_personal_numbers_and_told_in_one_sentence(monkeypatch, tmp_path, capsys):
    def break_down():
        raise ZeroDivisionError("row of 13812345678")

    monkeypatch.setattr(burden, "compose", lambda: lambda **_: break_down())
    monkeypatch.setattr(sys, "argv", ["burden", "--lang", "en", "refresh"])
    monkeypatch.setenv("BURDEN_LANG", "en")
    monkeypatch.setenv("BURDEN_WAREHOUSE", str(tmp_path))
    with pytest.raises(SystemExit) as ended:
        burden.main()
    told = capsys.readouterr().err
    log = (tmp_path / "burden.log").read_text(encoding="utf-8")
    assert ended.value.code == 2
    assert told.startswith("An unexpected error (ZeroDivisionError)")
    assert told.count("\n") == 1
    assert "Traceback" in log
    assert "break_down" in log
    assert "13812345678" not in told + log


@pytest.mark.parametrize("words", [["refresh", "--nonsense"], ["nonsense"], ["demo", "--points", "many"]])
def test_a_command_that_is_not_understood_is_one_sentence(monkeypatch, capsys, words):
    monkeypatch.setattr(sys, "argv", ["burden", *words])
    monkeypatch.setenv("BURDEN_LANG", "en")
    with pytest.raises(SystemExit) as ended:
        burden.main()
    told = capsys.readouterr().err
    assert ended.value.code == 2
    assert told.startswith("The command is not understood: ")
    assert told.count("\n") == 1


def test_a_personal_number_in_a_path_is_not_told(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(sys, "argv", ["burden", "check", str(tmp_path / "会议 138 1234 5678.csv")])
    with pytest.raises(SystemExit) as ended:
        burden.main()
    told = capsys.readouterr().err
    assert ended.value.code == 2
    assert "会议 [手机号].csv" in told
    assert "5678" not in told


def test_help_is_shown_without_words(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["burden"])
    with pytest.raises(SystemExit) as ended:
        burden.main()
    assert not ended.value.code
    assert "refresh" in capsys.readouterr().out
