"""A chart as one HTML page that needs neither server nor script: the picture as SVG, the table, the notes."""

from collections.abc import Sequence

from dashboard.i18n import Lang
from dashboard.pages.markup import esc

STYLE = (
    "body{font:14px 'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif;color:#1F2933;max-width:1100px;"
    "margin:24px auto;padding:0 16px}svg{max-width:100%;height:auto}table{border-collapse:collapse;font-size:13px;margin:16px 0}"
    "th,td{border-bottom:1px solid #E4E7EB;padding:3px 10px;text-align:left}.num{text-align:right}"
    "dt{font-weight:700;margin-top:6px}dd{margin:0;color:#52606D}"
)


def write_page(title: str, svg: bytes, rows: str, notes: Sequence[tuple[str, str]], lang: Lang) -> bytes:
    """The page; `rows` is HTML of the table."""
    picture = svg.decode()
    picture = picture[picture.index("<svg") :].replace("<svg", f'<svg role="img" aria-label="{esc(title)}"', 1)
    terms = "".join(f"<dt>{esc(what)}</dt><dd>{esc(said)}</dd>" for what, said in notes)
    tongue = "zh-CN" if lang == "zh" else "en"
    return (
        f'<!doctype html><html lang="{tongue}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{esc(title)}</title><style>{STYLE}</style></head><body>{picture}{rows}<dl>{terms}</dl></body></html>\n"
    ).encode()


