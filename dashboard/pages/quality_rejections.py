"""Rejected rows: reasons by sender, and the files that go back with the list of their bad cells."""

import hashlib
import math

import polars as pl

from dashboard.answers.quality import count_rejections, list_files, list_rejected
from dashboard.charts.palette import MISSING, is_dark
from dashboard.i18n import text
from dashboard.pages.markup import esc, table
from dashboard.pages.panel import draw, name_ledger, say_empty
from dashboard.pages.quality_scope import UNPLACED, Register, name_parts, say_origin, scope_of, write_rows
from dashboard.pages.view import View
from pipelines.contracts.errors import REASON_WORDS, Reason
from pipelines.contracts.ledgers import LEDGERS

FILES_SHOWN = 9
KEY_LENGTH = 12
RETURN_COLUMNS = ("file", "sheet", "row", "column", "value", "explanation")


def find_reasons(view: View) -> pl.DataFrame:
    """Rejected rows by reason and part."""
    return count_rejections(view.snapshot, scope_of(view, parts=True), view.parts)


def name_reason(view: View, reason: str) -> str:
    """A reason in a few words."""
    zh, en = REASON_WORDS[Reason(reason)]
    return zh if view.lang == "zh" else en


def draw_reasons(view: View) -> None:
    """The panel of reasons by sender."""
    lang, frame = view.lang, find_reasons(view)
    totals = frame.group_by("reason").agg(pl.col("rows").sum()).sort(["rows", "reason"], descending=[True, False])
    rows = int(frame["rows"].sum())
    if not rows:
        title, body, listed = text("quality.rejected.title_none", lang), _say_none(view), ""
    else:
        title = text("quality.rejected.title", lang, rows=f"{rows:,}", reason=name_reason(view, totals["reason"][0]))
        body = _write_heat(view, frame, totals)
        listed = write_rows(view, ("reason", "rows"), [[name_reason(view, r), f"{n:,}"] for r, n in totals.iter_rows()])
    sub = text(f"quality.rejected.sub_{view.parts}", lang)
    panel = Register("reasons", "rejected", title, sub, say_origin(view, "quarantine"), listed).panel(view)
    draw(view, panel, body)


def _say_none(view: View) -> str:
    return say_empty(text("quality.rejected.none", view.lang), text("quality.rejected.none_means", view.lang))


def _write_heat(view: View, frame: pl.DataFrame, totals: pl.DataFrame) -> str:
    """Reasons × parts as a table; cells darken with the square root of their rows: one large one must not hide the rest."""
    lang, groups = view.lang, frame["group"].unique().to_list()
    names = name_parts(view, [*view.part_codes, *([None] if None in groups else [])])
    names = {c: n for c, n in names.items() if c == UNPLACED or c in groups or view.is_province}
    names |= {UNPLACED: text("quality.unknown_sender", lang)} if UNPLACED in names else {}
    counts = {(reason, group or UNPLACED): n for reason, group, n in frame.select("reason", "group", "rows").iter_rows()}
    most, largest = max(counts.values()), int(totals["rows"].max())  # type: ignore[arg-type]
    head = [esc(text("quality.column.reason", lang)), *(f'<span class="up">{esc(n)}</span>' for n in names.values())]
    head.append(esc(text("quality.column.total", lang)))
    body = [
        [esc(name_reason(view, reason)), *(_cell(counts.get((reason, c), 0), most) for c in names), _bar(n, largest)]
        for reason, n in totals.iter_rows()
    ]
    sums = [sum(n for (_, c), n in counts.items() if c == code) for code in names]
    body.append([f"<b>{esc(text('quality.column.total', lang))}</b>", *(f"<b>{n}</b>" if n else "0" for n in sums),
                 f"<b>{sum(sums):,}</b>"])  # fmt: skip
    return f'<div class="scroll">{table(head, body, "data heat")}</div>'


def _cell(rows: int, most: int) -> str:
    if not rows:
        return '<span class="nil">0</span>'
    colour = MISSING[min(4, int(5 * math.sqrt(rows / (most + 1))))]
    ink = "#fff" if is_dark(colour) else "inherit"
    return f'<span style="background: {colour}; color: {ink}">{rows}</span>'


def _bar(rows: int, most: int) -> str:
    return f'<i class="part" style="width: {44 * rows / most:.0f}px"></i>{rows:,}'


def find_files(view: View) -> pl.DataFrame:
    """Files with anything rejected, the most rows first."""
    return list_files(view.snapshot, scope_of(view))


def key_of(file: str) -> str:
    """The key of a file's list in an address: names may be long and hold any character."""
    return hashlib.sha256(file.encode()).hexdigest()[:KEY_LENGTH]


def find_return(view: View, key: str) -> pl.DataFrame | None:
    """What goes back to the sender of a file (`all`: of every file), a row a bad cell; None where there is no such file."""
    rejected = list_rejected(view.snapshot, scope_of(view))
    if key != "all":
        rejected = rejected.filter(pl.col("file").is_in([f for f in rejected["file"].unique() if key_of(f) == key]))
    if rejected.is_empty():
        return None
    headers = [
        LEDGERS[ledger].column(column).header(view.lang) if ledger and column and _has(ledger, column) else column
        for ledger, column in rejected.select("ledger", "column").iter_rows()
    ]
    shown = rejected.with_columns(
        pl.Series("column", headers, pl.String), explanation=pl.col(f"message_{view.lang}")
    ).select(RETURN_COLUMNS)  # fmt: skip
    return shown.rename({name: text(f"quality.column.{name}", view.lang) for name in RETURN_COLUMNS})


def _has(ledger: str, column: str) -> bool:
    return any(c.name == column for c in LEDGERS[ledger].columns)


def draw_files(view: View) -> None:
    """The panel of files to send back."""
    lang, files = view.lang, find_files(view)
    key = "title" if files.height > 1 else "title_one" if files.height else "title_none"
    title = text(f"quality.files.{key}", lang, n=min(files.height, FILES_SHOWN))
    cells = [_write_file(view, r) for r in files.head(FILES_SHOWN).iter_rows(named=True)]
    head = [esc(text(f"quality.column.{c}", lang)) for c in ("file", "ledger", "rejected", "main_reason", "received", "list")]
    body = f'<div class="scroll">{table(head, cells, "data files", numbers_from=9)}</div>' if files.height else _say_none(view)
    under = ""
    if files.height:
        link = _link(view, "all", text("quality.files.all", lang, n=f"{files['rows'].sum():,}"))
        whole = files.filter(pl.col("rows") == 0).height
        said = esc(text(f"quality.files.more{'_whole' if whole else ''}", lang, n=files.height, whole=whole))
        under = f'<p class="remark files">{said} {link}<br>{esc(text("quality.files.chase", lang))}</p>'
    everything = table(head, [_write_file(view, r) for r in files.iter_rows(named=True)], numbers_from=9)
    panel = Register("files", "files", title, text("quality.files.sub", lang), say_origin(view, "quarantine"), everything)
    draw(view, panel.panel(view), body, under=under)


def _write_file(view: View, row: dict[str, object]) -> list[str]:
    lang, file = view.lang, str(row["file"])
    rows, received = int(str(row["rows"])), row["received"]
    reason = name_reason(view, str(row["reason"]))
    return [
        f'<span title="{esc(file)}">{esc("/".join(file.split("/")[-2:]))}</span>',
        esc(name_ledger(str(row["ledger"]), lang)) if row["ledger"] else "–",
        f"{rows:,}" if rows else esc(text("quality.files.whole", lang)),
        esc(f"{reason} {row['reason_rows']}" if rows else reason),
        f"{received:%Y-%m-%d}" if received is not None else "–",
        _link(view, key_of(file), text("quality.files.list", lang)),
    ]


def _link(view: View, key: str, label: str) -> str:
    return f'<a href="{esc(view.file(f"return-{key}"))}" download data-return="{esc(key)}">{esc(label)}</a>'
