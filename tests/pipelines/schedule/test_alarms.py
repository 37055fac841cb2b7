"""A trouble is told once while it lasts, and its end once; by a clock that is passed in."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pipelines.schedule.alarms import Kind, Notice, Told, decide, read_told, write_told
from pipelines.schedule.turns import Ending, Turn

START = datetime(2026, 3, 1, 2, tzinfo=UTC)
STALE = 36.0


def at(hours: float) -> datetime:
    return START + timedelta(hours=hours)


class Watch:
    """Keeps what was told, as the duty does."""

    def __init__(self) -> None:
        self.told, self.last_success = Told(), START

    def look(self, hours: float, ending: Ending | None = None, reason: str = "") -> list[Kind]:
        turn = Turn(ending, 1.0, reason) if ending else None
        if turn and turn.exit_code == 0:
            self.last_success = at(hours)
        notices = decide(self.told, turn, self.last_success, START, at(hours), STALE)
        for notice in notices:
            self.told = self.told.after(notice, at(hours))
        return [notice.kind for notice in notices]


def test_a_failure_is_told_once_and_its_end_once():
    watch = Watch()
    assert watch.look(1, Ending.FAILED, "a") == [Kind.FAILED]
    assert watch.look(2, Ending.FAILED, "a") == []
    assert watch.look(3) == []
    assert watch.look(4, Ending.UNCHANGED) == [Kind.RECOVERED]
    assert watch.look(5, Ending.PUBLISHED) == []
    assert watch.look(6, Ending.FAILED, "a") == [Kind.FAILED]


def test_another_reason_is_another_notice():
    watch = Watch()
    assert watch.look(1, Ending.HELD, "a fell") == [Kind.HELD]
    assert watch.look(2, Ending.HELD, "b fell") == [Kind.HELD]
    assert watch.look(3, Ending.FAILED, "no disk") == [Kind.FAILED]


def test_a_reason_that_differs_in_its_counts_only_is_the_same():
    watch = Watch()
    assert watch.look(1, Ending.HELD, "meetings fell from 1,200 to 900") == [Kind.HELD]
    assert watch.look(2, Ending.HELD, "meetings fell from 1,201 to 12") == []
    assert watch.look(3, Ending.HELD, "documents fell from 1,201 to 12") == [Kind.HELD]


def test_stale_data_are_told_once_an_episode_and_a_refresh_by_hand_ends_it():
    watch = Watch()
    assert watch.look(36) == []
    assert watch.look(36.1) == [Kind.STALE]
    assert watch.look(100) == []
    watch.last_success = at(101)
    assert watch.look(102) == [Kind.RECOVERED]
    assert watch.look(138) == [Kind.STALE]


def test_a_failure_that_lasts_grows_stale_as_well():
    watch = Watch()
    assert watch.look(24, Ending.FAILED, "a") == [Kind.FAILED]
    assert watch.look(48, Ending.FAILED, "a") == [Kind.STALE]
    assert watch.look(72, Ending.PUBLISHED) == [Kind.RECOVERED]


def test_data_never_refreshed_are_stale_a_while_after_the_start():
    assert decide(Told(), None, None, START, at(35), STALE) == []
    assert decide(Told(), None, None, START, at(37), STALE) == [Notice(Kind.STALE)]


def test_turns_skipped_or_stopped_tell_nothing():
    watch = Watch()
    assert watch.look(1, Ending.SKIPPED, "busy") == watch.look(2, Ending.STOPPED) == []


@given(st.lists(st.tuples(st.floats(0.1, 50), st.sampled_from([None, *Ending])), max_size=30))
def test_no_trouble_is_told_twice_without_its_end_between(steps):
    watch, hours, open_troubles = Watch(), 0.0, set()
    for step, ending in steps:
        hours += step
        for kind in watch.look(hours, ending, "a"):
            if kind is Kind.RECOVERED:
                assert open_troubles
                open_troubles.clear()
            else:
                assert kind not in open_troubles
                open_troubles.add(kind)


def test_what_was_told_outlives_a_restart_and_a_broken_file_is_nothing(tmp_path):
    path = tmp_path / "schedule.json"
    told = Told().after(Notice(Kind.HELD, "a fell"), START)
    write_told(path, told)
    assert read_told(path) == told
    kept = told.with_alerts([("rebound:411300", "x")])
    write_told(path, kept)
    assert read_told(path) == kept
    assert kept.after(Notice(Kind.RECOVERED), START).alerts == ("rebound:411300",)
    assert kept.find_new([("rebound:411300", "x"), ("plan:410400", "y")]) == ["y"]
    for broken in ("", "{}", "[]", '{"since": "x", "troubles": {"held": ""}}', '{"since": "", "troubles": 3}'):
        path.write_text(broken, encoding="utf-8")
        assert read_told(path) == Told()
