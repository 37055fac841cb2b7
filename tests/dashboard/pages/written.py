"""What a page wrote, read from a script that ran without a browser."""

import json
from collections.abc import Iterator
from typing import Any

from streamlit.testing.v1 import AppTest


def read_html(test: AppTest) -> str:
    """The HTML of the sheets, in order."""
    sheets = [json.loads(element.proto.json)["nodes"] for element in test.main if element.type == "bidi_component"]
    return "".join(html for nodes in sheets for html in _walk(nodes))


def _walk(nodes: list[dict[str, Any]]) -> Iterator[str]:
    for node in nodes:
        yield node.get("html", "")
        yield from _walk(node.get("inside", []))
