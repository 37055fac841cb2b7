"""Lines that are not rows: blank ones, repeated headers and titles, totals, signatures, notes."""

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
_SINGLE = 1


def drop_non_rows(body: pl.DataFrame, key: list[int], titles: set[str]) -> pl.DataFrame:
    """The rows of the lines under the header. `body`: `row` and String columns by position.

    A line is looked at closely only where its first key cell is empty or is one of the words in question.
    """
    first_key = pl.col(str(key[0]))
    folded = first_key.str.replace_all(r"\s", "")
    worded = folded.str.contains(f"{_TOTALS}|^(?:{_SIGNATURES})") | folded.is_in(sorted(titles))
    suspect = folded.is_null() | (folded == "") | worded
    suspects = body.filter(suspect.fill_null(value=True))
    if suspects.is_empty():
        return body
    dropped = _judge(suspects, body, key, titles)
    return body.filter(~pl.col("row").is_in(dropped.implode()))


def _judge(suspects: pl.DataFrame, body: pl.DataFrame, key: list[int], titles: set[str]) -> pl.Series:
    positions = [c for c in body.columns if c != "row"]
    cells = suspects.select("row", *(clean(suspects[c]).str.replace_all(r"\s", "") for c in positions))
    filled = pl.sum_horizontal(pl.col(c).is_not_null().cast(pl.Int32) for c in positions)
    leading = pl.coalesce(positions)
    judged = cells.select(
        "row",
        blank=filled == 0,
        footer=pl.coalesce(str(key[0]), *positions).str.contains(_FOOTER),
        repeated=pl.all_horizontal(pl.col(str(k)).is_in(sorted(titles)) for k in key).fill_null(value=False)
        | ((filled == _SINGLE) & leading.is_in(sorted(titles))),
        single=filled == _SINGLE,
    )
    plain = judged.filter(pl.any_horizontal("blank", "footer", "repeated").fill_null(value=False))["row"]
    return pl.concat([plain, _continued_notes(judged, body, plain)])


def _continued_notes(judged: pl.DataFrame, body: pl.DataFrame, plain: pl.Series) -> pl.Series:
    """Lines of one cell that follow a footer with nothing but such lines to the end: the note goes on."""
    alone = judged.filter("single")["row"]
    last_row = body.filter(~pl.col("row").is_in(pl.concat([plain, alone]).implode()))["row"].max()
    footers = judged.filter(pl.col("footer").fill_null(value=False), pl.col("row") > (last_row or 0))["row"]
    first_footer = footers.min()
    return alone.filter(alone > first_footer) if first_footer is not None else alone.clear()
