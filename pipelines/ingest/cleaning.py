"""Cleaning of cells: full-width forms, odd spaces, invisible characters. Meaning is not touched here."""

import polars as pl

_FULL_WIDTH = range(0xFF01, 0xFF5F)
_ODD_SPACES = r"\x{A0}\x{2000}-\x{200F}\x{202A}-\x{202F}\x{205F}\x{2060}\x{3000}\x{FEFF}"
_ODD = rf"[{_ODD_SPACES}\x{{FF01}}-\x{{FF5E}}]"
_ODD_IN_PROSE = rf"[{_ODD_SPACES}\x{{FF10}}-\x{{FF19}}\x{{FF21}}-\x{{FF3A}}\x{{FF41}}-\x{{FF5A}}]"
_OFFSET = 0xFF01 - 0x21
_SPACES = dict.fromkeys((0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ")
_INVISIBLE = dict.fromkeys((*range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF), "")

_EVERYTHING = _SPACES | _INVISIBLE | {code: chr(code - _OFFSET) for code in _FULL_WIDTH}
# Prose keeps its Chinese punctuation: only full-width digits and letters become half-width.
_PROSE = _SPACES | _INVISIBLE | {code: chr(code - _OFFSET) for code in _FULL_WIDTH if chr(code).isalnum()}


def clean(cells: pl.Series, *, prose: bool = False) -> pl.Series:
    """String series half-width, without odd spaces, stripped; empty cells are null.

    `prose` keeps full-width punctuation. The costly replacement runs only on the cells that need it.
    """
    table = _PROSE if prose else _EVERYTHING
    odd = cells.str.contains(_ODD_IN_PROSE if prose else _ODD)
    if odd.any():
        mended = {cell: cell.translate(table) for cell in cells.filter(odd).unique()}
        cells = cells.replace(mended)
    cells = cells.str.strip_chars()
    return cells.set(cells == "", None)
