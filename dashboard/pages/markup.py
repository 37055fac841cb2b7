"""Small pieces of HTML, with every value escaped; no page knows how a link, a menu or a table is written.

Text from data reaches the page through `esc` alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape as esc

__all__ = ["Item", "esc", "link", "menu", "pill", "popover", "table"]


@dataclass(frozen=True)
class Item:
    """An entry of a menu: its words, its address, and whether it is the one in force."""

    label: str
    href: str
    current: bool = False


def link(label: str, href: str, css: str = "", *, current: bool = False, spoken: str = "") -> str:
    """A link inside the dashboard: a true address, followed without loading the frame anew.

    `spoken`: what a screen reader says, where the label alone does not tell where it leads.
    """
    mark = ' aria-current="true"' if current else ""
    style = f' class="{css}"' if css else ""
    return f'<a data-in href="{esc(href)}"{style}{mark}{_spoken(spoken)}>{esc(label)}</a>'


def _spoken(name: str) -> str:
    return f' aria-label="{esc(name)}"' if name else ""


def menu(label: str, shown: str, body: str, name: str) -> str:
    """A labelled box that opens a list; `body` is HTML."""
    return (
        f'<details class="menu" data-menu="{esc(name)}"><summary><span class="lab">{esc(label)}</span>'
        f'<span class="box">{esc(shown)}<i aria-hidden="true">▾</i></span></summary><div class="list">{body}</div></details>'
    )


def items(entries: Iterable[Item]) -> str:
    """The links of a menu, one a line."""
    return "".join(link(e.label, e.href, current=e.current) for e in entries)


def popover(label: str, body: str, css: str = "", *, spoken: str = "") -> str:
    """A word in a panel's title row that opens a box; `body` is HTML, `spoken` what a screen reader says for the word."""
    return (
        f'<details class="pop {css}"><summary{_spoken(spoken)}>{esc(label)}</summary>'
        f'<div class="body" tabindex="0">{body}</div></details>'
    )


def pill(word: str, reason: str = "", css: str = "") -> str:
    """A judgement or a kind of absence in a word, and its reason."""
    why = f' <span class="why">{esc(reason)}</span>' if reason else ""
    return f'<span class="{f"pill {css}".strip()}">{esc(word)}</span>{why}'


def table(head: Sequence[str], rows: Iterable[Sequence[str]], css: str = "data", *, numbers_from: int = 1) -> str:
    """A table of ready HTML cells; from column `numbers_from` on, cells are right-aligned figures.

    The cells of the first row and column are headings; an empty one heads nothing.
    """
    def cells(row: Sequence[str], scope: str) -> str:
        return "".join(
            _cell(cell, scope if cell and (scope == "col" or i == 0) else "", "" if i < numbers_from else " class=num")
            for i, cell in enumerate(row)
        )

    body = "".join(f"<tr>{cells(row, 'row')}</tr>" for row in rows)
    return f'<table class="{css}"><thead><tr>{cells(head, "col")}</tr></thead><tbody>{body}</tbody></table>'


def _cell(content: str, scope: str, css: str) -> str:
    return f'<th scope="{scope}"{css}>{content}</th>' if scope else f"<td{css}>{content}</td>"
