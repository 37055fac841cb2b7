"""Breakdowns: the columns by which what is counted can be split or filtered, and the table that holds each split."""

from dataclasses import dataclass

from pipelines.contracts import codes
from pipelines.contracts.codes import CodeList


@dataclass(frozen=True)
class Breakdown:
    """A column of a cell table, with its code list and headers."""

    column: str
    zh: str
    en: str
    codes: CodeList


@dataclass(frozen=True)
class Cell:
    """A cell table: statistics per point × month × every breakdown of one ledger.

    `name` is the published table; `ledger` names the ledger whose rows are counted.
    """

    name: str
    ledger: str
    breakdowns: tuple[Breakdown, ...]

    def breakdown(self, column: str) -> Breakdown | None:
        """The breakdown on that column, None where the table has none."""
        return next((b for b in self.breakdowns if b.column == column), None)


_STAFF_TRAITS = (
    Breakdown("post_type", "编制类型", "Post type", codes.POST_TYPE),
    Breakdown("age_band", "年龄段", "Age band", codes.AGE_BAND),
    Breakdown("gender", "性别", "Gender", codes.GENDER),
)

MEETING_CELL = Cell("mart_meeting_cell", "meetings", (
    Breakdown("level", "召开层级", "Level", codes.LEVEL),
    Breakdown("topic", "主题类别", "Topic", codes.TOPIC),
    Breakdown("form", "会议形式", "Form", codes.MEETING_FORM),
))
DOCUMENT_CELL = Cell("mart_document_cell", "documents", (
    Breakdown("level", "发文层级", "Level", codes.LEVEL),
    Breakdown("kind", "文种", "Kind", codes.DOCUMENT_KIND),
    Breakdown("carrier", "载体", "Carrier", codes.CARRIER),
))
INSPECTION_CELL = Cell("mart_inspection_cell", "inspections", (
    Breakdown("level", "层级", "Level", codes.LEVEL),
    Breakdown("kind", "类别", "Kind", codes.INSPECTION_KIND),
))
STAFF_CELL = Cell("mart_staff_cell", "staff", _STAFF_TRAITS)
MOVE_CELL = Cell("mart_move_cell", "staff_moves", (
    Breakdown("move", "变动类型", "Move", codes.MOVE),
    Breakdown("to_level", "去向层级", "Destination level", codes.LEVEL),
    *_STAFF_TRAITS,
))
CELLS: dict[str, Cell] = {c.ledger: c for c in (MEETING_CELL, DOCUMENT_CELL, INSPECTION_CELL, STAFF_CELL, MOVE_CELL)}

POINT_TYPE = Breakdown("point_type", "样本点类型", "Point type", codes.POINT_TYPE)

# The registers that no point hands in: the columns of their rows by which they can be split or filtered.
REGISTERS: dict[str, tuple[Breakdown, ...]] = {
    "plans": (
        Breakdown("item", "类别", "Item", codes.PLAN_ITEM),
        Breakdown("level", "层级", "Level", codes.LEVEL),
    ),
    "feedback": (
        Breakdown("kind", "类型", "Kind", codes.FEEDBACK_KIND),
        Breakdown("theme", "主题", "Theme", codes.THEME),
    ),
}
