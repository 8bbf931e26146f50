"""The readable text: markup gone, lines joined, every character traced to its source."""

import html
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minutes_nlp.language.clean import clean
from minutes_nlp.language.detect import LanguageGuess
from minutes_nlp.language.normalise import CELL_SEPARATOR, NormalisedText, normalise
from minutes_nlp.reading import SourceDocument
from minutes_nlp.reading.blocks import split_blocks
from minutes_nlp.spans import CharSpan, OffsetMap, lines


def cleaned(text: str) -> str:
    spans = [span.trim(text) for span in lines(text)]
    return clean(text, [span for span in spans if span.length], OffsetMap())


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("**Noor** opent *kort*.", "Noor opent kort."),
        ("__Noor__ opent _kort_.", "Noor opent kort."),
        ("snake_case_naam blijft", "snake_case_naam blijft"),
        ("2 * 3 is 6", "2 * 3 is 6"),
        ("~~geschrapt~~", "geschrapt"),
        ("`code`", "code"),
        ("zie [de nota](http://voorbeeld.be/a_(b)) van maart", "zie de nota van maart"),
        ("![schets](schets.png) De zaal", "De zaal"),
        ("[Noor]{.underline} komt", "Noor komt"),
        ("# Titel {#titel}".removeprefix("# "), "Titel "),
        ("punt 3\\. en \\*ster\\*", "punt 3. en *ster*"),
        ("regel<br/>regel <b>vet</b>", "regel\u2028regel vet"),
        ("<Noor>: ik doe het", "<Noor>: ik doe het"),
        ("mail <noor@voorbeeld.be>", "mail <noor@voorbeeld.be>"),
        ("a < b en c > d", "a < b en c > d"),
        ("ja<!-- nog nazien --> zeker", "ja zeker"),
        ("<!-- TITLE: Verslag -->", "<!-- TITLE: Verslag -->"),
        ("vijf\u00a0euro\u2003twintig", "vijf euro twintig"),
        ("sam\u00aden\u200bkomst", "samenkomst"),
        ("[ ] open haakje [3", "[ ] open haakje [3"),
        ("zaal&nbsp;1 &amp; 2, caf&eacute;, caf&#233;, caf&#xE9;", "zaal 1 & 2, café, café, café"),
        ("sam&shy;en", "samen"),
        ("R&D; en &foo; en a & b; en AT&T", "R&D; en &foo; en a & b; en AT&T"),
    ],
)
def test_inline_markup(source: str, expected: str) -> None:
    assert cleaned(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("De raad\n  keurt goed.", "De raad keurt goed."),
        ("De werk-\ngroep", "De werkgroep"),
        ("De werk\u2010\ngroep", "De werkgroep"),
        ("Oost-\nVlaanderen", "Oost- Vlaanderen"),
        ("OCMW-\nraad", "OCMW- raad"),
        ("punt a-\nb", "punt a- b"),
        ("**\nDe raad\n**", "De raad"),
    ],
)
def test_lines_are_joined(source: str, expected: str) -> None:
    assert cleaned(source) == expected


def is_gap(source: str) -> bool:
    """Whether a space may stand for this: for white space, or for all that lies between two lines that were joined."""
    return not source.strip() or "\n" in source


MARKED = st.lists(
    st.sampled_from(
        [
            *"ab é*_~`\\[](){}<>#!-\n|",
            "**",
            "](x)",
            "]{.u}",
            "<b>",
            "<!--",
            "-->",
            "woord",
            "werk-\n",
            "\u00ad",
            "\u00a0",
            "| ",
            "&amp;",
            "&nbsp;",
        ]
    ),
    max_size=40,
).map("".join)


@given(MARKED)
@settings(max_examples=300, deadline=None)
def test_cleaned_characters_come_from_where_the_map_says(text: str) -> None:
    spans = [span for span in (span.trim(text) for span in lines(text)) if span.length]
    offsets = OffsetMap()
    result = clean(text, spans, offsets)
    assert len(result) == len(offsets)
    for at, sign in enumerate(result):
        source = offsets.to_source(CharSpan(at, at + 1)).text(text)
        assert html.unescape(source) == sign or (sign == " " and is_gap(html.unescape(source)))


def test_a_character_given_by_its_name_stands_for_the_whole_name() -> None:
    offsets = OffsetMap()
    source = "Peeters &amp; Zonen"
    assert clean(source, [CharSpan(0, len(source))], offsets) == "Peeters & Zonen"
    assert offsets.to_source(CharSpan(8, 9)).text(source) == "&amp;"
    assert offsets.to_source(CharSpan(10, 15)).text(source) == "Zonen"


@given(st.text("abc éß0.,;:'()?!\"/-"))
def test_a_line_without_markup_stays_as_it_is(text: str) -> None:
    assert cleaned(text) == text.strip()


class AllUnknown:
    """Stands in for the detector of languages, which plays no part here."""

    def detect(self, texts: list[str]) -> list[LanguageGuess]:
        return [LanguageGuess("unknown", 0.0) for _ in texts]


def normalised(text: str) -> NormalisedText:
    document = SourceDocument("a.md", text, split_blocks(text), "", "text/markdown", "utf-8", len(text))
    return normalise(document, AllUnknown())  # type: ignore[arg-type]


PARTS = st.sampled_from(
    [
        *("\n", "\n", "\n\n", " ", "   ", "\t", "# ", "- ", "1. ", "> ", "| ", " | ", "|---|---|", "---", "--- ----"),
        *("Datum: ", "**vet** ", "woord ", "werk-", "[a](b)", "x", "aanwezig", "afwezig", "pagina 2 van 3", "\\_"),
        *("de het een van ", "la le les des ", "+---+---+", "=====", "```", "Einde. "),
    ]
)
DOCUMENTS = st.lists(PARTS, max_size=30).map("".join)


@given(DOCUMENTS)
@settings(max_examples=400, deadline=None)
def test_the_way_back_from_the_normalised_text(text: str) -> None:
    found = normalised(text)
    for block in found.blocks:
        separators = {
            at for one, other in zip(block.cells, block.cells[1:], strict=False) for at in range(one.end, other.start)
        }
        for at in range(block.span.start, block.span.end):
            sign, source = found.text[at], found.to_source(CharSpan(at, at + 1)).text(text)
            assert at in separators or source == sign or (sign == " " and is_gap(source))


@given(DOCUMENTS)
@settings(max_examples=300, deadline=None)
def test_normalised_blocks_lie_in_order_and_hold_their_parts(text: str) -> None:
    found = normalised(text)
    end = 0
    for block in found.blocks:
        assert end <= block.span.start <= block.span.end <= len(found.text)
        end = block.span.end
        for part in (*block.cells, *(p for p in (block.key, block.value) if p)):
            assert block.span.contains(part)
        assert block.block.span.contains(found.to_source(block.span)) or not block.span.length


def test_cells_stand_side_by_side_and_empty_ones_are_kept() -> None:
    found = normalised("| Wie | Wat |\n|---|---|\n| | **Verf** |\n")
    assert found.text == f"Wie{CELL_SEPARATOR}Wat\n{CELL_SEPARATOR}Verf"
    assert [cell.text(found.text) for cell in found.blocks[1].cells] == ["", "Verf"]


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "part", ["[", "![](", "[a](", "[a]{", "[a](b", "<b ", "<!--", "{#", "*", "_a", "`", "\\", "a", "- "]
)
def test_markup_that_never_closes_takes_no_time(part: str) -> None:
    text = part * (200_000 // len(part))
    start = time.process_time()
    cleaned(text)
    assert time.process_time() - start < 3
