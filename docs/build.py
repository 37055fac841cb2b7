"""Writes the pages of `docs/` that repeat the contracts: `ledgers.md` and `indicators.md`.

    python docs/build.py [FOLDER]

Run by `make docs`; a test says when the pages are behind. Texts of their own do not belong here but in the other pages.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

from pipelines.contracts.breakdowns import CELLS
from pipelines.contracts.codes import CodeList
from pipelines.contracts.errors import REASON_TEXT
from pipelines.contracts.formula import write_formula
from pipelines.contracts.indicators import INDICATORS, Better, Kind
from pipelines.contracts.ledgers import LEDGERS, Column, Ledger

NOTE = "<!-- Written by `make docs` from pipelines/contracts; edit there. -->"


def _table(headers: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    names = list(headers)
    lines = [names, ["---"] * len(names), *rows]
    return ["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines]


def _bounds(column: Column) -> str:
    low = "" if column.minimum is None else f"{column.minimum:g}"
    high = "" if column.maximum is None else f"{column.maximum:g}"
    if low and high:
        return f"{low}–{high}"
    return f"≥ {low}" if low else f"≤ {high}" if high else ""


def _rule(column: Column) -> str:
    parts = [
        _bounds(column),
        f"≤ `{column.at_most}`" if column.at_most else "",
        f"≥ `{column.not_before}`" if column.not_before else "",
        " / ".join(column.region_levels),
        f"[{column.codes.name}](#{column.codes.name})" if column.codes else "",
    ]
    return "; ".join(part for part in parts if part)


def _ledger(ledger: Ledger) -> list[str]:
    rows = (
        (
            f"`{c.name}`", c.zh, "、".join(c.synonyms), c.en, c.type.value, "是 yes" if c.required else "否 no", _rule(c),
        )
        for c in ledger.columns
    )  # fmt: skip
    return [
        f"## {ledger.zh} {ledger.en} · `{ledger.name}`",
        "",
        f"主键 Key: {', '.join(f'`{k}`' for k in ledger.key)} · 发布为 Published as: `{ledger.table}`",
        "",
        *_table(("column", "表头", "又作", "Header", "type", "必填 required", "规则 rule"), rows),
        "",
    ]


def _code_lists() -> list[CodeList]:
    lists = {c.codes.name: c.codes for ledger in LEDGERS.values() for c in ledger.columns if c.codes}
    derived = {b.codes.name: b.codes for cell in CELLS.values() for b in cell.breakdowns}
    return list((lists | derived).values())


def write_ledgers() -> str:
    """The page of ledgers, code lists and reasons for rejection."""
    lines = ["# 台账 Ledgers", "", NOTE, ""]
    for ledger in LEDGERS.values():
        lines += _ledger(ledger)
    lines += ["# 代码表 Code lists", ""]
    for codes in _code_lists():
        rows = ((f"`{e.code}`", e.zh, e.en, "、".join(e.synonyms)) for e in codes.entries)
        lines += [f"## {codes.name}", "", *_table(("code", "中文", "English", "又作"), rows), ""]
    lines += ["# 退回原因 Reasons for rejection", ""]
    rows = ((f"`{reason.value}`", zh, en) for reason, (zh, en) in REASON_TEXT.items())
    return "\n".join([*lines, *_table(("reason", "中文", "English"), rows), ""])


def write_indicators() -> str:
    """The page of indicators, a section a page of the dashboard."""
    better = {Better.LOWER: "↓ lower", Better.HIGHER: "↑ higher", Better.NONE: "– none"}
    lines = ["# 指标 Indicators", "", NOTE, ""]
    for domain in dict.fromkeys(i.domain for i in INDICATORS.values()):
        rows = (
            (
                f"`{i.id}`", f"{i.zh}<br>{i.en}", i.kind.value, i.unit.value, better[i.better],
                "是 yes" if i.ranked else "不排名 withheld", f"{i.definition_zh}<br>{i.definition_en}",
                write_formula(i) or "登记数 register", f"`{i.universe}`" if i.kind is not Kind.REGISTER else "",
            )
            for i in INDICATORS.values() if i.domain is domain
        )  # fmt: skip
        headers = ("id", "名称 name", "kind", "unit", "更好 better", "排名 rank", "定义 definition", "公式 formula",
                   "计入点月 point-months")  # fmt: skip
        lines += [f"## {domain.value}", "", *_table(headers, rows), ""]
    return "\n".join(lines)


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    for name, page in (("ledgers.md", write_ledgers()), ("indicators.md", write_indicators())):
        (folder / name).write_text(page, encoding="utf-8")
