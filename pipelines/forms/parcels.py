"""Parcels: one ZIP with a folder a city: the message to send, the lists behind it, and the marked rows that go back."""

import csv
import io
import tempfile
import zipfile
from datetime import date
from pathlib import Path

import polars as pl
import xlsxwriter

from pipelines.conform import read_divisions
from pipelines.contracts import months
from pipelines.contracts.errors import BurdenError
from pipelines.contracts.ledgers import LEDGERS, POINTS
from pipelines.forms.chasing import OWED, UNKNOWN, Chased
from pipelines.forms.checking import CheckedFile, Progress, judge, watch
from pipelines.forms.copying import measure
from pipelines.forms.returning import write_returned
from pipelines.ingest import read, scan

_NAMED = 10
_MISSING = ("县（市、区）", "样本点编码", "样本点名称", "台账", "报告期", "截止日期", "逾期天数", "情况")
_REJECTED = ("县（市、区）", "样本点编码", "样本点名称", "文件", "工作表", "行", "台账", "列", "填写内容", "原因与改法")
_REQUEST = "请于收到本通知后3个工作日内办理，已经报送的不必重复报送。感谢支持。"
_HOW_MISSING = "未报的，请按填报模板补报；会议、文件、督查检查考核当月确无事项的，请报零报告。"
_HOW_REJECTED = "退回的，请按说明改正后重报；“退回表”中已标出有误的单元格，可直接在表中改正。"
_A4, _WIDEST = 9, 70
_SYNTHETIC = "【示例数据，合成，非真实通知】"
_FORMULA = ("=", "+", "-", "@", "\t")


def write_parcels(chased: Chased, raw: Path, path: Path, *, progress: Progress = lambda *_: None) -> None:
    """Write the ZIP. A file that changed or left the raw folder since the snapshot has no marked sheet. Raises BurdenError."""
    checked = _check_again(chased, raw, progress)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as scratch, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parcel:
            for city in watch(chased.cities, "pack", progress):
                _pack(parcel, Path(scratch), chased, city, checked)
    except OSError as error:
        raise BurdenError(
            f"催报材料无法写入“{path}”（{error.strerror}）；请检查路径与权限。",
            f"The parcel cannot be written to “{path}” ({error.strerror}); check the path and permissions.",
        ) from error


def _pack(parcel: zipfile.ZipFile, scratch: Path, chased: Chased, city: str, checked: list[CheckedFile]) -> None:
    missing, rejected = (frame.filter(city=city) for frame in (chased.missing, chased.rejected))
    notice = compose_notice(city, missing, rejected, chased.today)
    marked = f"{_SYNTHETIC}\r\n{notice}" if chased.synthetic else notice
    parcel.writestr(f"{city}/催报通知.txt", marked.encode("utf-8-sig"))
    if missing.height:
        _write_list(parcel, f"{city}/未报清单", _MISSING, _tabulate_missing(missing))
    if not rejected.height:
        return
    _write_list(parcel, f"{city}/退回清单", _REJECTED, _tabulate_rejected(rejected))
    rows = set(rejected.select("file", "sheet", "row").iter_rows())
    for number, file in enumerate(checked, start=1):
        mine = [f for f in file.findings if f.row is not None and (f.file, f.sheet, f.row) in rows]
        if mine:
            target = scratch / "marked.xlsx"
            wanted = set(mine)
            write_returned([file], target, wanted=lambda f, wanted=wanted: f in wanted)  # type: ignore[misc]
            parcel.write(target, f"{city}/退回表/{number:03d}-{Path(file.source.shown).stem}.xlsx")


def _check_again(chased: Chased, raw: Path, progress: Progress) -> list[CheckedFile]:
    """The files with rejected rows that lie in the raw folder as they were at the snapshot."""
    if not raw.is_dir() or chased.rejected.is_empty():
        return []
    concerned = set(chased.rejected.filter(pl.col("row").is_not_null())["file"])
    sources = [s for s in scan(raw) if s.shown in concerned and s.sha256 == chased.sources.get(s.shown)]
    register = chased.points.select(c.name for c in POINTS.columns)
    divisions = read_divisions()
    return [judge(read(source), register, divisions, chased.today) for source in watch(sources, "conform", progress)]


def compose_notice(city: str, missing: pl.DataFrame, rejected: pl.DataFrame, today: date) -> str:
    """A message that can be pasted into a chat or a letter."""
    lines = ["各有关单位：" if city == UNKNOWN else f"{city}各有关单位：", ""]
    if missing.height:
        lines.append(f"截至{_write_day(today)}，你市尚有{missing['point_id'].n_unique()}个样本点的{missing.height}项台账已到期、未收到：")
        lines += _list_counties(missing)
    if rejected.height:
        also = "另有" if missing.height else "有"
        lines.append(f"{also}{rejected.height}处填报内容未能读入，需改正后重报，原因见“退回清单”。")
    how = [_HOW_MISSING] * bool(missing.height) + [_HOW_REJECTED] * bool(rejected.height)
    lines += ["", *how, _REQUEST, "", _write_day(today), ""]
    return "\r\n".join(lines)


def _write_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _list_counties(missing: pl.DataFrame) -> list[str]:
    lines = []
    for (county,), rows in missing.group_by(["county"], maintain_order=True):
        lines.append(f"【{county}】{rows['point_id'].n_unique()}个样本点、{rows.height}项")
        for count, ((name,), owed) in enumerate(rows.group_by(["point_name"], maintain_order=True)):
            if count == _NAMED:
                lines.append("  · 其余样本点见“未报清单”")
                break
            by_month = owed.group_by(["month"], maintain_order=True)
            said = "；".join(f"{months.iso(month)} {_name_ledgers(part['ledger'].to_list())}" for (month,), part in by_month)
            lines.append(f"  · {name}：{said}（最长逾期 {max(owed['days_late'].to_list())} 天）")
    return lines


def _name_ledgers(names: list[str]) -> str:
    return f"全部{len(names)}类台账" if len(names) == len(OWED) else "、".join(names)


def _tabulate_missing(missing: pl.DataFrame) -> list[list[object]]:
    return [
        [r["county"], r["point_id"], r["point_name"], r["ledger"], months.iso(r["month"]), r["due"].isoformat(), r["days_late"],
         "有回执，缺明细" if r["awaited"] else "未报"]
        for r in missing.iter_rows(named=True)
    ]  # fmt: skip


def _tabulate_rejected(rejected: pl.DataFrame) -> list[list[object]]:
    def name(ledger: str | None, column: str | None) -> str | None:
        return LEDGERS[ledger].column(column).zh if ledger and column else None

    return [
        [r["county"], r["point_id"], r["point_name"], r["file"], r["sheet"], r["row"],
         LEDGERS[r["ledger"]].zh if r["ledger"] else None, name(r["ledger"], r["column"]), r["value"], r["message_zh"]]
        for r in rejected.iter_rows(named=True)
    ]  # fmt: skip


def _write_list(parcel: zipfile.ZipFile, name: str, headers: tuple[str, ...], rows: list[list[object]]) -> None:
    """The list as CSV and as XLSX; what a sender wrote stays text in both."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(headers)
    writer.writerows([f"'{v}" if isinstance(v, str) and v.startswith(_FORMULA) else v for v in row] for row in rows)
    parcel.writestr(f"{name}.csv", text.getvalue().encode("utf-8-sig"))
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(name.rsplit("/", 1)[-1])
        sheet.write_row(0, 0, headers, book.add_format({"bold": True, "bg_color": "#1F4E79", "font_color": "#FFFFFF"}))
        for k, row in enumerate(rows, start=1):
            sheet.write_row(k, 0, row)
        for k, header in enumerate(headers):
            widest = max(measure(str(value)) for value in (header, *(row[k] for row in rows)) if value is not None)
            sheet.set_column(k, k, min(widest, _WIDEST) + 3)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(rows), len(headers) - 1)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
    parcel.writestr(f"{name}.xlsx", content.getvalue())
