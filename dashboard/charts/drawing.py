"""A figure in the making, as the plain JSON that Plotly draws.

Plotly's own objects check each property when it is set, which takes longer than all else of a page together. Here nothing
is checked; `figure` is the same thing as a checked `go.Figure`, for files and for tests, which read it through `data` and
`layout`.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import plotly.graph_objects as go


class Drawing:
    """Traces and layout; the methods are those of `go.Figure` and take the same words."""

    def __init__(self, layout: Mapping[str, Any]) -> None:
        self._traces: list[dict[str, Any]] = []
        self._layout: dict[str, Any] = dict(layout)

    @property
    def width(self) -> int:
        """Width in px."""
        return int(self._layout["width"])

    @property
    def height(self) -> int:
        """Height in px."""
        return int(self._layout["height"])

    def margin(self, side: str) -> int:
        """The margin of a side (`l`, `r`, `t`, `b`) in px."""
        return int(self._layout["margin"][side])

    def enlarged(self, top: int, bottom: int) -> "Drawing":
        """A copy with more room above and below; what is drawn keeps its size."""
        margin = self._layout["margin"]
        wider = {"margin": {**margin, "t": margin["t"] + top, "b": margin["b"] + bottom}, "height": self.height + top + bottom}
        copy = Drawing({**self._layout, "annotations": list(self._layout.get("annotations", [])), **wider})
        copy._traces = list(self._traces)
        return copy

    def axis(self, name: str) -> Mapping[str, Any]:
        """The settings of an axis (`xaxis`, `yaxis2` …)."""
        return dict(self._layout.get(name, {}))

    def add_scatter(self, **trace: Any) -> None:
        """Add lines, markers or words."""
        self._traces.append({"type": "scatter", **trace})

    def add_bar(self, **trace: Any) -> None:
        """Add bars."""
        self._traces.append({"type": "bar", **trace})

    def add_heatmap(self, **trace: Any) -> None:
        """Add a grid of cells."""
        self._traces.append({"type": "heatmap", **trace})

    def add_shape(self, **shape: Any) -> None:
        """Add a shape."""
        self._layout.setdefault("shapes", []).append(shape)

    def add_annotations(self, notes: Iterable[dict[str, Any]]) -> None:
        """Add texts."""
        self._layout.setdefault("annotations", []).extend(notes)

    def update_layout(self, settings: Mapping[str, Any] | None = None, **more: Any) -> None:
        """Change settings; those of an axis that are not named stay."""
        _merge(self._layout, {**(settings or {}), **more})

    def update_xaxes(self, settings: Mapping[str, Any] | None = None, **more: Any) -> None:
        """Change settings of every x axis."""
        self._update_axes("xaxis", {**(settings or {}), **more})

    def update_yaxes(self, settings: Mapping[str, Any] | None = None, **more: Any) -> None:
        """Change settings of every y axis."""
        self._update_axes("yaxis", {**(settings or {}), **more})

    def _update_axes(self, kind: str, settings: Mapping[str, Any]) -> None:
        for name in [name for name in self._layout if name.startswith(kind)]:
            self.update_layout({name: settings})

    def to_json(self) -> str:
        """`{"data": …, "layout": …}` for the browser. Raises ValueError for a number that JSON does not know."""
        return json.dumps(
            {"data": self._traces, "layout": self._layout}, ensure_ascii=False, allow_nan=False, separators=(",", ":")
        )

    @property
    def figure(self) -> go.Figure:
        """The checked figure. Raises ValueError for a property that Plotly does not know."""
        return go.Figure(self._traces, {"template": "none", **self._layout})

    @property
    def data(self) -> tuple[Any, ...]:
        """The traces of the checked figure."""
        return tuple(self.figure.data)

    @property
    def layout(self) -> go.Layout:
        """The layout of the checked figure."""
        return self.figure.layout


def _merge(target: dict[str, Any], changes: Mapping[str, Any]) -> None:
    """Set what is named, inside nested settings too."""
    for name, value in changes.items():
        held = target.get(name)
        if isinstance(held, Mapping) and isinstance(value, Mapping):
            target[name] = dict(held)
            _merge(target[name], value)
        else:
            target[name] = value
