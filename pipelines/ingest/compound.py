"""Compound files (the container of XLS): are their chains of sectors whole?

The workbook reader trusts them: a loop makes it take all memory, a sector beyond the end makes it fail with a trace.
Source: [MS-CFB] Compound File Binary File Format, 2.2 header, 2.3 FAT, 2.4 mini FAT, 2.5 DIFAT, 2.6 directory.
"""

import struct
from array import array
from collections.abc import Sequence

MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
_HEADER_BYTES = 512
_DIFAT_START, _DIFAT_IN_HEADER = 76, 109
_LAST_REGULAR = 0xFFFFFFFA
_END = 0xFFFFFFFE
_ENTRY_BYTES = 128
_STREAM, _ROOT = 2, 5


class BrokenChainError(Exception):
    """A chain of sectors that loops or leaves the file."""


def is_whole(content: bytes) -> bool:
    """Does every chain that the directory names end within the file?"""
    try:
        _walk(content)
    except (BrokenChainError, struct.error):
        return False
    return True


def _walk(content: bytes) -> None:
    shift, mini_shift = struct.unpack_from("<HH", content, 30)
    if shift not in (9, 12) or mini_shift >= shift:
        raise BrokenChainError
    directory_start, _, cutoff, mini_start, _ = struct.unpack_from("<IIIII", content, 48)
    size = 1 << shift
    fat = _read_words(content, size, _list_fat_sectors(content, size))
    mini_fat = _read_words(content, size, _follow(fat, mini_start, len(content) // size))
    directory = b"".join(_sector(content, size, s) for s in _follow(fat, directory_start, len(content) // size))
    for at in range(0, len(directory) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
        kind = directory[at + 66]
        start, length = struct.unpack_from("<II", directory, at + 116)
        if kind in (_STREAM, _ROOT) and length:
            in_mini = kind == _STREAM and length < cutoff
            needed = -(-length // (1 << mini_shift if in_mini else size))
            if len(_follow(mini_fat if in_mini else fat, start, len(fat) * size)) < needed:
                raise BrokenChainError


def _list_fat_sectors(content: bytes, size: int) -> list[int]:
    following, _ = struct.unpack_from("<II", content, 68)
    listed = list(struct.unpack_from(f"<{_DIFAT_IN_HEADER}I", content, _DIFAT_START))
    seen: set[int] = set()
    while following <= _LAST_REGULAR:
        if following in seen:
            raise BrokenChainError
        seen.add(following)
        *more, following = struct.unpack(f"<{size // 4}I", _sector(content, size, following))
        listed += more
    return [sector for sector in listed if sector <= _LAST_REGULAR]


def _sector(content: bytes, size: int, number: int) -> bytes:
    start = max(_HEADER_BYTES, size) + number * size
    if start >= len(content):
        raise BrokenChainError
    return content[start : start + size].ljust(size, b"\0")


def _read_words(content: bytes, size: int, sectors: Sequence[int]) -> Sequence[int]:
    words = array("I")
    for sector in sectors:
        words.frombytes(_sector(content, size, sector))
    return words


def _follow(table: Sequence[int], start: int, most: int) -> list[int]:
    """The chain from a sector to its end."""
    chain: list[int] = []
    while start <= _LAST_REGULAR:
        if start >= len(table) or len(chain) > most:
            raise BrokenChainError
        chain.append(start)
        start = table[start]
    if start != _END and chain:
        raise BrokenChainError
    return chain
