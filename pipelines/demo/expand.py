"""From counts by point and month to rows, and back: rows whose sums are exactly the counts."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from pipelines.demo import season
from pipelines.demo.scheme import Scheme


@dataclass(frozen=True)
class Rows:
    """Rows of a ledger in the order point, month: positions `point` and `month`, and `rank` within the two (from 0).

    `first`: the row's first neighbour of the same point and month.
    """

    point: np.ndarray
    month: np.ndarray
    rank: np.ndarray
    first: np.ndarray

    def __len__(self) -> int:
        return len(self.point)


def expand(counts: np.ndarray) -> Rows:
    """One row for each unit of `counts` (points × months)."""
    flat = counts.ravel()
    cell = np.repeat(np.arange(len(flat)), flat)
    first = np.repeat(np.cumsum(flat) - flat, flat)
    return Rows(cell // counts.shape[1], cell % counts.shape[1], np.arange(len(cell)) - first, first)


def spread(rows: Rows, counts: np.ndarray, totals: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Each row's part of its cell's total (`counts`, `totals`: points × months), by chance."""
    size = counts.ravel()
    extra = np.repeat(np.arange(size.size), np.where(size > 0, totals.ravel(), 0))
    starts = np.cumsum(size) - size
    at = starts[extra] + (rng.random(len(extra)) * size[extra]).astype(np.int64)
    return np.bincount(at, minlength=len(rows))


def mark(sizes: np.ndarray, cell: np.ndarray, totals: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """How many of each row's `sizes` people are marked, so that cell by cell `totals` (by cell number) are.

    `cell`: cell number of each row, ascending. Everybody of a cell is equally likely to be marked.
    """
    row = np.repeat(np.arange(len(sizes)), sizes)
    of = cell[row]
    order = np.argsort(of + rng.random(len(row)))
    people = np.bincount(of, minlength=len(totals))
    place = np.arange(len(row)) - np.repeat(np.cumsum(people) - people, people)
    return np.bincount(row[order[place < totals[of]]], minlength=len(sizes))


def draw_dates(scheme: Scheme, month: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A date (datetime64[D]) in the month of each row, by the weights of its days."""
    starts = np.array(scheme.month_starts[:-1], dtype="datetime64[D]")
    return np.asarray(starts[month] + season.draw_days(scheme, month, rng))


def number(prefix: str, scheme: Scheme, rows: Rows) -> pl.Series:
    """An identifier a row, unique within its point: `prefix`, year and month, rank."""
    frame = pl.DataFrame({"month": np.array(scheme.calendar)[rows.month] % 10000, "rank": rows.rank + 1})
    return frame.select(
        pl.format("{}{}-{}", pl.lit(prefix), "month", pl.col("rank").cast(pl.String).str.zfill(3))
    ).to_series()
