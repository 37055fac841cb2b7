"""A table as a workbook: the rows, and a sheet of notes that says what they are."""

from collections.abc import Sequence
from io import BytesIO

import polars as pl
import xlsxwriter

SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True}
WIDEST = 60


def write_workbook(frame: pl.DataFrame, sheets: tuple[str, str], notes: Sequence[tuple[str, str]]) -> bytes:
    """XLSX of a frame; `sheets`: the names of both sheets; `notes`: what and its words, a row each.

    Text is written as text: nothing that begins like a formula becomes one.
    """
    target = BytesIO()
    with xlsxwriter.Workbook(target, SAFE) as book:
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        data, about = (book.add_worksheet(name) for name in sheets)
        data.freeze_panes(1, 0)
        for column, name in enumerate(frame.columns):
            data.write_string(0, column, name, bold)
            for row, value in enumerate(frame[name].to_list(), start=1):
                if isinstance(value, bool):
                    data.write_boolean(row, column, value)
                elif isinstance(value, int | float):
                    data.write_number(row, column, value)
                elif value is not None:
                    data.write_string(row, column, str(value))
            longest = max([len(name), *(len(str(v)) for v in frame[name].head(50).drop_nulls().to_list())])
            data.set_column(column, column, min(longest + 2, WIDEST))
        about.set_column(0, 0, 18, bold)
        about.set_column(1, 1, 100, wrapped)
        for row, (what, said) in enumerate(notes):
            about.write_string(row, 0, what, bold)
            about.write_string(row, 1, said, wrapped)
    return target.getvalue()
