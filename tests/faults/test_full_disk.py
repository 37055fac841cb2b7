"""A disk that is full at any length of a refresh: one sentence, the last snapshot whole, the next refresh finishes."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.trials import ROOT

COUNT = 24 if "FAULTS_ALL" in os.environ else 6
NAMESPACE = ["unshare", "--mount", "--map-root-user"]


def test_a_full_disk_is_told_in_one_sentence_and_harms_nothing(tmp_path: Path) -> None:
    if not shutil.which("unshare") or subprocess.run([*NAMESPACE, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no small disk can be mounted here: mount namespaces are not allowed")
    command = [*NAMESPACE, sys.executable, "-m", "tests.faults.full_disk", tmp_path, str(COUNT)]
    end = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert end.returncode == 0, end.stderr
    told = json.loads(end.stdout)
    assert told["wrong"] == []
    full = [attempt for attempt in told["attempts"] if attempt["code"]]
    assert [attempt["code"] for attempt in full] == [2] * len(full)
    assert [a["said"] for a in full if a["said"].count("\n") != 1 or "cannot be written" not in a["said"]] == []
    assert 0 < len(full) < COUNT, "some refreshes must fail, and some not"
