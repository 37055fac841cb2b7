"""What stands in a written template: drop-downs, ranges, text columns, on every row that can be filled in."""

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from pipelines.contracts.ledgers import LEDGERS, ColumnType
from pipelines.contracts.policy import DueDays
from pipelines.forms.templates import FORM_ROWS, find_ledgers, write_templates

NUMBERS = {ColumnType.INTEGER: "whole", ColumnType.NUMBER: "decimal"}


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    written = write_templates(find_ledgers([]), tmp_path_factory.mktemp("forms"), DueDays(), "en")
    return dict(zip(LEDGERS, map(openpyxl.load_workbook, written), strict=True))


def list_rules(book, ledger):
    """Column → its validation, read back from the file."""
    rules = {str(rule.sqref): rule for rule in book[ledger.zh].data_validations.dataValidation}
    letters = [get_column_letter(k) for k in range(1, len(ledger.columns) + 1)]
    return {c.name: rules[f"{x}2:{x}{FORM_ROWS + 1}"] for x, c in zip(letters, ledger.columns, strict=True)}


@pytest.mark.parametrize("ledger", LEDGERS.values(), ids=LEDGERS)
def test_drop_downs_hold_the_words_of_the_code_lists(books, ledger):
    rules = list_rules(books[ledger.name], ledger)
    for column in ledger.columns:
        if column.codes or column.type is ColumnType.BOOLEAN:
            words = [e.zh for e in column.codes.entries] if column.codes else ["是", "否"]
            rule = rules[column.name]
            assert (rule.type, rule.formula1, rule.errorStyle) == ("list", f'"{",".join(words)}"', None)


@pytest.mark.parametrize("ledger", LEDGERS.values(), ids=LEDGERS)
def test_numbers_have_their_range_and_codes_are_text(books, ledger):
    rules, sheet = list_rules(books[ledger.name], ledger), books[ledger.name][ledger.zh]
    for k, column in enumerate(ledger.columns, start=1):
        rule = rules[column.name]
        if column.type in NUMBERS:
            assert (rule.type, float(rule.formula1)) == (NUMBERS[column.type], column.minimum or 0)
            if column.maximum is not None and not column.at_most:
                assert float(rule.formula2) == column.maximum
        if column.type in (ColumnType.TEXT, ColumnType.POINT, ColumnType.MONTH, ColumnType.REGION):
            assert sheet.column_dimensions[get_column_letter(k)].number_format == "@"


def test_a_number_bound_by_another_column_names_its_cell(books):
    rule = list_rules(books["meetings"], LEDGERS["meetings"])["accompanying"]
    attendees = [c.name for c in LEDGERS["meetings"].columns].index("attendees")
    assert rule.formula2 == f"{get_column_letter(attendees + 1)}2"


def test_the_drop_down_of_regions_ends_where_the_list_of_codes_ends(books):
    rule = list_rules(books["frame"], LEDGERS["frame"])["city_code"]
    page, area = rule.formula1.split("!")
    cells = books["frame"][page.strip("'")][area.replace("$", "")]
    codes = [row[0].value for row in cells]
    assert (len(codes), codes[0], codes[-1]) == (18, "410100", "419001")
