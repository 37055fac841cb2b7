from hypothesis import given
from hypothesis import strategies as st

from dashboard.pages.catalogue import PAGES
from dashboard.pages.period import Period
from dashboard.pages.state import (
    COMPARISONS,
    LANGS,
    PERIODS,
    Bounds,
    Choice,
    State,
    Words,
    link,
    read,
    write,
    write_span,
)
from pipelines.contracts import codes, months

BOUNDS = Bounds(frozenset({"410000", "411300", "411323"}), Period(202401, 202610))
CHOICES = (
    Choice("level", codes.LEVEL, "level"),
    Choice("show", codes.CodeList("show", (codes.Code("change", "变化", "change"), codes.Code("level", "水平", "level"))),
           default="change"),
)  # fmt: skip
DEFAULT = State(Period(202607, 202609), settings={"level": None, "show": "change"})


def _before(first: int) -> list[str]:
    """A period of one's own to compare with, where there is a month before the one shown."""
    start = BOUNDS.months.first
    return [write_span(Period(start, months.shift(first, -1)))] if first > start else []


@st.composite
def states(draw: st.DrawFn) -> State:
    span = months.span(BOUNDS.months.first, BOUNDS.months.last)
    first, last = sorted((draw(st.sampled_from(span)), draw(st.sampled_from(span))))
    return State(
        Period(first, last), lang=draw(st.sampled_from(LANGS)), region=draw(st.sampled_from(sorted(BOUNDS.regions))),
        compare=draw(st.sampled_from([*COMPARISONS, *_before(first)])),
        beside=draw(st.sampled_from([None, PERIODS])),
        point_type=draw(st.sampled_from([None, *codes.POINT_TYPE.codes])),
        settings={
            "level": draw(st.sampled_from([None, *codes.LEVEL.codes])), "show": draw(st.sampled_from(["change", "level"])),
        },
    )  # fmt: skip


@given(states())
def test_what_is_written_is_read_back(state: State) -> None:
    assert read(write(state, BOUNDS, CHOICES), BOUNDS, CHOICES) == (state, ())


def test_the_defaults_leave_the_address_empty() -> None:
    assert write(DEFAULT, BOUNDS, CHOICES) == {}
    assert read({}, BOUNDS, CHOICES) == (DEFAULT, ())


@given(st.dictionaries(
    st.sampled_from(["lang", "region", "from", "to", "compare", "type", "level", "show", "other"]), st.text(max_size=20),
))  # fmt: skip
def test_any_address_gives_a_state_within_the_bounds(params: dict[str, str]) -> None:
    state, _ = read(params, BOUNDS, CHOICES)
    assert state.region in BOUNDS.regions
    assert BOUNDS.months.first <= state.period.first <= state.period.last <= BOUNDS.months.last
    assert state.settings["level"] in (None, *codes.LEVEL.codes)
    assert state.settings["show"] in ("change", "level")


def test_values_that_are_not_understood_are_named_and_their_defaults_hold() -> None:
    hostile = {
        "lang": "<script>", "region": "419999", "from": "2026-13", "to": "2026-09", "compare": "decade",
        "type": "township'; DROP TABLE dim_point", "level": "village", "show": "rank", "unknown": "1",
    }  # fmt: skip
    state, faults = read(hostile, BOUNDS, CHOICES)
    assert state == DEFAULT
    assert set(faults) == {"lang", "region", "from", "compare", "type", "level", "show"}


def test_a_comparison_of_ones_own_lies_within_the_data_and_before_the_period() -> None:
    span = {"from": "2026-04", "to": "2026-06"}
    state, faults = read({**span, "compare": "2025-01..2025-03"}, BOUNDS, CHOICES)
    assert (state.own_comparison, faults) == (Period(202501, 202503), ())
    for hostile in ("2019-01..2025-03", "2025-03..2025-01", "2025-00..2025-03", "2025-01..2099-01", "..", "2025-01..2025-03x"):
        state, faults = read({**span, "compare": hostile}, BOUNDS, CHOICES)
        assert (state.compare, faults) == ("year", ("compare",)), hostile
    overlapping, faults = read({**span, "compare": "2026-02..2026-04"}, BOUNDS, CHOICES)
    assert (overlapping.compare, faults) == ("year", ())


def test_what_stands_beside_is_another_region_or_the_two_periods() -> None:
    for value, found, faults in (
        ("411300", "411300", ()), ("period", "period", ()), ("410000", None, ()), ("419999", None, ("pair",)),
        ("<b>", None, ("pair",)),
    ):  # fmt: skip
        state, said = read({"pair": value}, BOUNDS, CHOICES)
        assert (state.beside, said) == (found, faults)


def test_a_period_outside_the_data_or_upside_down_is_a_fault() -> None:
    for params in (
        {"from": "2026-09", "to": "2026-07"}, {"from": "2019-01", "to": "2026-09"}, {"from": "2026-07"}, {"to": "2026-09"},
        {"from": "2026-07", "to": "2027-01"}, {"from": "0000-00", "to": "2026-09"},
    ):  # fmt: skip
        state, faults = read(params, BOUNDS, CHOICES)
        assert faults, params
        assert state.period == DEFAULT.period


def test_no_setting_of_a_page_has_the_key_of_something_else() -> None:
    state = State(
        Period(202401, 202402), "en", "411300", "none", "period", "township", embed=True, only="trend"
    )
    taken = set(write(state, BOUNDS, ()))
    assert {"lang", "region", "from", "to", "compare", "pair", "type", "only", "embed"} <= taken
    assert not [(page.name, c.key) for page in PAGES.values() for c in page.choices if c.key in {*taken, "brief"}]


def test_links_are_relative_and_encoded() -> None:
    assert link("meetings", {"region": "411300"}) == "./meetings?region=411300"
    assert link("", {}) == "./"
    assert link("documents", {"x": "a&b=中"}) == "./documents?x=a%26b%3D%E4%B8%AD"


SEARCH = (*CHOICES, Words("q", codes.CodeList("q", ()), longest=12))


@given(st.text(max_size=40))
def test_words_of_a_search_are_kept_whole_or_refused(written: str) -> None:
    state, faults = read({"q": written}, BOUNDS, SEARCH)
    words = state.settings["q"]
    if faults:
        assert faults == ("q",)
        assert words is None
    else:
        assert (words or "") == written
        assert len(words or "") <= 12
        assert read(write(state, BOUNDS, SEARCH), BOUNDS, SEARCH) == (state, ())


def test_words_too_long_or_with_characters_that_nobody_types_are_refused() -> None:
    for written in ("a" * 13, "a\x00b", "a\u202eb"):
        assert read({"q": written}, BOUNDS, SEARCH)[1] == ("q",)
    assert read({"q": "<b> 会议"}, BOUNDS, SEARCH)[0].settings["q"] == "<b> 会议"
