"""Corrections: which of several rows about the same thing is accepted (DATA.md §2 "Corrections").

Only valid rows compete. Within one file identical rows count once, and different rows of one key are all refused.
Across files the later row wins. Of identical rows in several files the earliest is the accepted one, so that sending
the same rows again leaves the provenance of facts as it was; the later copies are duplicates.
"""

from enum import StrEnum

import polars as pl

from pipelines.contracts.ledgers import Ledger


class Fate(StrEnum):
    """Where a row ends."""

    ACCEPTED = "accepted"
    SUPERSEDED = "superseded"
    DUPLICATE = "duplicate"
    QUARANTINED = "quarantined"


FATE = pl.Enum([fate.value for fate in Fate])
_HASH = "_hash"


def settle(valid: pl.DataFrame, ledger: Ledger) -> pl.DataFrame:
    """The valid rows of a ledger with `_fate`; QUARANTINED here means a key in conflict within its file."""
    content = [c.name for c in ledger.columns]
    if ledger.whole_row_key_without is None:
        return _settle(valid, list(ledger.key), content, ledger.later_by)
    numbered = pl.col(ledger.whole_row_key_without).is_not_null()
    return pl.concat([
        _settle(valid.filter(numbered), list(ledger.key), content, ledger.later_by),
        _settle(valid.filter(~numbered), content, content, ledger.later_by),
    ])


def _settle(rows: pl.DataFrame, key: list[str], content: list[str], later_by: str | None) -> pl.DataFrame:
    contested = _find_contested(rows, key)
    if contested is None:
        return rows.with_columns(_fate=_fate(Fate.ACCEPTED))
    alone = rows.filter(~contested).with_columns(_fate=_fate(Fate.ACCEPTED))
    return pl.concat([alone, _settle_contested(rows.filter(contested), key, content, later_by)])


def _find_contested(rows: pl.DataFrame, key: list[str]) -> pl.Series | None:
    """Boolean series: does another row have the same key? None where no row has such a rival.

    Equal keys have equal hashes, so only rows that share a hash are compared.
    """
    hashes = rows.select(pl.struct(key).hash().alias(_HASH)).to_series()
    if hashes.n_unique() == rows.height:
        return None
    suspects = hashes.is_duplicated()
    confirmed = rows.filter(suspects).select((pl.len().over(key) > 1).alias(_HASH)).to_series()
    if not confirmed.any():
        return None
    return suspects if confirmed.all() else suspects.scatter(suspects.arg_true(), confirmed)


def _settle_contested(rows: pl.DataFrame, key: list[str], content: list[str], later_by: str | None) -> pl.DataFrame:
    versions = rows.select(content).unique(maintain_order=True).with_row_index("_version")
    first_in_file = pl.int_range(pl.len()).over("_file", "_version") == 0
    order = ["_later", "_file", "_sheet", "row"]
    marked = (
        rows.join(versions, on=content, how="left", nulls_equal=True, validate="m:1")
        .with_columns(_later=pl.col(later_by) if later_by else pl.lit(0))
        .sort(order)
        .with_columns(_first=first_in_file)
        .with_columns(_conflict=pl.col("_version").n_unique().over(*key, "_file") > 1)
    )
    competes = pl.col("_first") & ~pl.col("_conflict")
    winner = pl.col("_version").filter(competes).last().over(key)
    same = (pl.col("_version") == winner).fill_null(value=False)
    accepted = competes & same & (pl.int_range(pl.len()).over(*key, competes & same) == 0)
    return marked.select(
        *rows.columns,
        _fate=pl.when(accepted).then(_fate(Fate.ACCEPTED))
        .when(~pl.col("_first")).then(_fate(Fate.DUPLICATE))
        .when("_conflict").then(_fate(Fate.QUARANTINED))
        .when(same).then(_fate(Fate.DUPLICATE))
        .otherwise(_fate(Fate.SUPERSEDED)),
    )  # fmt: skip


def _fate(fate: Fate) -> pl.Expr:
    return pl.lit(fate.value, FATE)
