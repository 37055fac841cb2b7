"""Templates: one fill-in workbook a ledger. The form holds its header alone; the example stands with the instructions,
so that nothing but what people fill in can ever be loaded."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from pipelines.conform import Divisions, read_divisions
from pipelines.contracts.errors import BurdenError, RequestError
from pipelines.contracts.ledgers import LEDGERS, ColumnType, Ledger
from pipelines.contracts.pages import INSTRUCTIONS, INSTRUCTIONS_EN, OWN_PAGES, REGIONS
from pipelines.contracts.policy import DueDays
from pipelines.forms.meanings import say_meaning
from pipelines.forms.notices import list_advice
from pipelines.forms.rules import TEXT_FORMAT, choose_format, make_example, make_validation, say_rule

FORM_ROWS = 5000
_REQUIRED, _OPTIONAL, _LINE = "#1F4E79", "#DDEBF7", "#9DB4CC"
_TABLE = {"zh": ("列名", "填写要求", "含义", "规则与可填的词", "填写示例"),
          "en": ("Header", "Required?", "Meaning", "Rule and allowed words", "Example")}  # fmt: skip
_WIDTHS = (20, 13, 38, 52, 24)
_FIRST_CODE = 3
_A4 = 9


def find_ledgers(names: Sequence[str]) -> list[Ledger]:
    """The ledgers of canonical or Chinese names, all without names. Raises RequestError."""
    known = {word: ledger for ledger in LEDGERS.values() for word in (ledger.name, ledger.zh, ledger.zh.removesuffix("台账"))}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise RequestError(
            f"没有台账“{unknown[0]}”；可选：{'、'.join(ledger.zh for ledger in LEDGERS.values())}。",
            f"There is no ledger “{unknown[0]}”; choose from {', '.join(LEDGERS)}.",
        )
    return list(dict.fromkeys(known[name] for name in names)) if names else list(LEDGERS.values())


def write_templates(ledgers: Iterable[Ledger], folder: Path, due: DueDays, lang: str) -> list[Path]:
    """One workbook a ledger in the folder. `lang` en adds English instructions. Raises BurdenError."""
    divisions = read_divisions()
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for ledger in ledgers:
            path = folder / f"{ledger.zh}.xlsx"
            _write(path, ledger, due, lang, divisions)
            written.append(path)
    except (OSError, xlsxwriter.exceptions.XlsxFileError) as error:
        raise BurdenError(
            f"模板无法写入“{folder}”；请检查路径、磁盘空间与权限，并关闭已打开的模板。",
            f"Templates cannot be written to “{folder}”; check the path, disk space and permissions, close open ones.",
        ) from error
    return written


def _write(path: Path, ledger: Ledger, due: DueDays, lang: str, divisions: Divisions) -> None:
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": f"{ledger.zh}模板"})
        languages = ("zh", "en") if lang == "en" else ("zh",)
        guides = {name: book.add_worksheet(INSTRUCTIONS if name == "zh" else INSTRUCTIONS_EN) for name in languages}
        form = book.add_worksheet(ledger.zh)
        regions = ""
        if any(c.type is ColumnType.REGION for c in ledger.columns):
            regions = _write_regions(book, ledger, divisions)
        for name, guide in guides.items():
            _write_guide(book, guide, ledger, due, name)
        _write_form(book, form, ledger, regions)
        form.activate()


def _write_form(book: Any, sheet: Any, ledger: Ledger, regions: str) -> None:
    base = {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "border": 1, "border_color": _LINE}
    required = book.add_format({**base, "bg_color": _REQUIRED, "font_color": "#FFFFFF"})
    optional = book.add_format({**base, "bg_color": _OPTIONAL, "font_color": "#1F4E79"})
    sheet.set_row(0, 36)
    sheet.freeze_panes(1, 1)
    for k, column in enumerate(ledger.columns):
        cells = book.add_format({"num_format": choose_format(column)})
        sheet.set_column(k, k, max(12, min(36, 2 * len(column.zh) + 4)), cells)
        sheet.write_string(0, k, column.zh, required if column.required else optional)
        duty = "必填" if column.required else "可不填"
        rule = say_rule(ledger, column, "zh")
        note = f"{duty}。{say_meaning(ledger.name, column.name)[0]}。\n{rule}"
        sheet.write_comment(0, k, note, {"x_scale": 1.6, "y_scale": 1.1})
        validation = make_validation(ledger, column, regions)
        title = column.zh[:32]
        sheet.data_validation(1, k, FORM_ROWS, k, {
            "error_title": title, "error_message": f"{rule}。"[:255], "ignore_blank": True, **validation,
        })  # fmt: skip
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _write_guide(book: Any, sheet: Any, ledger: Ledger, due: DueDays, lang: str) -> None:
    mark = book.add_format({"font_size": 9, "font_color": "#7F7F7F"})
    heading = book.add_format({"bold": True, "font_size": 16, "font_color": _REQUIRED})
    line = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.hide_gridlines(2)
    for k, width in enumerate(_WIDTHS):
        sheet.set_column(k, k, width)
    sheet.write_string(0, 0, OWN_PAGES[sheet.get_name()], mark)
    sheet.merge_range(1, 0, 1, len(_WIDTHS) - 1, ledger.zh if lang == "zh" else f"{ledger.en} ({ledger.zh})", heading)
    sheet.set_row(1, 26)
    row = 2
    for sentence in list_advice(ledger, due, lang):
        sheet.merge_range(row, 0, row, len(_WIDTHS) - 1, sentence, line)
        sheet.set_row(row, 32 if len(sentence) > (75 if lang == "zh" else 150) else 17)
        row += 1
    _write_columns(book, sheet, ledger, row + 1, lang)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)


def _write_columns(book: Any, sheet: Any, ledger: Ledger, top: int, lang: str) -> None:
    edge = {"border": 1, "border_color": _LINE, "text_wrap": True, "valign": "vcenter"}
    head = book.add_format({**edge, "bold": True, "bg_color": _REQUIRED, "font_color": "#FFFFFF", "align": "center"})
    cell = book.add_format(edge)
    duties = ("必填", "可不填") if lang == "zh" else ("Required", "Optional")
    marks = [book.add_format({**edge, "align": "center", "bold": True, "bg_color": "#BDD7EE"}),
             book.add_format({**edge, "align": "center"})]
    example = book.add_format({**edge, "italic": True, "bg_color": "#FFF8E1", "align": "left"})
    formats = {c.type: book.add_format({**edge, "italic": True, "bg_color": "#FFF8E1", "align": "left",
                                        "num_format": choose_format(c)}) for c in ledger.columns}
    sheet.write_row(top, 0, _TABLE[lang], head)
    for k, column in enumerate(ledger.columns, start=top + 1):
        name = column.zh if lang == "zh" else f"{column.zh}\n{column.en}"
        rule = say_rule(ledger, column, lang)
        sheet.write_string(k, 0, name, cell)
        sheet.write_string(k, 1, duties[not column.required], marks[not column.required])
        sheet.write_string(k, 2, say_meaning(ledger.name, column.name)[lang == "en"], cell)
        sheet.write_string(k, 3, rule, cell)
        value = make_example(ledger, column)
        if value is None:
            sheet.write_blank(k, 4, None, example)
        else:
            sheet.write(k, 4, value, formats[column.type])
        long = len(rule) > (28 if lang == "zh" else 56)
        sheet.set_row(k, 48 if len(rule) > 110 else 33 if long or lang == "en" else 20)


def _write_regions(book: Any, ledger: Ledger, divisions: Divisions) -> str:
    """The page of region codes; the range of those that the ledger allows, for drop-downs."""
    levels = next(c.region_levels for c in ledger.columns if c.type is ColumnType.REGION)
    sheet = book.add_worksheet(REGIONS)
    sheet.write_string(0, 0, OWN_PAGES[REGIONS], book.add_format({"font_size": 9, "font_color": "#7F7F7F"}))
    sheet.write_row(_FIRST_CODE - 1, 0, ("代码", "地区名称", "所属地市"), book.add_format({"bold": True, "bg_color": _OPTIONAL}))
    sheet.set_column(0, 0, 14, book.add_format({"num_format": TEXT_FORMAT}))
    sheet.set_column(1, 2, 26)
    named = dict(divisions.frame.select("code", "name").iter_rows())
    rows = [row for row in divisions.frame.iter_rows(named=True) if row["level"] in levels]
    for k, row in enumerate(rows, start=_FIRST_CODE):
        parent = named.get(row["parent_code"], "") if row["level"] == "county" else ""
        sheet.write_row(k, 0, (row["code"], row["name"], parent))
    sheet.freeze_panes(_FIRST_CODE, 0)
    sheet.set_paper(_A4)
    sheet.repeat_rows(_FIRST_CODE - 1)
    return f"='{REGIONS}'!$A${_FIRST_CODE + 1}:$A${_FIRST_CODE + len(rows)}"
