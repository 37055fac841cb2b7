import pytest

from dashboard.pages.period import Period, Preset, default_period, history, presets

BOUNDS = Period(202401, 202610)


def test_the_default_is_the_last_full_calendar_quarter() -> None:
    assert default_period(BOUNDS) == Period(202607, 202609)
    assert default_period(Period(202401, 202609)) == Period(202607, 202609)
    assert default_period(Period(202401, 202701)) == Period(202610, 202612)


def test_the_default_is_everything_where_no_quarter_is_full() -> None:
    assert default_period(Period(202609, 202610)) == Period(202609, 202610)


@pytest.mark.parametrize(("period", "within"), [
    ((202601, 202606), (202601, 202606)), ((202602, 202606), (202604, 202606)), ((202603, 202608), (202604, 202606)),
    ((202511, 202612), (202601, 202612)), ((202605, 202607), (202605, 202607)), ((202609, 202609), (202609, 202609)),
])  # fmt: skip
def test_whole_quarters_lie_within_or_there_is_none(period: tuple[int, int], within: tuple[int, int]) -> None:
    assert Period(*period).whole_quarters() == Period(*within)


def test_presets_end_with_the_data() -> None:
    assert presets(BOUNDS) == {
        Preset.QUARTER: Period(202607, 202609),
        Preset.MONTH: Period(202610, 202610),
        Preset.YEAR_TO_DATE: Period(202601, 202610),
        Preset.ROLLING_YEAR: Period(202511, 202610),
    }


def test_presets_before_the_first_month_are_not_offered() -> None:
    assert set(presets(Period(202606, 202610))) == {Preset.QUARTER, Preset.MONTH}


@pytest.mark.parametrize(
    ("period", "before"),
    [(Period(202607, 202609), Period(202604, 202606)), (Period(202601, 202601), Period(202512, 202512))],
)
def test_the_period_before_is_as_long_and_adjacent(period: Period, before: Period) -> None:
    assert period.before() == before


def test_the_same_months_a_year_earlier() -> None:
    assert Period(202511, 202610).year_earlier() == Period(202411, 202510)


def test_a_history_never_starts_before_the_data() -> None:
    assert history(BOUNDS, Period(202407, 202409), 36) == Period(202401, 202409)
    assert history(BOUNDS, Period(202607, 202609), 24) == Period(202410, 202609)
