"""What the tests of conforming share: a raw folder of real files, read and conformed."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from small_raw import TODAY, files_of

from pipelines.conform import Conformed, conform, read_divisions
from pipelines.ingest import read, scan

ConformFiles = Callable[..., Conformed]


@pytest.fixture
def conform_files(tmp_path: Path) -> ConformFiles:
    """Conform the files `path=text`, beside a register and a frame; each file is a minute later than the one before.

    `minutes`: other modification minutes, by path.
    """

    def run(files: dict[str, str], today: date = TODAY, minutes: dict[str, int] | None = None) -> Conformed:
        for minute, (path, text) in enumerate({**files_of(), **files}.items(), start=1000):
            file = tmp_path / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
            seconds = (minutes or {}).get(path, minute) * 60
            os.utime(file, (seconds, seconds))
        return conform([read(source) for source in scan(tmp_path)], read_divisions(), today)

    return run
