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


def link(label: str, href: str, css: str = "", *, current: bool = False) -> str:
    """A link inside the dashboard: a true address, followed without loading the frame anew."""
    mark = ' aria-current="true"' if current else ""
    style = f' class="{css}"' if css else ""
    return f'<a data-in href="{esc(href)}"{style}{mark}>{esc(label)}</a>'


def menu(label: str, shown: str, body: str, name: str) -> str:
    """A labelled box that opens a list; `body` is HTML."""
    return (
        f'<details class="menu" data-menu="{esc(name)}"><summary><span class="lab">{esc(label)}</span>'
        f'<span class="box">{esc(shown)}<i aria-hidden="true">▾</i></span></summary><div class="list">{body}</div></details>'
    )


def items(entries: Iterable[Item]) -> str:
    """The links of a menu, one a line."""
    return "".join(link(e.label, e.href, current=e.current) for e in entries)


def popover(label: str, body: str, css: str = "") -> str:
    """A word in a panel's title row that opens a box; `body` is HTML."""
    return (
        f'<details class="pop {css}"><summary>{esc(label)}</summary><div class="body" tabindex="0">{body}</div></details>'
    )


def pill(word: str, reason: str = "", css: str = "") -> str:
    """A judgement or a kind of absence in a word, and its reason."""
    why = f' <span class="why">{esc(reason)}</span>' if reason else ""
    return f'<span class="{f"pill {css}".strip()}">{esc(word)}</span>{why}'


def table(head: Sequence[str], rows: Iterable[Sequence[str]], css: str = "data", *, numbers_from: int = 1) -> str:
    """A table of ready HTML cells; from column `numbers_from` on, cells are right-aligned figures."""
    def cells(row: Sequence[str], tag: str) -> str:
        first = "th scope=\"row\"" if tag == "td" else "th scope=\"col\""
        return "".join(
            f'<{first if tag == "th" or i == 0 else tag}{"" if i < numbers_from else " class=num"}>{cell}'
            f"</{'th' if tag == 'th' or i == 0 else tag}>"
            for i, cell in enumerate(row)
        )

    body = "".join(f"<tr>{cells(row, 'td')}</tr>" for row in rows)
    return f'<table class="{css}"><thead><tr>{cells(head, "th")}</tr></thead><tbody>{body}</tbody></table>'
