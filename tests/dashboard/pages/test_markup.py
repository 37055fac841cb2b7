from html.parser import HTMLParser

from dashboard.pages.markup import Item, items, link, menu, pill, popover, table


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.names.add(tag)


HOSTILE = '"><script>alert(1)</script>'


def test_values_are_escaped_wherever_they_stand() -> None:
    pieces = [
        link(HOSTILE, f"./?x={HOSTILE}"), items([Item(HOSTILE, HOSTILE)]), menu(HOSTILE, HOSTILE, "", HOSTILE),
        popover(HOSTILE, ""), pill(HOSTILE, HOSTILE),
    ]  # fmt: skip
    for piece in pieces:
        assert "<script" not in piece
        tags = _Tags()
        tags.feed(piece)
        assert tags.names <= {"a", "details", "summary", "span", "div", "i"}


def test_the_entry_in_force_is_marked() -> None:
    assert 'aria-current="true"' in link("会议", "./meetings", current=True)
    assert "aria-current" not in link("会议", "./meetings")


def test_a_table_has_row_and_column_heads() -> None:
    html = table(["地区", "水平"], [["南阳市", "7.5"]])
    assert html.count('scope="col"') == 2
    assert html.count('scope="row"') == 1
    assert "<td class=num>7.5</td>" in html
