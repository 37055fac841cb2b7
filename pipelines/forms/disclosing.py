"""What of a submission may go back in a workbook: personal columns and signatures blanked, numbers of people masked."""

import re
from dataclasses import dataclass
from typing import Any

from pipelines.ingest import ParsedSheet
from pipelines.ingest.headers import Header, normalise
from pipelines.ingest.personal import is_personal_header, mask

BLANKED = "****"
_SIGNED = re.compile(
    r"((?:填表|填报|审核|审批|复核|制表|经办|报送|联系|打印|录入)人员?|(?:主要|单位|分管)?负责人|(?:主要|分管)领导|(?:联系)?电话|手机)"
    r"[:：\s]*.*"
)  # fmt: skip


@dataclass(frozen=True)
class Curtain:
    """What is hidden on one sheet. `personal`: positions of columns; `rows`: the lines that are rows of the ledger."""

    personal: frozenset[int]
    rows: frozenset[int]
    header: range

    def show(self, value: Any, line: int, position: int) -> Any:
        """The cell as it may be shown; a text may have become another, a number that is a person's is a mark."""
        if value is None or line in self.header:
            return mask(value) if isinstance(value, str) else value
        if position in self.personal and line > self.header.stop - 1:
            return BLANKED
        if isinstance(value, str):
            text = mask(value)
            return text if line in self.rows else _SIGNED.sub(rf"\1：{BLANKED}", text)
        if isinstance(value, int | float) and not isinstance(value, bool):
            text = f"{value:.0f}"
            return value if mask(text) == text else mask(text)
        return value

    def is_signed(self, line: int, texts: list[Any]) -> bool:
        """Is the line no row, and does it name who filled in or signed?"""
        outside = line not in self.rows and line not in self.header
        return outside and any(isinstance(text, str) and _SIGNED.search(text) for text in texts)


def hang_curtain(header: Header, sheet: ParsedSheet, first_row: int, *, named_apart: bool) -> Curtain:
    """The curtain of a parsed sheet whose first line is number `first_row`."""
    personal = {
        position for position, labels in header.extra.items()
        if is_personal_header([form for label in labels for form in normalise(label)])
    }  # fmt: skip
    lines = range(0) if named_apart else range(first_row + header.first, first_row + header.last + 1)
    return Curtain(frozenset(personal), frozenset(sheet.frame["row"]), lines)
