"""A small file of very many blocks takes no longer than as many blocks need."""

import time

import pytest

from minutes_nlp.extraction.themes import item_texts
from minutes_nlp.language import detector, normalise
from minutes_nlp.layout import Heading, Layout
from minutes_nlp.layout.sections import Label
from minutes_nlp.reading import read_content
from minutes_nlp.spans import CharSpan


@pytest.mark.parametrize("levels", [(1,), (2,), (1, 2), (2, 1), (3, 2)])
def test_the_way_up_from_every_heading_is_short(levels: tuple[int, ...]) -> None:
    count = 12_000
    spans = [CharSpan(4 * n, 4 * n + 3) for n in range(count)]
    headings = tuple(Heading(n, span, None, "kop", levels[n % len(levels)], span.end) for n, span in enumerate(spans))
    layout = Layout((Label.HEADING,) * count, headings, tuple(range(count)))
    begin = time.process_time()
    for n in range(count):
        path, main = layout.path(n), layout.main_item(n)
        assert path[-1] is headings[n]
        assert [one.level for one in path] == sorted({one.level for one in path})
        assert main == next((i for i in range(n, max(-1, n - 2), -1) if headings[i].level == 1), None)
    assert time.process_time() - begin < 2


def test_the_texts_of_every_item_are_found_at_once() -> None:
    count = 5_000
    text = "# kop\n\n- a\n\n" * count
    normalised = normalise(read_content(text.encode(), name="a.md"), detector())
    marked = [n for n, block in enumerate(normalised.blocks) if block.span.text(normalised.text).endswith("kop")]
    ends = [normalised.blocks[n].span.start for n in marked[1:]] + [len(normalised.text)]
    headings = tuple(
        Heading(n, normalised.blocks[n].span, None, "kop", 1, end) for n, end in zip(marked, ends, strict=True)
    )
    begin = time.process_time()
    found = item_texts(normalised, headings, range(count))
    assert time.process_time() - begin < 2
    assert {sum(map(len, item.content.values())) for item in found} == {1}
