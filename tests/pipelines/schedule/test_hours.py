"""Set times on the clock of a zone."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from pipelines.contracts.policy import Schedule
from pipelines.schedule.hours import find_last_due, make_trigger

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 3, 10, 12, tzinfo=SHANGHAI)


def test_the_next_time_is_on_the_clock_of_the_zone_whatever_that_of_the_machine():
    following = make_trigger(("02:00", "13:30"), "Asia/Shanghai").get_next_fire_time(None, NOON.astimezone(UTC))
    assert following == datetime(2026, 3, 10, 13, 30, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("times", "due"),
    [
        (("02:00",), datetime(2026, 3, 10, 2, tzinfo=SHANGHAI)),
        (("13:30",), datetime(2026, 3, 9, 13, 30, tzinfo=SHANGHAI)),
        (("13:30", "02:00", "11:59"), datetime(2026, 3, 10, 11, 59, tzinfo=SHANGHAI)),
        (("12:00",), NOON),
    ],
)
def test_the_last_due_time_is_the_latest_that_has_passed(times, due):
    assert find_last_due(times, "Asia/Shanghai", NOON) == due


@pytest.mark.parametrize(
    "wrong", [{"times": ["24:00"]}, {"times": ["2:00"]}, {"times": []}, {"timezone": "Asia/Nowhere"}, {"timezone": "../x"},
              {"stale_hours": 0}, {"webhook": "json://x"}],
)  # fmt: skip
def test_settings_that_make_no_sense_are_refused(wrong):
    with pytest.raises(ValidationError):
        Schedule.model_validate(wrong)
