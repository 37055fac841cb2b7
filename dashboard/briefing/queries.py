"""The question behind a chart or a sentence of a deck, and how it is written into the file: one line, `burden:trend?…`.

The line is what a refresh reads, so it holds everything that the answer depends on but the data themselves. It is short
enough for a shape's name, which is the one carrier that every program keeps (docs/adr).
"""

from dataclasses import dataclass, replace
from typing import Final, Literal, get_args
from urllib.parse import unquote

from dashboard.answers import Request
from dashboard.i18n import Lang
from pipelines.contracts import months

SCHEME: Final = "burden:"
PROVINCE: Final = "410000"
YEAR_TO_DATE, QUARTER = "ytd", "q"
HISTORY: Final = 24
Comparison = Literal["year", "before", "none"]
_ESCAPED: Final = {c: f"%{ord(c):02X}" for c in "%&=;?[]\n\t"}


@dataclass(frozen=True)
class Query:
    """What is shown, of where and when.

    `subject`: the kind of chart or sentence. `span`: how the period follows a new month: `1`, `3`, `12` months that end with
    it, `q` the same as `3` (told apart only where a deck picks its own month), `ytd` from January. `history`: months of a
    trend up to `last`. `wording`: an outline's own text with its `{slots}`. `snapshot`: the one that the numbers came from.
    """

    subject: str
    indicators: tuple[str, ...]
    region: str = PROVINCE
    first: int = 0
    last: int = 0
    span: str = "1"
    history: int = HISTORY
    by: str | None = None
    where: tuple[tuple[str, str], ...] = ()
    compare: Comparison = "year"
    lang: Lang = "zh"
    snapshot: str = ""
    wording: str = ""

    @property
    def indicator(self) -> str:
        """The first indicator."""
        return self.indicators[0]

    @property
    def trend_from(self) -> int:
        """First month of the history."""
        return months.shift(self.last, 1 - self.history)

    def earlier(self) -> tuple[int, int] | None:
        """The period compared with."""
        if self.compare == "none":
            return None
        back = -12 if self.compare == "year" else -len(months.span(self.first, self.last))
        return months.shift(self.first, back), months.shift(self.last, back)

    def moved(self, last: int) -> "Query":
        """The same question about the period that ends with that month."""
        return replace(self, first=start_of(self.span, last), last=last)

    def about(self, subject: str, wording: str = "") -> "Query":
        """The same question for another part of the slide."""
        return replace(self, subject=subject, wording=wording)

    def request(self, indicator: str | None = None, *, by: str | None = None, compare: bool = False,
                rank: bool = False, share: bool = False) -> Request:  # fmt: skip
        """A request about the period."""
        earlier = self.earlier() if compare else None
        return Request(
            indicator or self.indicator, self.region, self.first, self.last, by, self.where,
            "year" if earlier and self.compare == "year" else earlier, share, "change" if rank else None,
        )  # fmt: skip


def start_of(span: str, last: int) -> int:
    """First month of the period of that span which ends with `last`."""
    if span == YEAR_TO_DATE:
        return last // 100 * 100 + 1
    return months.shift(last, 1 - (3 if span == QUARTER else int(span)))


@dataclass(frozen=True)
class Tie:
    """A query as it stands in a deck, with what was printed of a sentence.

    `printed`: the numbers as text, in order; `claim`: a mark of the words between them. `companions`: (kind of placeholder, line)
    of the placeholders beside it, whose names LibreOffice drops.
    """

    query: Query
    printed: tuple[str, ...] = ()
    claim: str = ""
    companions: tuple[tuple[str, str], ...] = ()


_KEYS: Final = ("i", "r", "p", "w", "h", "b", "f", "c", "l", "d", "t", "n", "k", "z")


def encode(tie: Tie) -> str:
    """The line of a tie; defaults are left out."""
    query = tie.query
    values = {
        "i": ",".join(query.indicators), "r": query.region, "p": f"{query.first}-{query.last}", "w": query.span,
        "h": str(query.history) if query.history != HISTORY else "", "b": query.by or "",
        "f": ",".join(f"{column}:{code}" for column, code in query.where),
        "c": query.compare if query.compare != "year" else "", "l": query.lang, "d": query.snapshot,
        "t": _escape(query.wording), "n": ";".join(_escape(p) for p in tie.printed), "k": tie.claim,
        "z": ";".join(f"{kind}!{_escape(line)}" for kind, line in tie.companions),
    }  # fmt: skip
    return f"{SCHEME}{query.subject}?" + "&".join(f"{key}={values[key]}" for key in _KEYS if values[key])


def decode(line: str) -> Tie:
    """The tie of a line. Raises ValueError where it is not one."""
    head, mark, tail = line.partition("?")
    if not head.startswith(SCHEME) or not mark:
        raise ValueError(line)
    values = dict(part.partition("=")[::2] for part in tail.split("&"))
    first, _, last = values["p"].partition("-") if "p" in values else ("", "", "")
    filters = [f.partition(":")[::2] for f in values.get("f", "").split(",") if f]
    compare = next((c for c in get_args(Comparison) if c == values.get("c", "year")), None)
    if compare is None or not values.get("i"):
        raise ValueError(line)
    span = values.get("w", "1")
    if span not in (YEAR_TO_DATE, QUARTER) and not (span.isdigit() and 0 < int(span) < 1000):
        raise ValueError(line)
    query = Query(
        head.removeprefix(SCHEME), tuple(values["i"].split(",")), values.get("r", PROVINCE), _month(first), _month(last), span,
        int(values.get("h", HISTORY)), values.get("b") or None, tuple((c, v) for c, v in filters),
        compare, "en" if values.get("l") == "en" else "zh", values.get("d", ""), unquote(values.get("t", "")),
    )  # fmt: skip
    printed = values.get("n")
    beside = [c.partition("!")[::2] for c in values.get("z", "").split(";") if c]
    return Tie(
        query, tuple(unquote(p) for p in printed.split(";")) if printed is not None else (), values.get("k", ""),
        tuple((kind, unquote(line)) for kind, line in beside),
    )  # fmt: skip


def _month(word: str) -> int:
    if len(word) != 6 or not word.isdigit() or not 1 <= int(word[4:]) <= 12:
        raise ValueError(word)
    return int(word)


def _escape(words: str) -> str:
    return "".join(_ESCAPED.get(c, c) for c in words)
