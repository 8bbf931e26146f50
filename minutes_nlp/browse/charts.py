"""Charts as SVG pictures, drawn on the server: readable without colour, light and dark."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NamedTuple

import pygal
from lxml import etree
from pygal.style import Style

# Importing pygal leaves a finder of map plugins behind, of a kind that Python warns of at every later import.
sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__module__ != pygal.__name__]

_SVG = "{http://www.w3.org/2000/svg}"
_FONT = "system-ui, 'Segoe UI', 'Liberation Sans', Arial, sans-serif"

# The series of a chart: filled, hatched, outlined; so that they differ on a black and white print as well.
_LOOKS = """
text { fill: #1c2421 !important; }
.axis .line, .axis .guides .line { stroke: #b9c4be !important; stroke-dasharray: none !important; }
.background, .plot_background { fill: transparent !important; }
.serie-0 rect, #activate-serie-0 rect { fill: #0b5a73 !important; fill-opacity: 1 !important; stroke: #0b5a73 !important; }
.serie-1 rect, #activate-serie-1 rect { fill: url(#hatched) !important; fill-opacity: 1 !important; stroke: #8a4a00 !important; }
.serie-2 rect, #activate-serie-2 rect { fill: transparent !important; stroke: #52605a !important; stroke-dasharray: 3 2; }
#hatched rect { fill: #fff !important; stroke: none !important; } #hatched path { stroke: #8a4a00; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6ece9 !important; }
  .axis .line, .axis .guides .line { stroke: #46534d !important; }
  .serie-0 rect, #activate-serie-0 rect { fill: #86cde4 !important; stroke: #86cde4 !important; }
  .serie-1 rect, #activate-serie-1 rect { stroke: #e0b53d !important; }
  .serie-2 rect, #activate-serie-2 rect { stroke: #a9b7b1 !important; }
  #hatched rect { fill: #1d2422 !important; } #hatched path { stroke: #e0b53d; }
}
"""  # noqa: E501 - a style sheet

_HATCHED = """<pattern id="hatched" patternUnits="userSpaceOnUse" width="6" height="6">
<rect width="6" height="6"/><path d="M-1,1 l2,-2 M0,6 l6,-6 M5,7 l2,-2" stroke-width="2"/></pattern>"""

_STYLE = Style(
    background="transparent", plot_background="transparent", font_family=_FONT, label_font_size=12, transition="0s"
)


class Series(NamedTuple):
    """What is counted, and the number for each label of the chart."""

    name: str
    values: Sequence[int]


def bars(
    title: str, labels: Sequence[str], series: Sequence[Series], *, stacked: bool = False, small: bool = False
) -> bytes:
    """A bar chart as an SVG document without scripts and without anything from elsewhere.

    Args:
        title: read out by screen readers.
        labels: below the bars, one for each value.
        series: up to three.
        stacked: on one another instead of side by side.
        small: for several charts beside each other.
    """
    chart = (pygal.StackedBar if stacked else pygal.Bar)(
        width=360 if small else 900,
        height=200 if small else 320,
        style=_STYLE,
        css=["file://style.css", "file://graph.css", f"inline:{_LOOKS}"],
        js=(),
        show_legend=len(series) > 1,
        legend_at_bottom=True,
        legend_box_size=14,
        y_labels=scale(_highest(series, stacked)),
        value_formatter=lambda value: f"{value:g}",
        no_prefix=True,
        disable_xml_declaration=True,
        defs=[_HATCHED],
        margin=8,
        truncate_legend=-1,
        truncate_label=-1,
        pretty_print=False,
    )
    chart.x_labels = list(labels)
    for one in series:
        chart.add(one.name, list(one.values))
    return _plain(chart.render(), title)


def scale(highest: int) -> list[int]:
    """Round numbers from 0 to at least `highest`, seven at most."""
    step = next(s for power in range(19) for s in (10**power, 2 * 10**power, 5 * 10**power) if s * 6 >= highest)
    return list(range(0, max(highest, 1) + step, step))


def _highest(series: Sequence[Series], stacked: bool) -> int:
    if stacked:
        return max((sum(values) for values in zip(*(one.values for one in series), strict=True)), default=0)
    return max((max(one.values, default=0) for one in series), default=0)


def _plain(drawn: bytes | str, title: str) -> bytes:
    """The drawing without scripts, with its title."""
    root = etree.fromstring(drawn, etree.XMLParser(resolve_entities=False, no_network=True))
    for element in list(root.iter(f"{_SVG}script")):
        if (parent := element.getparent()) is not None:
            parent.remove(element)
    for element in root.iter(f"{_SVG}title"):
        element.text = title
        break
    root.set("role", "img")
    root.set("aria-label", title)
    return etree.tostring(root)
