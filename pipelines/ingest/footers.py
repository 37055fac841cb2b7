"""Lines that are not rows: blank ones, repeated headers and titles, numbers of columns and pages, totals, signatures, notes."""

import polars as pl

from pipelines.ingest.cleaning import clean

_TOTALS = "合计|小计|总计|共计|累计"
_SIGNATURES = (
    "填表人?|填报人?|填报单位|填报日期|填表日期|报送单位|报送人|报送日期|审核人?|审批人?|复核人?|制表人?|制表单位|制表日期|制表时间|"
    "打印日期|打印时间|经办人|单位负责人|主要负责人|分管领导|分管负责人|负责人|联系人|联系电话|电话|单位\\(?盖章\\)?|盖章|"
    "数据来源|资料来源|备注|附注|注释?|说明|填表说明|填报说明|以上|以下空白"
)
_FOOTER = (
    rf"^(?:(?:本页|本月|本年|全年|全市|全县|全省)?(?:{_TOTALS})(?:$|[:,，、(\d])|\S{{0,20}}(?:{_TOTALS})$"
    rf"|(?:{_SIGNATURES})\d*(?:$|[:.、,(])|(?:填表人|审核人|填报人|制表人|以下空白))"
)
_FEWEST_NUMBERS = 2
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_PAGE_NUMBER = r"^(?:第\d{1,4}页\D?(?:共\d{1,4}页)?|共\d{1,4}页\D?第\d{1,4}页|-\d{1,4}-)$"
_COLUMN_NUMBER = rf"^\(?(?:[{_STEMS}A-Z]|\d{{1,2}})\)?$"


class RowFilter:
    """Finds the rows among the lines under a header, which come at once or some at a time.

    `key`: positions of the ledger's key. `titles`: the texts of the header and of what stands above it, spaces removed.
    """

    def __init__(self, key: list[int], titles: set[str]) -> None:
        self._key, self._titles = key, sorted(titles)
        self._held: pl.DataFrame | None = None
        self._footers = pl.Series(dtype=pl.Int64)

    def take(self, body: pl.DataFrame) -> pl.DataFrame:
        """The rows among further lines. `body`: `row` and String columns by position.

        A line is looked at closely only where its first key cell is empty or is one of the words in question. Lines of
        one cell that follow a footer are held back: with nothing but such lines to the end, the note goes on in them.
        """
        rows, footers = self._sift(body)
        if self._held is not None:
            rows, footers = pl.concat([self._held, rows]), pl.concat([self._footers, footers])
        self._held = None
        if footers.is_empty():
            return rows
        last_footers = _find_last_footers(rows, footers)
        if last_footers.is_empty():
            return rows
        note = pl.col("row") >= last_footers.min()
        self._held, self._footers = rows.filter(note), last_footers
        return rows.filter(~note)

    def _sift(self, body: pl.DataFrame) -> tuple[pl.DataFrame, pl.Series]:
        """The lines that are rows, and the numbers of the footers."""
        cells = body[str(self._key[0])]
        texts = cells.unique().drop_nulls()
        folded = texts.str.replace_all(r"\s", "")
        worded = (folded == "") | folded.str.contains(f"{_TOTALS}|^(?:{_SIGNATURES})|{_COLUMN_NUMBER}|{_PAGE_NUMBER}")
        worded |= folded.is_in(self._titles)
        if not cells.null_count() and not worded.any():
            return body, self._footers.clear()
        suspects = body.filter(cells.is_null() | cells.is_in(texts.filter(worded).implode()))
        if suspects.is_empty():
            return body, self._footers.clear()
        judged = _judge(suspects, self._key, self._titles)
        rows = body.join(judged.filter("none"), on="row", how="anti", maintain_order="left")
        return rows, judged.filter("footer")["row"]


def _judge(suspects: pl.DataFrame, key: list[int], known: list[str]) -> pl.DataFrame:
    """`row`, `none` (it is no row) and `footer`."""
    positions = _positions(suspects)
    leading = pl.coalesce(positions)
    cells = suspects.select("row", *(clean(suspects[c]).str.replace_all(r"\s", "") for c in positions))
    footer = pl.coalesce(str(key[0]), *positions).str.contains(_FOOTER)
    keyless = pl.all_horizontal(pl.col(str(k)).is_null() for k in key)
    footer |= keyless & pl.any_horizontal(pl.col(c).str.contains(rf"^(?:{_TOTALS})$") for c in positions)
    header = pl.all_horizontal(pl.col(str(k)).is_in(known) for k in key)
    title = (_count_filled(positions) == 1) & (leading.is_in(known) | leading.str.contains(_PAGE_NUMBER))
    numbered = (_count_filled(positions) > _FEWEST_NUMBERS) & pl.all_horizontal(
        pl.col(c).is_null() | pl.col(c).str.contains(_COLUMN_NUMBER) for c in positions
    )  # fmt: skip
    judged = cells.select("row", blank=leading.is_null(), footer=footer, repeated=header | title | numbered)
    return judged.with_columns(pl.exclude("row").fill_null(value=False)).with_columns(
        none=pl.any_horizontal("blank", "footer", "repeated"),
    )


def _find_last_footers(rows: pl.DataFrame, footers: pl.Series) -> pl.Series:
    """The footers with nothing but lines of one cell below them."""
    below = rows.filter(pl.col("row") > footers.min())
    if below.is_empty():
        return footers
    positions = _positions(below)
    cells = below.select("row", *(clean(below[c]) for c in positions))
    full = cells.filter(_count_filled(positions) > 1)["row"].max()
    return footers.filter(footers > full) if full is not None else footers


def _positions(body: pl.DataFrame) -> list[str]:
    return [c for c in body.columns if c != "row"]


def _count_filled(positions: list[str]) -> pl.Expr:
    return pl.sum_horizontal(pl.col(c).is_not_null().cast(pl.Int32) for c in positions)
