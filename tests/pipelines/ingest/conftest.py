"""What the tests of reading share: a table written to a file and read back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from meeting_lines import MEETING_HEADER

from pipelines.ingest import ParsedFile, read, scan

ReadBytes = Callable[..., ParsedFile]


@pytest.fixture
def read_bytes(tmp_path: Path) -> ReadBytes:
    """Write bytes under a name into a fresh raw folder and read them."""

    def write_and_read(content: bytes, name: str = "台账.csv") -> ParsedFile:
        folder = tmp_path / "raw"
        folder.mkdir(exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        (folder / name).write_bytes(content)
        (source,) = scan(folder)
        return read(source)

    return write_and_read


@pytest.fixture
def read_meetings(read_bytes: ReadBytes) -> Callable[..., ParsedFile]:
    """Read meeting lines under the Chinese header, as UTF-8 CSV."""

    def write_and_read(*lines: str, header: str = MEETING_HEADER) -> ParsedFile:
        return read_bytes("\n".join([header, *lines]).encode())

    return write_and_read
