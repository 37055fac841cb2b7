"""One sheet: a table of text in, typed rows of a recognised ledger and every fault out."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

import polars as pl

from pipelines.contracts.errors import Reason
from pipelines.contracts.ledgers import Column, Ledger
from pipelines.contracts.pages import OWN_PAGES, REMARK_HEADER
from pipelines.ingest.cleaning import clean
from pipelines.ingest.columns import CellStyle, parse_column, show
from pipelines.ingest.footers import RowFilter
from pipelines.ingest.headers import SEARCH_ROWS, Cells, Header, find_header, normalise
from pipelines.ingest.parsed import DTYPES, FAULT_SCHEMA, ParsedSheet, empty_frame, make_fault
from pipelines.ingest.personal import is_personal_header, mask
from pipelines.ingest.rules import describe_rule, find_broken
from pipelines.ingest.tables import TextTable


def locate_header(table: TextTable) -> Header | None:
    """The header of a sheet; None where no ledger is recognised."""
    return find_header([table.header] if table.header is not None else _first_lines(table.frame))


def is_own_page(table: TextTable) -> bool:
    """Is it a page of the product's templates and returned workbooks, by name and first cell, and no ledger?"""
    mark = OWN_PAGES.get(table.sheet or "")
    if mark is None or table.header is not None or not table.frame.height:
        return False
    return table.frame["0"][0] == mark and locate_header(table) is None


def parse_sheet(table: TextTable) -> ParsedSheet | None:
    """The typed rows of a sheet; None where the sheet is wholly empty."""
    return next(parse_stretches(iter([table])), None)


def parse_stretches(tables: Iterator[TextTable]) -> Iterator[ParsedSheet]:
    """The typed rows of a sheet whose lines come some at a time; nothing where it is wholly empty.

    The first table holds the header. What the last one says of columns left out holds for the whole sheet; of a sheet
    that is refused only the beginning is looked at.
    """
    table = next(tables)
    top: list[Cells] = [table.header] if table.header is not None else _first_lines(table.frame)
    sheet = None if table.sheet is None else mask(table.sheet)
    if not any(any(line) for line in top) and _is_blank(table.frame):
        return
    header = find_header(top)
    if header is None or header.rivals or header.missing:
        yield _refuse(header, sheet)
        return
    titles = {"".join(cell.split()) for line in top[: header.last + 1] for cell in line if cell}
    rows_among = RowFilter([header.columns[name] for name in header.ledger.key if name in header.columns], titles)
    skipped = 0 if table.header is not None else header.last + 1
    nameless: set[int] = set()
    for part in chain([replace(table, frame=table.frame.slice(skipped), first_row=table.first_row + skipped)], tables):
        body = rows_among.take(part.frame.select(pl.int_range(pl.len()).alias("row") + part.first_row, pl.all()))
        frame, faults = _parse_rows(body, header, CellStyle(table.epoch_1904))
        nameless |= _find_nameless(header, body)
        yield ParsedSheet(header.ledger, sheet, frame, faults, *_sort_extra(header, nameless))


def _find_nameless(header: Header, body: pl.DataFrame) -> set[int]:
    """Positions of the columns without a name that hold something."""
    named = {*header.columns.values(), *header.extra}
    positions = [int(c) for c in body.columns if c != "row" and int(c) not in named]
    return {n for n in positions if not _is_blank(body.select(str(n)))}


def _sort_extra(header: Header, nameless: set[int]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Headers of the columns left out, masked: those of personal data, and the others; nameless ones by number."""
    found: dict[bool, list[str]] = {True: [], False: []}
    for labels in header.extra.values():
        words = [form for label in labels for form in normalise(label)]
        if REMARK_HEADER in words:
            continue
        found[is_personal_header(words)].append(" ".join(mask(labels[0]).split()))
    found[False] += [f"#{n + 1}" for n in sorted(nameless)]
    return tuple(dict.fromkeys(found[True])), tuple(dict.fromkeys(found[False]))


def _is_blank(frame: pl.DataFrame) -> bool:
    return all(clean(frame[c]).null_count() == frame.height for c in frame.columns)


def _first_lines(frame: pl.DataFrame) -> list[Cells]:
    top = frame.head(SEARCH_ROWS)
    return list(top.select(clean(top[c]) for c in top.columns).rows()) if top.width else []


def _refuse(header: Header | None, sheet: str | None) -> ParsedSheet:
    if header is None:
        fault = make_fault(Reason.NO_LEDGER, rule=("未找到台账表头", "no ledger header found"))
        return ParsedSheet(None, sheet, empty_frame(None), fault)
    if header.rivals:
        rivals = (header.ledger, *header.rivals)
        fault = make_fault(Reason.NO_LEDGER, value=", ".join(r.name for r in rivals),
                           rule=("、".join(r.zh for r in rivals), ", ".join(r.en for r in rivals)))
        return ParsedSheet(None, sheet, empty_frame(None), fault)
    absent = header.missing
    fault = make_fault(Reason.MISSING_COLUMN, column=absent[0].name,
                       rule=("、".join(c.zh for c in absent), ", ".join(c.en for c in absent)))
    return ParsedSheet(header.ledger, sheet, empty_frame(header.ledger), fault)


def _parse_rows(body: pl.DataFrame, header: Header, style: CellStyle) -> tuple[pl.DataFrame, pl.DataFrame]:
    ledger, rows = header.ledger, body["row"]
    values = {c.name: pl.repeat(None, body.height, dtype=DTYPES[c.type], eager=True) for c in ledger.columns}
    faults = [pl.DataFrame(schema=FAULT_SCHEMA)]
    for name, position in header.columns.items():
        column = ledger.column(name)
        values[name], failures = parse_column(rows, body[str(position)], column, ledger, style)
        faults.append(_describe(failures, column, ledger))
    frame = pl.DataFrame({"row": rows, **values})
    for name, position in header.columns.items():
        column = ledger.column(name)
        broken = find_broken(frame, column)
        if broken.any():
            failures = pl.DataFrame({"row": rows.filter(broken), "shown": show(body[str(position)].filter(broken))})
            out_of_range = pl.lit(Reason.OUT_OF_RANGE.value)
            faults.append(_describe(failures.with_columns(reason=out_of_range), column, ledger))
            frame = frame.with_columns(pl.when(~broken).then(name).alias(name))
    return frame, pl.concat(faults)


def _describe(failures: pl.DataFrame, column: Column, ledger: Ledger) -> pl.DataFrame:
    """Faults (FAULT_SCHEMA) of a column from `row`, `shown` and `reason`."""
    rules = {r: describe_rule(column, ledger, Reason(r)) for r in failures["reason"].unique()}
    zh, en = ({r: rule[i] for r, rule in rules.items()} for i in (0, 1))
    return failures.select(
        "row",
        column=pl.lit(column.name),
        value="shown",
        reason="reason",
        rule_zh=pl.col("reason").replace_strict(zh, return_dtype=pl.String),
        rule_en=pl.col("reason").replace_strict(en, return_dtype=pl.String),
    )
