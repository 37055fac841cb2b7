"""What the tests of reading share: a table written to a file and read back."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.ingest import ParsedFile, read, scan

MEETING_HEADER = (
    "样本点编码,会议编号,会议日期,会议名称,召开层级,召开单位,主题类别,会议形式,通知时长(分钟),实际时长(分钟),"
    "参会人数,陪会人数,要求主要领导参加,计划内,合并套开"
)
MEETING = "P1,M1,2026-07-03,关于防汛的会议,县,某局,安全,视频,60,90,20,3,否,√,否"

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
