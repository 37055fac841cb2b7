"""The history of runs survives kills and a lost file."""

from editions import make_edition, release

from pipelines.warehouse import Edition, Outcome, Run, list_runs, record, restore_runs, tabulate

FIRST, SECOND = "20260201T080000", "20260202T080000"


def make_run(day: int, outcome: Outcome = Outcome.PUBLISHED, snapshot: str | None = FIRST) -> Run:
    return Run(f"2026-02-{day:02d}T08:00:00+08:00", 1.5, f"2026-02-{day:02d}", outcome, snapshot, False, False, 3, 10)


def with_history(edition: Edition, runs: list[Run]) -> Edition:
    edition.tables["refresh_run"] = tabulate(runs)
    return edition


def test_runs_are_kept_in_order_and_survive_a_torn_last_line(layout):
    record(layout, make_run(1))
    record(layout, make_run(2, Outcome.HELD))
    with layout.runs.open("a") as file:
        file.write('{"started_at": "2026-02-0')
    assert list_runs(layout) == [make_run(1), make_run(2, Outcome.HELD)]
    record(layout, make_run(3))
    assert list_runs(layout) == [make_run(1), make_run(2, Outcome.HELD), make_run(3)]


def test_an_empty_history_is_a_table_with_its_columns():
    assert tabulate([]).is_empty()
    assert "rows_in" in tabulate([]).columns


def test_a_run_killed_after_publishing_is_restored_from_its_snapshot(layout):
    record(layout, make_run(1))
    release(layout, with_history(make_edition(SECOND, 1), [make_run(1), make_run(2, snapshot=SECOND)]))
    restore_runs(layout)
    assert list_runs(layout) == [make_run(1), make_run(2, snapshot=SECOND)]
    restore_runs(layout)
    assert len(list_runs(layout)) == 2


def test_a_lost_history_comes_back_from_the_current_snapshot(layout):
    runs = [make_run(1), make_run(2, snapshot=SECOND)]
    release(layout, with_history(make_edition(SECOND, 1), runs))
    record(layout, make_run(3, Outcome.UNCHANGED, SECOND))
    restore_runs(layout)
    assert list_runs(layout) == [*runs, make_run(3, Outcome.UNCHANGED, SECOND)]
