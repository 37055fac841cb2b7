"""The roster: ages of people on it, and the traits of people who move, taken from it."""

import polars as pl

from pipelines.contracts.codes import AGE_BAND

_MONTHS_A_YEAR = 12
_PERSON = ["point_id", "person_id"]
_TRAITS = ("post_type", "age_band", "gender")


def add_ages(staff: pl.DataFrame) -> pl.DataFrame:
    """Roster rows with `age_months` (whole months at the roster month, Int64) and `age_band`."""
    age_months = _ordinal("month") - _ordinal("birth_month")
    years = pl.col("age_months") // _MONTHS_A_YEAR
    first, *middle, last = AGE_BAND.codes
    band = pl.when(years < _first_year(middle[0])).then(pl.lit(first)).when(years >= _first_year(last)).then(pl.lit(last))
    for code in middle:
        band = band.when(years.is_between(_first_year(code), _first_year(code) + 4)).then(pl.lit(code))
    return staff.with_columns(age_months=age_months.cast(pl.Int64)).with_columns(age_band=band)


def _first_year(code: str) -> int:
    return int(code.partition("-")[0])


def _ordinal(month: str) -> pl.Expr:
    return pl.col(month) // 100 * _MONTHS_A_YEAR + pl.col(month) % 100


def add_traits(moves: pl.DataFrame, staff: pl.DataFrame) -> pl.DataFrame:
    """Moves with `post_type, age_band, gender` of the person's roster row and `roster_reported`.

    The row of the move's month, else of the nearest earlier, else of the nearest later month; null where the person
    stands on no roster. `roster_reported`: the point has a roster of the move's month.
    """
    roster = staff.select(*_PERSON, "month", *_TRAITS).sort("month")
    ordered = moves.sort("month", maintain_order=True)
    earlier, later = (roster.rename({t: t + suffix for t in _TRAITS}) for suffix in ("_earlier", "_later"))
    ordered = ordered.join_asof(earlier, on="month", by=_PERSON, strategy="backward", check_sortedness=False)
    ordered = ordered.join_asof(later, on="month", by=_PERSON, strategy="forward", check_sortedness=False)
    reported = staff.select("point_id", "month", roster_reported=True).unique()
    found = pl.col("post_type_earlier").is_not_null()
    return (
        ordered.join(reported, on=["point_id", "month"], how="left", validate="m:1")
        .with_columns(pl.when(found).then(f"{t}_earlier").otherwise(f"{t}_later").alias(t) for t in _TRAITS)
        .with_columns(pl.col("roster_reported").fill_null(value=False))
        .drop(f"{t}{s}" for t in _TRAITS for s in ("_earlier", "_later"))
    )
