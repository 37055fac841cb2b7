"""Colours, keyed by meaning: the only place where a colour of a chart is written. No layout, no font."""

from typing import Final

from dashboard.i18n.judgement import Verdict

SUBJECT: Final = "#1F4E79"
SUBJECT_BAND: Final = "rgba(31,78,121,0.15)"
SUBJECT_SOFT: Final = "#98B1C9"  # bars of the subject that are not the point
REFERENCE: Final = "#7B8794"
REFERENCE_BAND: Final = "rgba(123,135,148,0.15)"
TEXT: Final = "#1F2933"
SECONDARY: Final = "#52606D"
GRID: Final = "#E4E7EB"
RULE: Final = "#7B8794"
PAPER: Final = "#FFFFFF"
PANEL: Final = "#F7F8FA"  # the ground of observation points
OBSERVED: Final = "#52606D"
HATCH: Final = "#9AA5B1"
UNCLEAR_HATCH: Final = "#6B7A87"  # over a class colour: a change that is not clear
UNCLEAR_HATCH_ON_DARK: Final = "#E9EEF2"
COMPARED: Final = "#1F2933"  # the bars of the two compared periods
RANGE: Final = "#E1E5EA"  # all cities' range
RANK_SET: Final = "#DCE5EC"  # the bar of a rank set
RANGE_KEY: Final = "#C4CCD5"  # the same in a key, where a thin stroke must be seen
WHISKER: Final = "#6C8FB3"  # an interval over bars of the subject
NO_DATA: Final = "#FFFFFF"

MARK: Final[dict[Verdict, str]] = {
    Verdict.LIGHTER: "#1B7A8C", Verdict.HEAVIER: "#C1561A", Verdict.UNCLEAR: "#8592A0", Verdict.NEUTRAL: "#52606D",
}  # fmt: skip
WORD: Final[dict[Verdict, str]] = {
    Verdict.LIGHTER: "#1B7A8C", Verdict.HEAVIER: "#B5501A", Verdict.UNCLEAR: "#52606D", Verdict.NEUTRAL: "#1F2933",
}  # fmt: skip

LEVELS: Final = ("#12324F", "#2F6690", "#6C9CC4", "#B4CFE4")  # issuer levels, in order
CATEGORIES: Final = ("#8FB0CE", "#DCCB9A", "#A3C6B4", "#CDD2D8", "#C9B3C8", "#E0B8A0")
MISSING: Final = ("#F3F6F9", "#D3E0EC", "#A6C3DC", "#6C9CC4", "#2F6690")  # the share of reports missing
SEQUENTIAL: Final = ("#EAF1F7", "#C8DBEA", "#9DBFDA", "#6C9CC4", "#2F6690")  # the map of a level

# Six classes of a change, from the strongest relief to the strongest burden.
RELIEF_TO_BURDEN: Final = ("#1B7A8C", "#7AAEBA", "#C3DAE0", "#F3D6C7", "#D29876", "#C1561A")
# The same where neither direction is better: fall to rise.
FALL_TO_RISE: Final = ("#4F78A0", "#8FB0CE", "#D3E0EC", "#EFE7D0", "#DCCB9A", "#B89F55")


def is_dark(colour: str) -> bool:
    """Is white text on that colour easier to read than dark text (where both contrasts meet: luminance 0.225)?"""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] < 0.225
