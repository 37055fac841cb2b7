"""Corrections: which of several rows is accepted, and that every row ends in one place."""

from collections.abc import Callable

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_raw import table

from pipelines.conform import Conformed
from pipelines.conform.corrections import Fate, settle
from pipelines.contracts.ledgers import LEDGERS

ConformFiles = Callable[..., Conformed]


def ends(conformed: Conformed, ledger: str = "meetings") -> tuple[int, ...]:
    """Rows in, accepted, superseded, duplicate, quarantined."""
    return tuple(conformed.accounting[ledger].values())


def accepted(conformed: Conformed, column: str, ledger: str = "meetings") -> list[object]:
    return conformed.facts[ledger][column].to_list()


def test_a_later_file_replaces_by_key(conform_files: ConformFiles) -> None:
    conformed = conform_files({
        "b.csv": table("meetings", {"attendees": "10"}, {"meeting_id": "M2"}), "a.csv": table("meetings", {"attendees": "11"}),
    })  # fmt: skip
    assert ends(conformed) == (3, 2, 1, 0, 0)
    assert sorted(accepted(conformed, "attendees")) == [11, 20]


def test_in_the_same_minute_the_larger_path_is_later(conform_files: ConformFiles) -> None:
    files = {"b.csv": table("meetings", {"attendees": "10"}), "a.csv": table("meetings", {"attendees": "11"})}
    conformed = conform_files(files, minutes={"a.csv": 5, "b.csv": 5})
    assert accepted(conformed, "attendees") == [10]


def test_rows_equal_after_parsing_are_duplicates(conform_files: ConformFiles) -> None:
    same = table("meetings", {"date": "2026年7月3日", "attendees": "２０", "form": "video", "planned": "√"})
    conformed = conform_files({"a.csv": table("meetings", {}), "b.csv": same})
    assert ends(conformed) == (2, 1, 0, 1, 0)


def test_a_later_identical_copy_leaves_the_provenance(conform_files: ConformFiles) -> None:
    conformed = conform_files({"a.csv": table("meetings", {}), "b.csv": table("meetings", {})})
    assert accepted(conformed, "source_file") == ["a.csv"]


def test_what_a_third_file_restores_is_accepted_again(conform_files: ConformFiles) -> None:
    one, other = table("meetings", {}), table("meetings", {"attendees": "11"})
    conformed = conform_files({"a.csv": one, "b.csv": other, "c.csv": one})
    assert ends(conformed) == (3, 1, 1, 1, 0)
    assert accepted(conformed, "attendees") == [20]


def test_within_one_file_identical_rows_count_once(conform_files: ConformFiles) -> None:
    conformed = conform_files({"a.csv": table("meetings", {}, {}, {})})
    assert ends(conformed) == (3, 1, 0, 2, 0)
    assert accepted(conformed, "source_row") == [2]


def test_within_one_file_different_rows_of_a_key_are_all_refused(conform_files: ConformFiles) -> None:
    older = table("meetings", {"attendees": "9"})
    conformed = conform_files({"a.csv": older, "b.csv": table("meetings", {}, {"attendees": "11"}, {})})
    assert ends(conformed) == (4, 1, 0, 1, 2)
    assert accepted(conformed, "attendees") == [9]
    entries = conformed.quarantine
    assert entries.select("row", "column", "value", "reason").rows() == [
        (2, "meeting_id", "M1", "conflicting_key"), (3, "meeting_id", "M1", "conflicting_key"),
    ]  # fmt: skip


def test_a_refused_correction_leaves_the_older_row(conform_files: ConformFiles) -> None:
    conformed = conform_files({"a.csv": table("meetings", {}), "b.csv": table("meetings", {"attendees": "0"})})
    assert ends(conformed) == (2, 1, 0, 0, 1)
    assert accepted(conformed, "attendees") == [20]


def test_only_valid_rows_are_in_conflict(conform_files: ConformFiles) -> None:
    conformed = conform_files({"a.csv": table("meetings", {}, {"attendees": "x"})})
    assert ends(conformed) == (2, 1, 0, 0, 1)


def test_a_return_submitted_later_wins_in_an_earlier_file(conform_files: ConformFiles) -> None:
    conformed = conform_files({
        "a.csv": table("returns", {"submitted_at": "2026-08-05", "nil_return": "是"}),
        "b.csv": table("returns", {"submitted_at": "2026-08-04 23:59"}),
    })  # fmt: skip
    assert ends(conformed, "returns") == (2, 1, 1, 0, 0)
    assert accepted(conformed, "nil_return", "returns") == [True]


def test_returns_of_one_moment_are_decided_by_the_file(conform_files: ConformFiles) -> None:
    conformed = conform_files({
        "a.csv": table("returns", {"minutes_spent": "5"}), "b.csv": table("returns", {"minutes_spent": "6"}),
    })  # fmt: skip
    assert accepted(conformed, "minutes_spent", "returns") == [6]


def test_documents_without_a_number_are_themselves_the_key(conform_files: ConformFiles) -> None:
    plain = {"document_no": ""}
    conformed = conform_files({
        "a.csv": table("documents", plain, plain, plain | {"title": "另一件"}), "b.csv": table("documents", plain),
    })  # fmt: skip
    assert ends(conformed, "documents") == (4, 2, 0, 2, 0)


def test_documents_on_two_carriers_are_two_receipts(conform_files: ConformFiles) -> None:
    conformed = conform_files({"a.csv": table("documents", {}, {"carrier": "电子"})})
    assert ends(conformed, "documents") == (2, 2, 0, 0, 0)


def test_a_register_is_corrected_before_its_points_are_asked_for(conform_files: ConformFiles) -> None:
    closed = table("points", {"active_to": "2026-06"})
    conformed = conform_files({"a.csv": closed, "m.csv": table("meetings", {"date": "2026-07-03"})})
    assert conformed.quarantine["reason"].to_list() == ["point_inactive"]
    assert ends(conformed, "points") == (4, 3, 1, 0, 0)


@pytest.mark.parametrize("ledger", LEDGERS)
def test_every_ledger_accepts_its_sample_row(conform_files: ConformFiles, ledger: str) -> None:
    conformed = conform_files({"a.csv": table(ledger, {})})
    assert conformed.quarantine.is_empty()
    assert conformed.facts[ledger].height == conformed.accounting[ledger]["accepted"]


rows = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 1), st.sampled_from("ABC"), st.integers(0, 2)), max_size=25)


@given(rows)
def test_fates_follow_from_the_rules_one_key_at_a_time(made: list[tuple[int, int, str, int]]) -> None:
    """Against a plain reading of DATA.md, row by row."""
    ledger = LEDGERS["frame"]
    made = sorted(made, key=lambda r: r[:2])
    frame = pl.DataFrame({
        "_file": pl.Series([f for f, *_ in made], dtype=pl.Int32), "_sheet": pl.Series([s for _, s, *_ in made], dtype=pl.Int32),
        "row": pl.Series(range(len(made)), dtype=pl.Int64), "city_code": pl.Series([k for *_, k, _ in made], dtype=pl.String),
        "point_type": pl.Series(["village"] * len(made), dtype=pl.String),
        "population_units": pl.Series([v for *_, v in made], dtype=pl.Int64),
    })  # fmt: skip
    settled = settle(frame, ledger).sort("row")["_fate"].to_list()
    assert settled == [expect(made, i) for i in range(len(made))]


def expect(made: list[tuple[int, int, str, int]], index: int) -> str:
    file, _, key, value = made[index]
    same_key = [(i, r) for i, r in enumerate(made) if r[2] == key]
    if any(i < index and r[0] == file and r[3] == value for i, r in same_key):
        return Fate.DUPLICATE
    values_in_file = {f: {r[3] for _, r in same_key if r[0] == f} for f, *_ in made}
    if len(values_in_file[file]) > 1:
        return Fate.QUARANTINED
    sound = [r for _, r in same_key if len(values_in_file[r[0]]) == 1]
    latest = max(sound)[3]
    if value != latest:
        return Fate.SUPERSEDED
    return Fate.ACCEPTED if min(r[0] for r in sound if r[3] == latest) == file else Fate.DUPLICATE
