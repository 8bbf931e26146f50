"""Web pages: what is on the page becomes blocks as in clean plain text."""

import pytest
from office import page, shown

from minutes_nlp.errors import ReadingError
from minutes_nlp.reading.html import HtmlReader, decode_page


def apart(body: str) -> list[tuple[str, str]]:
    return [(one.kind.value, one.text) for one in page(body).apart]


def test_headings_paragraphs_and_typed_keys() -> None:
    body = "<h1>Verslag</h1><p>Datum: 3 mei 2024</p><h2>1. Opening</h2><div>Noor Baert opent.</div>"
    assert shown(page(body)) == ["# Verslag", "Datum = 3 mei 2024", "## 1. Opening", "Noor Baert opent."]


def test_white_space_counts_once_but_not_in_preformatted_text() -> None:
    assert page("<p> een\n  <b>twee </b> drie</p>").text == "een twee drie"
    assert shown(page("<pre>Aanwezig:\n  - An\n\nSlot</pre>")) == ["Aanwezig = ", "- An", "Slot"]


def test_a_line_break_parts_lines_that_stand_by_themselves() -> None:
    assert shown(page("<p>Aanwezig: An<br>Afwezig: Jef</p>")) == ["Aanwezig = An", "Afwezig = Jef"]


def test_entities_and_soft_hyphens() -> None:
    assert page("<p>caf&eacute; &amp; th&#233;&#x20AC; verga&shy;dering</p>").text == "café & thé€ vergadering"


class TestLists:
    def test_lists_have_numbers_and_depth(self) -> None:
        body = "<ol><li>A<ul><li>B</li></ul></li><li>C</li></ol>"
        assert shown(page(body)) == ["1. A", "  - B", "2. C"]

    @pytest.mark.parametrize(
        ("tag", "markers"),
        [
            ("<ol start=4>", ["4.", "5."]),
            ("<ol type=a>", ["a.", "b."]),
            ("<ol type=I>", ["I.", "II."]),
            ("<ol reversed>", ["2.", "1."]),
            ("<ol style='list-style-type: none'>", ["-", "-"]),
            ("<ol type=?>", ["1.", "2."]),
        ],
    )
    def test_numbers_are_counted_as_the_list_says(self, tag: str, markers: list[str]) -> None:
        found = page(f"{tag}<li>A</li><li>B</li></ol>")
        assert [block.marker for block in found.blocks] == markers

    def test_an_item_may_set_its_number(self) -> None:
        assert shown(page("<ol><li value=7>A</li><li>B</li></ol>")) == ["7. A", "8. B"]

    def test_a_second_paragraph_goes_on_with_its_item(self) -> None:
        found = page("<ul><li><p>A</p><p>Toelichting</p></li></ul>")
        assert [(b.kind.value, b.level, b.marker) for b in found.blocks] == [
            ("list-item", 1, "-"),
            ("paragraph", 1, ""),
        ]

    def test_lists_as_word_writes_them_into_a_page(self) -> None:
        sign = "<![if !supportLists]><span style='mso-list:Ignore'>{}<span>&nbsp;&nbsp; </span></span><![endif]>"
        body = f"<p class=MsoListParagraph>{sign.format('1.')}Opening</p><p>{sign.format('·')}zaal</p>"
        assert shown(page(body)) == ["1. Opening", "· zaal"]

    def test_boxes_to_tick(self) -> None:
        body = "<ul><li><input type=checkbox checked> zaal</li><li><input type=checkbox> hal</li></ul>"
        assert shown(page(body)) == ["- ☒ zaal", "- ☐ hal"]


class TestPairs:
    def test_terms_with_a_short_description(self) -> None:
        assert shown(page("<dl><dt>Datum<dd>3 mei<dt>Plaats:<dd>Gent</dl>")) == ["Datum = 3 mei", "Plaats = Gent"]

    def test_a_term_with_a_list_is_a_line_of_its_own(self) -> None:
        body = "<dl><dt>Aanwezig</dt><dd><ul><li>An</li></ul></dd></dl>"
        assert shown(page(body)) == ["**Aanwezig**", "- An"]


class TestTables:
    def test_header_cells_and_cells_that_cover_others(self) -> None:
        body = (
            "<table><caption>Acties</caption><tr><th colspan=2>Punt<th>Wie</tr>"
            "<tr><td rowspan=2>1<td>zaal<td>An</tr><tr><td>hal<td>Jef</tr></table>"
        )
        assert shown(page(body)) == ["Acties", "|= Punt |  | Wie |", "| 1 | zaal | An |", "|  | hal | Jef |"]

    def test_a_head_makes_a_header_row(self) -> None:
        body = "<table><thead><tr><td>Wie<td>Wat</thead><tbody><tr><td>An<td>zaal</tbody></table>"
        assert shown(page(body)) == ["|= Wie | Wat |", "| An | zaal |"]

    def test_a_table_around_the_whole_page_is_no_table(self) -> None:
        body = "<table><tr><td><h1>Verslag</h1><table><tr><td>Wie<td>An<tr><td>Waar<td>Gent</table></td></tr></table>"
        assert shown(page(body)) == ["# Verslag", "| Wie | An |", "| Waar | Gent |"]


class TestLetters:
    def test_bold_by_element_and_style(self) -> None:
        body = "<p><b>Aanwezig</b></p><p style='font-weight:700'>Slot</p><p><b style='font-weight:normal'>Niet</b></p>"
        assert shown(page(body)) == ["**Aanwezig**", "**Slot**", "Niet"]

    def test_underlined_by_element_and_style_but_for_links(self) -> None:
        body = (
            "<p><u>Aanwezig</u></p><p style='text-decoration: underline'>Slot</p>"
            "<p><u>Let op</u> dus</p><p><u><a href='nota.html'>De nota</a></u></p>"
        )
        assert shown(page(body)) == ["**Aanwezig**", "**Slot**", "Let op dus", "De nota"]

    def test_struck_out(self) -> None:
        body = "<ul><li><s>zaal</s></li><li style='text-decoration: line-through'>hal</li><li>kelder</li></ul>"
        assert shown(page(body)) == ["- ~~zaal~~", "- ~~hal~~", "- kelder"]


class TestSetApart:
    def test_scripts_and_forms_leave_nothing(self) -> None:
        body = "<script>x()</script><style>p{}</style><p>Tekst<noscript>zet aan</noscript></p><button>Druk</button>"
        assert page(body).text == "Tekst"

    def test_navigation_and_footer_are_kept_beside_the_text(self) -> None:
        body = "<nav><a>Home</a></nav><p>Tekst</p><div role=contentinfo>Contact</div><footer>Privacy</footer>"
        assert (page(body).text, apart(body)) == (
            "Tekst",
            [("navigation", "Home"), ("footer", "Contact"), ("footer", "Privacy")],
        )

    def test_a_header_is_one_only_where_the_page_names_its_main_part(self) -> None:
        assert (
            page("<header>Gemeente</header><main><header>Verslag</header><p>Tekst</p></main>").text
            == "Verslag\n\nTekst"
        )
        assert page("<header>Verslag</header><p>Tekst</p>").text == "Verslag\n\nTekst"

    def test_what_is_not_shown(self) -> None:
        body = "<p>Tekst <span style='display:none'>intern</span>gaat verder</p><p hidden>weg</p>"
        assert (page(body).text, apart(body)) == ("Tekst gaat verder", [("hidden", "intern"), ("hidden", "weg")])

    def test_what_a_decision_says_in_linked_data_is_read_where_it_stands(self) -> None:
        said = "<div property='eli:description' style='display:none'>De raad keurt het reglement goed.</div>"
        title = "<span property='eli:title_short' style='display:none'>Reglement</span>"
        body = f"<h2>1 Reglement van de zaal</h2>{title}{said}"
        assert shown(page(body)) == ["## 1 Reglement van de zaal", "De raad keurt het reglement goed."]
        assert apart(body) == [("hidden", "Reglement")]

    def test_a_page_that_is_nothing_but_a_frame_is_read(self) -> None:
        assert page("<footer><p>Verslag van 3 mei</p></footer>").text == "Verslag van 3 mei"


class TestTitles:
    def test_headings_without_anything_below_them_at_the_top_are_bold_lines(self) -> None:
        text = "<p>De raad komt vandaag samen in het gemeentehuis van Elst.</p>"
        body = f"<h2>Gemeente</h2><h2>Gemeenteraad</h2><h1>Besluiten</h1>{text}<h2>A</h2><h2>B</h2>"
        assert shown(page(body))[:3] == ["**Gemeente**", "**Gemeenteraad**", "# Besluiten"]
        assert shown(page(body))[-2:] == ["## A", "## B"]

    def test_a_heading_below_one_with_the_same_number_is_its_translation(self) -> None:
        body = "<p>Tekst.</p><h2>01 Vraag</h2><h2>01 Question</h2>"
        assert shown(page(body))[1:] == ["## 01 Vraag", "**01 Question**"]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("<p>é€</p>".encode(), "utf-8"),
        (b"\xef\xbb\xbf" + "<p>é€</p>".encode(), "utf-8-sig"),
        ("<p>é€</p>".encode("utf-16"), "utf-16"),
        ("<p>é€</p>".encode("cp1252"), "cp1252"),
        ('<meta charset="iso-8859-1"><p>é€</p>'.encode("cp1252"), "cp1252"),
        ('<meta content="text/html; charset=iso-8859-15"><p>é€</p>'.encode("iso-8859-15"), "iso8859-15"),
        ('<meta charset="windows-1252"><p>é€</p>'.encode(), "utf-8"),
        ('<meta charset="no-such"><p>é€</p>'.encode("cp1252"), "cp1252"),
    ],
)
def test_a_page_says_how_it_is_encoded(content: bytes, encoding: str) -> None:
    markup, found = decode_page(content)
    assert (markup[-8:], found) == ("p>é€</p>", encoding)


@pytest.mark.parametrize("opening", ["<div>", "<ul><li>", "<table><tr><td>", "<dl><dd>", "<b>", "<blockquote>"])
@pytest.mark.parametrize("depth", [100, 600])
def test_elements_ever_deeper_in_one_another_end_as_text(opening: str, depth: int) -> None:
    assert page(opening * depth + "diep").text.split()[-1] == "diep"


def test_elements_deeper_than_any_program_writes_them_are_an_error() -> None:
    with pytest.raises(ReadingError) as caught:
        page("<div>" * 5_000 + "diep")
    assert caught.value.code == "reading.nested"


@pytest.mark.timeout(20)
@pytest.mark.parametrize("content", [b"<!---->" * 9_000, b"<!--" * 9_000, b"<!-- -->\n" * 5_000 + b"<", b" " * 90_000])
def test_whether_a_file_is_a_page_is_told_at_once(content: bytes) -> None:
    assert HtmlReader().score(content, ".txt") == 0


def test_comments_and_a_declaration_may_stand_before_a_page() -> None:
    opening = b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- a --><!-- b -- c -->\n<!DOCTYPE html>'
    assert HtmlReader().score(opening, ".txt") == 1
