"""The messages themselves: a search over their words, and the newest ones found. Every text is escaped, none is markup."""

import re

import polars as pl

from dashboard.answers.messages import search_messages, split_words
from dashboard.i18n import format as fmt
from dashboard.i18n import text
from dashboard.pages import counts
from dashboard.pages.feedback_scope import LONGEST, WORDS, find_messages
from dashboard.pages.markup import esc, link, table
from dashboard.pages.panel import draw, name_ledger, say_empty
from dashboard.pages.view import View
from pipelines.contracts import codes

SHOWN = 20
HEAD = ("day", "region", "kind", "theme", "status", "action", "text")


def find_texts(view: View) -> pl.DataFrame:
    """The messages found, the newest first."""
    return search_messages(find_messages(view), split_words(view.state.settings.get(WORDS.key)))


def draw_texts(view: View) -> None:
    """The panel of the search and its list."""
    lang, found, query = view.lang, find_texts(view), view.state.settings.get(WORDS.key) or ""
    key = "title_found" if query else "title"
    title = text(f"feedback.texts.{key}", lang, n=f"{found.height:,}", query=query)
    sub = text("feedback.texts.sub", lang, period=fmt.period(view.period.first, view.period.last, lang), n=SHOWN)
    head = [esc(text(f"feedback.head.{k}", lang)) for k in HEAD]
    words = split_words(query)
    rows = [_describe(view, r, words) for r in found.head(SHOWN).to_dicts()]
    listed = f'<div class="scroll">{table(head, rows, "data texts", numbers_from=99)}</div>' if rows else _say_none(view, query)
    panel = counts.panel_of(
        view, "feedback.texts", "texts", title, sub, origin=name_ledger("feedback", lang), rows=listed if rows else "",
        note=text("feedback.texts.masked", lang),
    )  # fmt: skip
    draw(view, panel, write_search(view, query) + listed)


def write_search(view: View, query: str) -> str:
    """HTML of the search box: a form whose address is the view, so that it works without the script too."""
    lang = view.lang
    held = view.params(settings=view.state.with_setting(WORDS.key, None).settings)
    hidden = "".join(f'<input type="hidden" name="{esc(k)}" value="{esc(v)}">' for k, v in held.items())
    label = esc(text("feedback.texts.label", lang))
    clear = link(text("feedback.texts.clear", lang), view.href(settings=view.state.with_setting(WORDS.key, None).settings))
    return (
        f'<form class="find" data-in action="./{esc(view.page)}" method="get" role="search">{hidden}'
        f'<input type="search" name="{WORDS.key}" value="{esc(query)}" maxlength="{LONGEST}" aria-label="{label}" '
        f'placeholder="{label}"><button type="submit">{esc(text("feedback.texts.search", lang))}</button>'
        f'{clear if query else ""}</form>'
    )


def mark_words(content: str, words: tuple[str, ...]) -> str:
    """HTML of a text with the words that were looked for marked; the text is escaped piece by piece."""
    if not words:
        return esc(content)
    pattern = re.compile("|".join(re.escape(w) for w in sorted(words, key=len, reverse=True)), re.IGNORECASE)
    pieces, done = [], 0
    for match in pattern.finditer(content):
        pieces += [esc(content[done : match.start()]), f"<mark>{esc(match.group())}</mark>"]
        done = match.end()
    return "".join((*pieces, esc(content[done:])))


def _describe(view: View, row: dict[str, object], words: tuple[str, ...]) -> list[str]:
    lang = view.lang
    status = codes.FEEDBACK_STATUS.label(str(row["status"]), lang)
    took = text("feedback.texts.days", lang, n=row["days"]) if row["days"] is not None else ""
    action = codes.ACTION.label(str(row["action"]), lang) if row["action"] and row["status"] == "closed" else "–"
    return [
        esc(f"{row['submitted_at']:%Y-%m-%d}"), esc(view.name(str(row["region_code"]))),
        esc(codes.FEEDBACK_KIND.label(str(row["kind"]), lang)), esc(codes.THEME.label(str(row["theme"]), lang)),
        esc(status + took), esc(action), mark_words(str(row["text"] or ""), words),
    ]  # fmt: skip


def _say_none(view: View, query: str) -> str:
    key = "feedback.texts.not_found" if query else "feedback.texts.none"
    return say_empty("0", text(key, view.lang, query=query))
