"""Kinds of mutation of text files: encodings, headers, lines that are no rows, cells, corrections, personal data."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from fuzz_submission import File, Line, Maker, Page, Row, Save, T, Try, as_csv, write

from pipelines.contracts.errors import Reason
from pipelines.contracts.ledgers import LEDGERS
from pipelines.ingest.traditional import TRADITIONAL


def _one(page: Page, save: Save = as_csv, name: str = "台账.csv", secrets: tuple[str, ...] = ()) -> Try:
    return Try([File(name, [page], save)], list(secrets))


def _encoding(maker: Maker, encoding: str, mark: bytes = b"") -> Try:
    return _one(maker.page(), lambda pages: mark + as_csv(pages, encoding))


def _separator(maker: Maker, separator: str) -> Try:
    return _one(maker.page(), partial(as_csv, separator=separator), "台账.tsv" if separator == "\t" else "台账.csv")


def line_ends(maker: Maker) -> Try:
    return _one(maker.page(), partial(as_csv, end=maker.random.choice(("\r\n", "\r"))))


def breaks_in_cells(maker: Maker) -> Try:
    page = maker.page(maker.random.choice(("meetings", "documents", "inspections")))
    for line in page.lines[1:]:
        text = f"第一行，{line.row.values['title']}\n第二行, \"引号\""  # type: ignore[union-attr]
        line.cells[page.find("title")] = line.row.values["title"] = text  # type: ignore[union-attr]
    return _one(page)


def title_lines(maker: Maker) -> Try:
    page = maker.page()
    width = len(page.lines[0].cells)
    titles = [["2026年台账", *[""] * (width - 1)], [""] * width, ["填报单位：某某镇", *[""] * (width - 1)]]
    page.lines[:0] = [Line(cells) for cells in titles[: maker.random.randint(1, 3)]]
    return _one(page)


def _header(maker: Maker, words: list[str] | None = None, page: Page | None = None) -> Try:
    page = page or maker.page()
    page.lines[0].cells = words or page.lines[0].cells
    return _one(page)


def header_noise(maker: Maker) -> Try:
    page = maker.page()
    noises = (lambda t: t[:2] + "\n" + t[2:], lambda t: f"* {t}", lambda t: f"{t}：", lambda t: t.replace("(", "\n("),
              lambda t: f"{t}（必填）" if "(" not in t else t, "　".join)  # fmt: skip
    return _header(maker, [maker.random.choice(noises)(cell) for cell in page.lines[0].cells], page)


def header_traditional(maker: Maker) -> Try:
    page = maker.page()
    back = str.maketrans({new: old for old, new in TRADITIONAL.items() if ord(old) < 0x10000})
    return _header(maker, [cell.translate(back) for cell in page.lines[0].cells], page)


def _header_in(maker: Maker, attribute: str) -> Try:
    page = maker.page()
    return _header(maker, [getattr(c, attribute) for c in page.ledger.columns], page)


def header_synonyms(maker: Maker) -> Try:
    page = maker.page()
    return _header(maker, [maker.random.choice((c.zh, *c.synonyms)) for c in page.ledger.columns], page)


def columns_reordered(maker: Maker) -> Try:
    page = maker.page()
    order = list(range(len(page.lines[0].cells)))
    maker.random.shuffle(order)
    for line in page.lines:
        line.cells = [line.cells[i] for i in order]
    return _one(page)


def _insert(page: Page, at: int, header: str, cells: list[Any]) -> None:
    for line, cell in zip(page.lines, (header, *cells), strict=True):
        line.cells.insert(at, cell)


def extra_column(maker: Maker) -> Try:
    page = maker.page()
    header = maker.random.choice(("序号", "备注", "本单位意见"))
    _insert(page, maker.random.randint(0, 3), header, list(range(len(page.rows))))
    page.ignored = (header,)
    return _one(page)


def optional_column_absent(maker: Maker) -> Try:
    page = maker.page(maker.random.choice(("meetings", "staff", "feedback")))
    absent = next(c.name for c in page.ledger.columns if not c.required)
    at = page.find(absent)
    for line in page.lines:
        del line.cells[at]
        if line.row:
            line.row.values[absent] = None
    return _one(page)


def required_column_missing(maker: Maker) -> Try:
    page = maker.page()
    at = page.find(maker.random.choice([c.name for c in page.ledger.columns if c.required]))
    for line in page.lines:
        del line.cells[at]
        line.row = None
    page.refused = Reason.MISSING_COLUMN
    return _one(page)


def header_of_nothing(maker: Maker) -> Try:
    page = maker.page()
    page.lines = [Line([f"指标{i}" for i, _ in enumerate(page.lines[0].cells)]), *(Line(x.cells) for x in page.lines[1:])]
    page.refused = Reason.NO_LEDGER
    return _one(page)


def header_of_two(maker: Maker) -> Try:
    page = maker.page("staff")
    staff = [c.zh for c in LEDGERS["staff"].columns if c.required or c.name == "gender"]
    words = list(dict.fromkeys([*(c.zh for c in LEDGERS["survey"].columns), *staff]))
    maker.random.shuffle(words)
    page.lines = [Line(list(words)), Line(["1"] * len(words))]
    page.refused = Reason.NO_LEDGER
    return _one(page)


def _noise(maker: Maker, *made: list[str], at_end: bool = False) -> Try:
    page = maker.page()
    width = len(page.lines[0].cells)
    for cells in made:
        at = len(page.lines) if at_end else maker.random.randint(1, len(page.lines) - 1)
        page.lines.insert(at, Line((cells + [""] * width)[:width] if cells else list(page.lines[0].cells)))
    return _one(page)


def footers(maker: Maker) -> Try:
    notes = (["填表人：张三", "审核人：李四"], ["备注：以上数据已核实"], ["单位负责人（盖章）"], ["合计", "", "", "12"])
    return _noise(maker, *maker.random.sample(notes, 2), at_end=True)


def sub_totals(maker: Maker) -> Try:
    return _noise(maker, maker.random.choice((["小计", "", "3"], ["", "", "", "小计"], ["本页合计", "5"], ["合 计"])))


def column_numbers(maker: Maker) -> Try:
    page = maker.page()
    width = len(page.lines[0].cells)
    numbers = [str(i + 1) for i in range(width)]
    marks = (["甲", "乙", *numbers[:-2]], numbers, [f"({n})" for n in numbers])
    page.lines.insert(1, Line(list(maker.random.choice(marks))))
    return _one(page)


def _rewrite(maker: Maker, *types: T, how: Any) -> Try:
    """Every cell of those types written in another way that means the same."""
    page = maker.page()
    for at, column in enumerate(page.ledger.columns):
        if column.type in types:
            for line in page.lines[1:]:
                value = line.row.values[column.name]  # type: ignore[union-attr]
                line.cells[at] = line.cells[at] if value is None else how(maker, column, value)
    return _one(page)


def _full_width(_: Maker, column: Any, value: Any) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalnum() else c for c in write(column, value))


def _spaces(maker: Maker, column: Any, value: Any) -> str:
    return maker.random.choice(("　{}", "\u00a0{} ", " {}\u200b", "\ufeff{}　")).format(write(column, value))


def _day(maker: Maker, _: Any, day: Any) -> str:
    if isinstance(day, datetime):
        chinese = f"{day.year}年{day.month}月{day.day}日 {day:%H:%M}"
        return maker.random.choice((f"{day:%Y/%m/%d %H:%M}", f"{day:%Y-%m-%dT%H:%M:%S}", chinese))
    if isinstance(day, int):
        year, month = divmod(day, 100)
        return maker.random.choice((f"{year}年{month}月", f"{day}", f"{year}/{month}", f"{year}-{month:02d}-15", f"{day}.0"))
    return maker.random.choice((
        f"{day.year}/{day.month}/{day.day}", f"{day.year}.{day.month}.{day.day}", f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}", f"{day} 00:00:00", f"{day} 09:30", str((day - date(1899, 12, 30)).days),
    ))  # fmt: skip


def _boolean(maker: Maker, _: Any, value: bool) -> str:
    return maker.random.choice(("是", "有", "√", "1", "TRUE", "Y", "１") if value else ("否", "无", "×", "0", "False", "n", "０"))


def _number(maker: Maker, _: Any, value: int) -> str:
    return maker.random.choice((f"{value:,}", f"{value}.0", f"{value:,}.00", f" {value} "))


def _spoil(maker: Maker, reason: Reason, types: tuple[T, ...], texts: tuple[str, ...]) -> Try:
    page, line, column = maker.page_with(*types)
    line.cells[page.find(column.name)] = maker.random.choice(texts)
    line.row.reject(reason)  # type: ignore[union-attr]
    return _one(page)


def _spoil_point(maker: Maker, reason: Reason, text: str) -> Try:
    return _spoil(maker, reason, (T.POINT,), (text,))


def future_date(maker: Maker) -> Try:
    page = maker.page(maker.random.choice(("meetings", "documents", "inspections")))
    line = page.lines[1]
    first = next(c for c in page.ledger.columns if c.type is T.DATE)
    line.cells[page.find(first.name)] = f"{date(2026, 12, 1) + timedelta(days=maker.random.randrange(300))}"
    if "end_date" in line.row.values:  # type: ignore[union-attr]
        line.cells[page.find("end_date")] = "2028-01-01"
    line.row.reject(Reason.FUTURE_DATE)  # type: ignore[union-attr]
    return _one(page)


def two_column_rule(maker: Maker) -> Try:
    page = maker.page(maker.random.choice(("meetings", "inspections")))
    line = page.lines[1]
    if page.ledger.name == "meetings":
        line.cells[page.find("accompanying")] = str(line.row.values["attendees"] + 1)  # type: ignore[union-attr]
    else:
        line.cells[page.find("end_date")] = "2025-12-31"
    line.row.reject(Reason.OUT_OF_RANGE)  # type: ignore[union-attr]
    return _one(page)


def duplicate_in_file(maker: Maker) -> Try:
    page = maker.page()
    line = maker.random.choice(page.lines[1:])
    page.lines.append(Line(list(line.cells), Row(line.row.values, "duplicate")))  # type: ignore[union-attr]
    return _one(page)


def conflict_in_file(maker: Maker) -> Try:
    page = maker.page(maker.random.choice(("meetings", "inspections", "feedback")))
    line = page.lines[1]
    page.lines.append(Line(list(line.cells), Row({})))
    text = "text" if page.ledger.name == "feedback" else "title"
    page.lines[-1].cells[page.find(text)] = "另一个标题"
    for at in (1, -1):
        page.lines[at].row.reject(Reason.CONFLICTING_KEY)  # type: ignore[union-attr]
    return _one(page)


def _later(maker: Maker, *, cells: str | None, spoiled: bool = False) -> Try:
    """A second file, a minute later, with the first's rows; `cells`: what its titles say instead."""
    page = maker.page(maker.random.choice(("meetings", "inspections")))
    again = [Line(list(line.cells), Row(dict(line.row.values))) for line in page.lines[1:] if line.row]
    for old, new in zip(page.lines[1:], again, strict=True):
        if cells is not None:
            new.cells[page.find("title")] = new.row.values["title"] = cells  # type: ignore[union-attr]
        if spoiled:
            new.cells[page.find("planned")] = "也许"
            new.row.reject(Reason.BAD_BOOLEAN)  # type: ignore[union-attr]
        elif cells is None:
            new.row.fate = "duplicate"  # type: ignore[union-attr]
        else:
            old.row.fate = "superseded"  # type: ignore[union-attr]
    later = Page(page.ledger, [Line(list(page.lines[0].cells)), *again])
    return Try([File("b_初报.csv", [page], as_csv), File("a_更正.csv", [later], as_csv, minute=1)])


def personal_text(maker: Maker, kind: str) -> Try:
    page = maker.page(maker.random.choice(("meetings", "documents", "inspections", "feedback")))
    name = "text" if page.ledger.name == "feedback" else "title"
    number, mark = (maker.mobile(), "[手机号]") if kind == "mobile" else (maker.id_card(), "[身份证号]")
    line = page.lines[1]
    line.cells[page.find(name)] = f"请联系{maker.disguise(number)}，谢谢"
    line.row.values[name] = f"请联系{mark}，谢谢"  # type: ignore[union-attr]
    return _one(page, secrets=(number,))


def personal_key(maker: Maker) -> Try:
    page = maker.page("staff")
    number = maker.random.choice((maker.mobile(), maker.id_card()))
    line = page.lines[1]
    line.cells[page.find("person_id")] = maker.disguise(number)
    line.row.reject(Reason.PERSONAL_DATA)  # type: ignore[union-attr]
    return _one(page, secrets=(number,))


def personal_column(maker: Maker) -> Try:
    page = maker.page()
    header = maker.random.choice(("姓名", "身份证号", "联系电话", "手机号码", "负责人姓名"))
    numbers = [maker.mobile() for _ in page.rows]
    _insert(page, maker.random.randint(0, 3), header, [f"王某{n}" for n in numbers])
    page.dropped = (header,)
    return _one(page, secrets=tuple(numbers))


def personal_names(maker: Maker) -> Try:
    page, numbers = maker.page(), [maker.mobile(), maker.mobile(), maker.id_card()]
    _insert(page, 2, f"联络{maker.disguise(numbers[0])}", [""] * len(page.rows))
    page.dropped, page.ignored = (), ("",)
    return _one(page, name=f"台账 {numbers[1]} {numbers[2]}.csv", secrets=tuple(numbers))


DATES, NUMBERS = (T.DATE, T.MONTH), (T.INTEGER,)
KINDS = {
    "utf-8": partial(_encoding, encoding="utf-8"),
    "utf-8 with mark": partial(_encoding, encoding="utf-8-sig"),
    "gb18030": partial(_encoding, encoding="gb18030"),
    "utf-16-le with mark": partial(_encoding, encoding="utf-16-le", mark=b"\xff\xfe"),
    "utf-16-be with mark": partial(_encoding, encoding="utf-16-be", mark=b"\xfe\xff"),
    "utf-16-le bare": partial(_encoding, encoding="utf-16-le"),
    "utf-16-be bare": partial(_encoding, encoding="utf-16-be"),
    "tabs": partial(_separator, separator="\t"),
    "semicolons": partial(_separator, separator=";"),
    "line ends": line_ends,
    "line breaks in cells": breaks_in_cells,
    "title lines": title_lines,
    "header noise": header_noise,
    "header traditional": header_traditional,
    "header canonical": partial(_header_in, attribute="name"),
    "header English": partial(_header_in, attribute="en"),
    "header synonyms": header_synonyms,
    "columns reordered": columns_reordered,
    "extra column": extra_column,
    "optional column absent": optional_column_absent,
    "required column missing": required_column_missing,
    "header of no ledger": header_of_nothing,
    "header of two ledgers": header_of_two,
    "header repeated": lambda maker: _noise(maker, [], []),
    "blank lines": lambda maker: _noise(maker, [" "], ["　"]),
    "sub-totals": sub_totals,
    "footers": footers,
    "column numbers": column_numbers,
    "full width": lambda m: _rewrite(m, *NUMBERS, *DATES, T.POINT, how=_full_width),
    "odd spaces": lambda m: _rewrite(m, *NUMBERS, *DATES, T.POINT, T.CODE, T.BOOLEAN, how=_spaces),
    "styles of days": lambda m: _rewrite(m, *DATES, T.TIMESTAMP, how=_day),
    "styles of booleans": lambda m: _rewrite(m, T.BOOLEAN, how=_boolean),
    "styles of numbers": lambda m: _rewrite(m, T.INTEGER, how=_number),
    "ambiguous date": lambda m: _spoil(m, Reason.AMBIGUOUS_DATE, DATES, ("03/04/2026", "26-03-04", "5.6.2026", "1/2/26")),
    "bad date": lambda m: _spoil(m, Reason.BAD_DATE, DATES, ("2026-02-30", "昨天", "2026-13-01", "13/14/2026", "#N/A")),
    "bad number": lambda m: _spoil(m, Reason.BAD_NUMBER, NUMBERS, ("十二", "87.5", "12人", "#VALUE!", "1e3", "--")),
    "bad boolean": lambda m: _spoil(m, Reason.BAD_BOOLEAN, (T.BOOLEAN,), ("也许", "2", "是否", "OK")),
    "not in list": lambda m: _spoil(m, Reason.NOT_IN_LIST, (T.CODE,), ("国家", "某某", "？", "99")),
    "out of range": lambda m: _spoil(m, Reason.OUT_OF_RANGE, NUMBERS, ("-1", "-20", "－３")),
    "missing value": lambda m: _spoil(m, Reason.MISSING_VALUE, (T.BOOLEAN, T.INTEGER), ("", "  ", "　")),
    "missing key": lambda m: _spoil(m, Reason.MISSING_KEY, (T.TEXT,), ("", " ", "\u200b")),
    "scientific id": lambda m: _spoil(m, Reason.BAD_NUMBER, (T.TEXT,), ("1.38E+10", "4.1E+17", "1E5", "2.5e+11")),
    "unknown point": lambda m: _spoil_point(m, Reason.UNKNOWN_POINT, "P404"),
    "point not active": lambda m: _spoil_point(m, Reason.POINT_INACTIVE, "P2"),
    "future date": future_date,
    "two-column rule": two_column_rule,
    "duplicate in the file": duplicate_in_file,
    "conflict in the file": conflict_in_file,
    "sent twice": partial(_later, cells=None),
    "corrected later": partial(_later, cells="更正后的标题"),
    "correction rejected": partial(_later, cells="更正后的标题", spoiled=True),
    "mobile in text": partial(personal_text, kind="mobile"),
    "ID card in text": partial(personal_text, kind="id"),
    "number as a person": personal_key,
    "personal column": personal_column,
    "numbers in names": personal_names,
}
