"""Charts as files, the same from a page's menu and from `burden chart`: what a file shows is what the page draws.

    tables.py    CSV, JSON     workbook.py  XLSX with a sheet of notes
    framing.py   the figure with its title and source, as it leaves the page    pages.py  one HTML page, no server needed
    files.py     a chart of a page → bytes of one of KINDS
"""

from dashboard.exports.files import KINDS, Chart, find_chart, list_charts, write_chart

__all__ = ["KINDS", "Chart", "find_chart", "list_charts", "write_chart"]
