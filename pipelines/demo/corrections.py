"""Corrections of the demo: mistaken rows and their true ones, by which a later file replaces an earlier one.

Whatever the order of files, the rows that stand in the end are the true ones of the ledgers.
"""

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from pipelines.demo.writers import Submission

# The column in which a mistake is made, by ledger: a wrong value that is possible all the same.
MISTAKES: dict[str, pl.Expr] = {
    "meetings": pl.col("attendees") + 3,
    "documents": pl.col("characters") * 10,
    "inspections": pl.col("materials") + 12,
    "staff": pl.col("birth_month") - 100,
    "standing": pl.col("check_ins") + 2,
    "survey": pl.col("valid_forms") + 4,
}
SHARE, MOST_ROWS = 0.02, 900
EARLY, LATE = -4000, 4000  # minutes before and after the main files
COPIES = 6  # rows that a file holds twice


@dataclass(frozen=True)
class Manner:
    """How a main file and its correction divide the rows: a first report, a mended one, a file sent twice, none."""

    name: str
    suffix: str


FIRST, MENDED, TWICE, PLAIN = (
    Manner("first", "_初报"), Manner("mended", "_更正"), Manner("twice", "_补报"), Manner("plain", ""),
)
TURN = (PLAIN, MENDED, FIRST, PLAIN, TWICE, PLAIN)


def correct(main: Submission, number: int, rng: np.random.Generator) -> list[Submission]:
    """The file itself and the one that corrects, precedes or repeats some of its rows, by its number."""
    manner = TURN[number % len(TURN)]
    frame, ledger = main.frame, main.ledger
    if manner is PLAIN or ledger.name not in MISTAKES:
        return [main]
    size = min(MOST_ROWS, max(3, round(SHARE * frame.height)))
    chosen = pl.Series(np.sort(rng.choice(frame.height, min(size, frame.height), replace=False)))
    true = _with_fixed_keys(frame[chosen], ledger.whole_row_key_without)
    wrong = true.with_columns(MISTAKES[ledger.name])
    beside = replace(main, path=main.path + manner.suffix, faults=(), extra=())
    if manner is FIRST:
        return [main, replace(beside, frame=wrong, minute=main.minute + EARLY)]
    if manner is TWICE:
        again = frame[chosen]
        twice = replace(main, frame=pl.concat([frame, again[:COPIES]]), extra=())
        return [twice, replace(beside, frame=again, minute=main.minute + LATE)]
    keys = list(ledger.key)
    mistaken = frame.join(true.select(keys), on=keys, how="anti", maintain_order="left")
    return [replace(main, frame=pl.concat([mistaken, wrong]), extra=()),
            replace(beside, frame=true, minute=main.minute + LATE)]


def _with_fixed_keys(rows: pl.DataFrame, optional: str | None) -> pl.DataFrame:
    """Only rows that a correction can address: those whose key is not the whole row."""
    return rows if optional is None else rows.filter(pl.col(optional).is_not_null())
