"""Errors that a person reads, and the reasons for which a row is rejected, with their sentences."""

from enum import StrEnum
from typing import Any


class BurdenError(Exception):
    """Something that could not be done: one sentence in each language that says what, where and the mend.

    `exit_code` is that of the command line: 2 could not do it.
    """

    exit_code = 2

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en

    def __reduce__(self) -> tuple[Any, ...]:
        """Both sentences cross from a child process."""
        return _restore, (type(self), self.zh, self.en)

    def sentence(self, lang: str) -> str:
        """The sentence in `zh` or `en`."""
        return self.zh if lang == "zh" else self.en


def _restore(kind: type[BurdenError], zh: str, en: str) -> BurdenError:
    error = kind.__new__(kind)
    BurdenError.__init__(error, zh, en)
    return error


class RequestError(BurdenError):
    """A question that cannot be answered: unknown indicator, region, month, column or word."""


class PublicationHeldError(BurdenError):
    """A refresh that must not be published; the last good snapshot stays.

    `answer` holds the keys of `burden refresh --json` where the rows were counted before it was held back.
    """

    answer: dict[str, Any] | None = None


class WarehouseError(BurdenError):
    """A warehouse without a readable, complete snapshot."""


class WarehouseBusyError(WarehouseError):
    """Another writer is at work in the warehouse."""

    def __init__(self, warehouse: object) -> None:
        super().__init__(
            f"另一个更新正在写入数据仓库“{warehouse}”；请等它结束后再试。",
            f"Another refresh is writing to the warehouse “{warehouse}”; try again when it has finished.",
        )


class Reason(StrEnum):
    """Why a row, a sheet or a file is in quarantine."""

    UNKNOWN_POINT = "unknown_point"
    UNKNOWN_REGION = "unknown_region"
    MISSING_KEY = "missing_key"
    CONFLICTING_KEY = "conflicting_key"
    BAD_DATE = "bad_date"
    BAD_NUMBER = "bad_number"
    BAD_BOOLEAN = "bad_boolean"
    OUT_OF_RANGE = "out_of_range"
    NOT_IN_LIST = "not_in_list"
    MISSING_VALUE = "missing_value"
    AMBIGUOUS_DATE = "ambiguous_date"
    POINT_INACTIVE = "point_inactive"
    FUTURE_DATE = "future_date"
    PERSONAL_DATA = "personal_data"
    UNREADABLE_FILE = "unreadable_file"
    NO_LEDGER = "no_ledger"
    MISSING_COLUMN = "missing_column"


# A reason in a few words, for counts and headings.
REASON_WORDS: dict[Reason, tuple[str, str]] = {
    Reason.UNKNOWN_POINT: ("样本点不在名录", "Unknown point"),
    Reason.UNKNOWN_REGION: ("区划代码不认识", "Unknown region"),
    Reason.MISSING_KEY: ("缺编号，无法识别", "Key missing"),
    Reason.CONFLICTING_KEY: ("编号相同、内容不同", "Same key, different rows"),
    Reason.BAD_DATE: ("日期不合法", "Bad date"),
    Reason.BAD_NUMBER: ("数值不合法", "Bad number"),
    Reason.BAD_BOOLEAN: ("是否项无法判定", "Neither yes nor no"),
    Reason.OUT_OF_RANGE: ("数值超出范围", "Out of range"),
    Reason.NOT_IN_LIST: ("不在选项内", "Not in the list"),
    Reason.MISSING_VALUE: ("必填项为空", "Value missing"),
    Reason.AMBIGUOUS_DATE: ("日期有两种读法", "Ambiguous date"),
    Reason.POINT_INACTIVE: ("样本点未启用", "Point inactive"),
    Reason.FUTURE_DATE: ("日期晚于更新日", "Date in the future"),
    Reason.PERSONAL_DATA: ("含个人信息", "Personal data"),
    Reason.UNREADABLE_FILE: ("文件不能读", "Unreadable file"),
    Reason.NO_LEDGER: ("认不出台账", "No such ledger"),
    Reason.MISSING_COLUMN: ("缺必填列", "Column missing"),
}

# {column} is the header in the reader's language, {value} the masked value, {rule} what the column demands.
REASON_TEXT: dict[Reason, tuple[str, str]] = {
    Reason.UNKNOWN_POINT: (
        "{column}“{value}”不在样本点名录中；请核对编码，或先登记该样本点。",
        "{column} “{value}” is not in the register of points; check the code or register the point first.",
    ),
    Reason.UNKNOWN_REGION: (
        "{column}“{value}”不是已知的区划代码；请按区划代码表填写。",
        "{column} “{value}” is not a known region code; use the list of divisions.",
    ),
    Reason.MISSING_KEY: (
        "{column}为空，无法识别该行；请补填。",
        "{column} is empty, so the row cannot be identified; fill it in.",
    ),
    Reason.CONFLICTING_KEY: (
        "同一文件内有多行{column}“{value}”相同而内容不同；请只保留正确的一行。",
        "Several rows of this file share {column} “{value}” but differ; keep only the right one.",
    ),
    Reason.BAD_DATE: (
        "{column}“{value}”不是有效日期；请写成{rule}。",
        "{column} “{value}” is not a valid date; write it as {rule}.",
    ),
    Reason.BAD_NUMBER: (
        "{column}“{value}”不是{rule}；请填阿拉伯数字。",
        "{column} “{value}” is not {rule}; write it in digits.",
    ),
    Reason.BAD_BOOLEAN: (
        "{column}“{value}”无法判定；请填“是”或“否”。",
        "{column} “{value}” is neither yes nor no; write 是 or 否.",
    ),
    Reason.OUT_OF_RANGE: (
        "{column}“{value}”超出允许范围（{rule}）；请核对后重填。",
        "{column} “{value}” is out of range ({rule}); check and correct it.",
    ),
    Reason.NOT_IN_LIST: (
        "{column}“{value}”不在选项内；可填：{rule}。",
        "{column} “{value}” is not in the list; use one of: {rule}.",
    ),
    Reason.MISSING_VALUE: ("{column}为空；请补填。", "{column} is empty; fill it in."),
    Reason.AMBIGUOUS_DATE: (
        "{column}“{value}”可有两种读法；请写成{rule}。",
        "{column} “{value}” can be read in two ways; write it as {rule}.",
    ),
    Reason.POINT_INACTIVE: (
        "{column}“{value}”不在该样本点的启用期内；请核对月份或名录。",
        "{column} “{value}” lies outside the months in which the point is active; check the month or the register.",
    ),
    Reason.FUTURE_DATE: (
        "{column}“{value}”晚于数据更新之日；请核对。",
        "{column} “{value}” is later than the day of the refresh; check it.",
    ),
    Reason.PERSONAL_DATA: (
        "{column}含身份证号或手机号（“{value}”，已遮蔽）；请改填人员代码等非个人信息。",
        "{column} holds an ID-card or mobile number (“{value}”, masked); use a pseudonym instead.",
    ),
    Reason.UNREADABLE_FILE: (
        "文件无法读取：{value}；请另存为 XLSX 或 CSV 后重新报送。",
        "The file cannot be read: {value}; save it as XLSX or CSV and send it again.",
    ),
    Reason.NO_LEDGER: (
        "表头与任何台账都不相符，或同时符合两种台账：{value}；请使用台账模板。",
        "The header fits no ledger, or more than one: {value}; use the ledger's template.",
    ),
    Reason.MISSING_COLUMN: (
        "识别为“{value}”台账，但缺少必填列“{column}”；请补上该列。",
        "Recognised as ledger “{value}”, but the required column “{column}” is missing; add it.",
    ),
}
