"""Settings beside the raw folder, and the marker of synthetic data."""

import json

import pytest
from raw_folder import list_meetings, write, write_registers

from pipelines.contracts.errors import BurdenError
from pipelines.contracts.synthetic import SYNTHETIC_FOLDER, SYNTHETIC_MARKER
from pipelines.refresh.inputs import gather, load_policy


@pytest.fixture
def raw(tmp_path):
    folder = tmp_path / "raw"
    write_registers(folder)
    return folder


def test_settings_are_read_beside_the_raw_folder_and_change_the_fingerprint(raw):
    before = gather(raw).fingerprint
    (raw.parent / "burden.toml").write_text("\ufeff[constants]\nhours_per_report = 1.5\n[targets]\nmeetings = 3.0\n", "utf-8")
    inputs = gather(raw)
    assert inputs.policy.constants.hours_per_report == 1.5
    assert inputs.policy.targets == {"meetings": 3.0}
    assert inputs.fingerprint != before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[constants\n", "cannot be read"),
        (b"[constants]\nhours_per_report = -1\n", "constants.hours_per_report"),
        (b"[constant]\n", "constant"),
        (b"[targets]\nmeeting = 3.0\n", "no indicator “meeting”"),
        ("[map]\nattribution = '内部'\n".encode("gb18030"), "UTF-8"),
    ],
)
def test_wrong_settings_are_told_in_one_sentence(raw, content, said):
    (raw.parent / "burden.toml").write_bytes(content)
    with pytest.raises(BurdenError, match=r"burden\.toml") as caught:
        load_policy(raw)
    assert said in caught.value.en
    assert "burden.toml" in caught.value.zh


def test_a_touched_file_is_new_and_an_untouched_folder_is_not(raw):
    before = gather(raw).fingerprint
    assert gather(raw).fingerprint == before
    write(raw / "会议.csv", "meetings", list_meetings(("P1", "M1", "2026-01-10")))
    assert gather(raw).fingerprint != before


def mark(folder, content='{"seed": 7}'):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / SYNTHETIC_MARKER).write_text(content, encoding="utf-8")


def test_real_ledgers_have_no_marker(raw):
    assert gather(raw).synthetic is None


def test_synthetic_ledgers_carry_their_marker(tmp_path):
    write_registers(tmp_path / "raw" / SYNTHETIC_FOLDER)
    mark(tmp_path / "raw" / SYNTHETIC_FOLDER)
    assert gather(tmp_path / "raw").synthetic == {"seed": 7}
    assert gather(tmp_path / "raw" / SYNTHETIC_FOLDER).synthetic == {"seed": 7}


def test_synthetic_and_real_ledgers_are_never_mixed(raw):
    write_registers(raw / SYNTHETIC_FOLDER)
    mark(raw / SYNTHETIC_FOLDER)
    with pytest.raises(BurdenError, match="cannot be mixed"):
        gather(raw)


def test_synthetic_ledgers_without_or_with_a_broken_marker_are_refused(tmp_path):
    folder = tmp_path / "raw" / SYNTHETIC_FOLDER
    write_registers(folder)
    with pytest.raises(BurdenError, match="lacks its marker"):
        gather(tmp_path / "raw")
    mark(folder, json.dumps([1]))
    with pytest.raises(BurdenError, match="cannot be read"):
        gather(tmp_path / "raw")
