"""Word files: what is on the page becomes blocks as in clean plain text."""

import docx
import pytest
from office import archive, p, read_word, row, saved, shown, table, tc, word, word_parts

from minutes_nlp.reading import Apart, ApartKind

HEADINGS = "".join(
    f'<w:style w:type="paragraph" w:styleId="Kop{n}"><w:name w:val="heading {n}"/></w:style>' for n in (1, 2, 3)
)
BOLD = "<w:b/>"


def style(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>'


def test_a_document_of_word_itself() -> None:
    document = docx.Document()
    document.add_heading("Verslag van de werkgroep", 0)
    document.add_heading("Opening", 1)
    document.add_paragraph("Datum: 3 mei 2024")
    document.add_paragraph("Noor Baert opent de vergadering.")
    document.add_paragraph("stoelen bestellen", style="List Bullet")
    document.add_paragraph("in het blauw", style="List Bullet 2")
    document.add_paragraph("zaal huren", style="List Number")
    document.add_paragraph("koffie zetten", style="List Number")
    assert shown(read_word(saved(document))) == [
        "# Verslag van de werkgroep",
        "## Opening",
        "Datum = 3 mei 2024",
        "Noor Baert opent de vergadering.",
        "- stoelen bestellen",
        "  - in het blauw",
        "1. zaal huren",
        "2. koffie zetten",
    ]


def test_headings_take_their_level_from_style_and_outline_level() -> None:
    body = p("Opening", style("Kop1")) + p("Vorig verslag", style("Kop2")) + p("Slot", '<w:outlineLvl w:val="0"/>')
    assert shown(word(body, styles=HEADINGS)) == ["# Opening", "## Vorig verslag", "# Slot"]


def test_a_style_based_on_a_heading_is_one_unless_its_outline_level_says_text() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="O"><w:name w:val="heading 2"/>'
        '<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Punt"><w:name w:val="Punt"/><w:basedOn w:val="O"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Tekst"><w:name w:val="Tekst"/><w:basedOn w:val="O"/>'
        '<w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>'
    )
    assert shown(word(p("Begroting", style("Punt")) + p("Gewoon", style("Tekst")), styles=styles)) == [
        "## Begroting",
        "Gewoon",
    ]


def test_larger_letters_make_a_heading_where_no_style_does() -> None:
    large = '<w:sz w:val="32"/>'
    text = p("De raad bespreekt de begroting van het zwembad en stelt ze vast.", letters='<w:sz w:val="22"/>')
    body = p("Zwembad", letters=large) + text * 3 + p("Slot", letters='<w:sz w:val="28"/>') + text * 3
    found = shown(word(body))
    assert [found[0], found[4]] == ["# Zwembad", "## Slot"]


def test_several_lines_in_larger_letters_are_a_title_page_and_no_headings() -> None:
    large = '<w:sz w:val="32"/>'
    text = p("De raad bespreekt de begroting van het zwembad en stelt ze vast.", letters='<w:sz w:val="22"/>')
    found = shown(word(p("Verslag", letters=large) + p("Werkgroep Water", letters=large) + text * 6))
    assert found[:2] == ["**Verslag**", "**Werkgroep Water**"]


def test_a_bold_line_is_strong_and_a_sentence_with_a_bold_word_is_not() -> None:
    body = (
        p("Aanwezig", letters=BOLD)
        + "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Let op</w:t></w:r><w:r><w:t> dus</w:t></w:r></w:p>"
    )
    assert shown(word(body)) == ["**Aanwezig**", "Let op dus"]


def test_an_underlined_line_is_strong_and_a_link_or_a_sentence_with_an_underlined_word_is_not() -> None:
    under, none = '<w:u w:val="single"/>', '<w:u w:val="none"/>'
    run = "<w:r><w:rPr>{}</w:rPr><w:t>{}</w:t></w:r>"
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    code = '<w:r><w:instrText>HYPERLINK "https://example.org"</w:instrText></w:r>'
    body = (
        p("Aanwezig", letters=under)
        + p("Slot", letters=none)
        + f"<w:p>{run.format(under, 'Let op')}{run.format('', ' dus')}</w:p>"
        + f"<w:p><w:hyperlink>{run.format(under, 'De nota')}</w:hyperlink></w:p>"
        + f"<w:p>{field('begin')}{code}{field('separate')}{run.format(under, 'De kaart')}{field('end')}</w:p>"
    )
    assert shown(word(body)) == ["**Aanwezig**", "Slot", "Let op dus", "De nota", "De kaart"]


def test_what_is_typed_counts_as_in_plain_text() -> None:
    body = p("1. Opening") + p("- stoelen") + p("Secretaris: An Claes") + p("________")
    assert shown(word(body)) == ["1. Opening", "- stoelen", "Secretaris = An Claes", "---"]


def test_columns_made_with_tabs_are_rows() -> None:
    def tabbed(*cells: str) -> str:
        runs = "<w:tab/>".join(f"<w:t>{cell}</w:t>" for cell in cells)
        return f"<w:p><w:r>{runs}</w:r></w:p>"

    body = tabbed("Naam", "Dienst", "Stem") + tabbed("Noor Baert", "Water", "ja") + tabbed("Jef Daems", "Groen", "nee")
    assert shown(word(body)) == [
        "| Naam | Dienst | Stem |",
        "| Noor Baert | Water | ja |",
        "| Jef Daems | Groen | nee |",
    ]


def test_a_line_break_parts_lines_that_stand_by_themselves() -> None:
    body = "<w:p><w:r><w:t>Aanwezig: Noor Baert</w:t><w:br/><w:t>Verontschuldigd: Jef Daems</w:t></w:r></w:p>"
    assert shown(word(body)) == ["Aanwezig = Noor Baert", "Verontschuldigd = Jef Daems"]


def test_soft_hyphens_vanish_and_hard_ones_stay() -> None:
    runs = "<w:t>verga\u00adde</w:t><w:softHyphen/><w:t>ring sint</w:t><w:noBreakHyphen/><w:t>jan</w:t>"
    assert word(f"<w:p><w:r>{runs}</w:r></w:p>").text == "vergadering sint\u2011jan"


def test_links_fields_and_content_controls_show_what_is_on_the_page() -> None:
    def field(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    body = (
        "<w:p><w:hyperlink><w:r><w:t>zie de nota</w:t></w:r></w:hyperlink><w:r><w:t> van </w:t></w:r>"
        + field("begin")
        + '<w:r><w:instrText>DATE \\@ "d"</w:instrText></w:r>'
        + field("separate")
        + "<w:r><w:t>3 mei</w:t></w:r>"
        + field("end")
        + "</w:p><w:sdt><w:sdtContent>"
        + p("Gent")
        + "</w:sdtContent></w:sdt>"
    )
    assert shown(word(body)) == ["zie de nota van 3 mei", "Gent"]


def test_a_line_end_in_the_file_is_a_space() -> None:
    assert shown(word(p("Noor\nBaert"))) == ["Noor Baert"]


def test_rows_and_cells_in_content_controls_and_inserted_paragraphs() -> None:
    def control(inner: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    rows = row("Naam", "Dienst") + control(f"<w:tr>{control(tc('An'))}{tc('Water')}</w:tr>")
    found = word(f"<w:tbl>{rows}</w:tbl><w:ins>{p('Slot')}</w:ins>")
    assert shown(found) == ["| Naam | Dienst |", "| An | Water |", "Slot"]


def test_the_strict_form_of_the_format() -> None:
    parts = word_parts(p("Opening", '<w:outlineLvl w:val="0"/>'))
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    usual = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    content = archive({name: part.replace(usual, strict) for name, part in parts.items()})
    assert shown(read_word(content)) == ["# Opening"]


def test_letters_of_a_symbol_font() -> None:
    body = '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0E8"/><w:t> An</w:t><w:sym w:char="zz"/></w:r></w:p>'
    assert word(body).text == "→ An"


def test_hidden_letters_are_not_read() -> None:
    assert shown(word(p("Gent") + p("intern", letters="<w:vanish/>"))) == ["Gent"]


def test_a_text_box_is_read_once_after_the_paragraph_that_it_hangs_on() -> None:
    box = f"<w:txbxContent>{p('Kader')}</w:txbxContent>"
    drawing = f"<w:drawing><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></w:drawing>"
    body = (
        "<w:p><w:r><w:t>Tekst</w:t></w:r><w:r><mc:AlternateContent>"
        f"<mc:Choice>{drawing}</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>" + p("Slot")
    )
    assert shown(word(body)) == ["Tekst", "Kader", "Slot"]


def test_footnotes_stand_at_the_end_with_their_sign_in_the_text() -> None:
    body = '<w:p><w:r><w:t>De prijs</w:t><w:footnoteReference w:id="7"/><w:t> stijgt.</w:t></w:r></w:p>' + p("Slot")
    notes = f'<w:footnote w:id="7">{p("zonder btw")}</w:footnote><w:footnote w:id="8">{p("ongebruikt")}</w:footnote>'
    assert shown(word(body, footnotes=notes)) == ["De prijs[1] stijgt.", "Slot", "[1] zonder btw"]


class TestTrackedChanges:
    def test_what_was_inserted_stays_and_what_was_deleted_goes(self) -> None:
        body = (
            "<w:p><w:r><w:t>Wij kopen </w:t></w:r><w:del><w:r><w:delText>drie</w:delText></w:r></w:del>"
            "<w:ins><w:r><w:t>vier</w:t></w:r></w:ins><w:r><w:t> stoelen.</w:t></w:r></w:p>"
        )
        assert shown(word(body)) == ["Wij kopen vier stoelen."]

    def test_what_was_moved_stands_only_where_it_went(self) -> None:
        moved = "<w:r><w:t>Rondvraag</w:t></w:r>"
        body = f"<w:p><w:moveFrom>{moved}</w:moveFrom></w:p>{p('Slot')}<w:p><w:moveTo>{moved}</w:moveTo></w:p>"
        assert shown(word(body)) == ["Slot", "Rondvraag"]

    def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next(self) -> None:
        body = p("De raad ", "<w:rPr><w:del/></w:rPr>") + p("stemt in.")
        assert shown(word(body)) == ["De raad stemt in."]

    def test_a_deleted_end_with_nothing_behind_it_loses_no_text(self) -> None:
        cell = p("An", "<w:rPr><w:del/></w:rPr>")
        assert shown(word(table(row(cell, "Jef")) + cell)) == ["| An | Jef |", "An"]

    def test_a_deleted_row_is_gone(self) -> None:
        body = table(row("Naam", "Dienst"), row("An", "Water", properties="<w:del/>"), row("Jef", "Groen"))
        assert shown(word(body)) == ["| Naam | Dienst |", "| Jef | Groen |"]


class TestTables:
    def test_cells_keep_their_lines_and_the_numbers_in_them(self) -> None:
        body = table(row("Aanwezig", p("Noor Baert") + p("Jef Daems")))
        assert shown(word(body)) == ["| Aanwezig | Noor Baert / Jef Daems |"]

    def test_a_break_inside_a_cell_parts_its_lines(self) -> None:
        cell = "<w:p><w:r><w:t>Noor</w:t><w:br/><w:t>Jef</w:t></w:r></w:p>"
        assert shown(word(table(row("Aanwezig", cell)))) == ["| Aanwezig | Noor / Jef |"]

    @pytest.mark.parametrize("header", [{"properties": "<w:tblHeader/>"}, {}])
    def test_a_header_row_is_marked_as_such_or_alone_in_bold(self, header: dict[str, str]) -> None:
        first = row(p("Actie", letters=BOLD), p("Wie", letters=BOLD), **header)
        assert shown(word(table(first, row("zaal huren", "An")))) == ["|= Actie | Wie |", "| zaal huren | An |"]

    def test_merged_cells_leave_empty_ones(self) -> None:
        body = table(
            row(tc("Punt", '<w:gridSpan w:val="2"/>'), "Wie"),
            row(tc("1", "<w:vMerge w:val='restart'/>"), "a", "An"),
            row(tc(p(""), "<w:vMerge/>"), "b", "Jef"),
        )
        assert shown(word(body)) == ["| Punt |  | Wie |", "| 1 | a | An |", "|  | b | Jef |"]

    def test_a_box_around_text_is_no_table(self) -> None:
        assert shown(word(table(row(p("Besluit") + p("Datum: 3 mei"))))) == ["Besluit", "Datum = 3 mei"]

    def test_a_table_that_places_other_tables_is_no_table(self) -> None:
        inner = table(row("Naam", "Dienst"), row("Noor Baert", "Water"))
        found = word(table(row("Aan", inner + p("")), row("", p("Groeten"))))
        assert shown(found) == ["Aan", "| Naam | Dienst |", "| Noor Baert | Water |", "Groeten"]

    def test_a_small_table_in_a_cell_stays_in_its_row(self) -> None:
        inner = table(row("ja", "4"), row("nee", "1"))
        found = word(
            table(row("Voorstel om de zaal te huren voor het feest", inner + p("")), row("Tweede voorstel", ""))
        )
        assert shown(found)[0] == "| Voorstel om de zaal te huren voor het feest | ja 4 / nee 1 |"

    def test_two_languages_side_by_side_are_read_one_after_the_other(self) -> None:
        left = "De raad van de vereniging keurt het verslag van de vorige vergadering goed."
        right = "Le conseil de l'association approuve le procès-verbal de la réunion précédente."
        assert shown(word(table(row(left, right)))) == [left, right]

    def test_tables_are_counted(self) -> None:
        one = table(row("a", "b"), row("c", "d"))
        found = word(one + p("Tussenin") + one)
        assert [block.table for block in found.blocks] == [1, 1, 0, 2, 2]

    def test_a_row_whose_first_cell_is_struck_out(self) -> None:
        found = word(table(row(p("zaal huren", letters="<w:strike/>"), "An"), row("koffie", "Jef")))
        assert [block.struck for block in found.blocks] == [True, False]


class TestSetApart:
    def test_headers_footers_and_comments_are_kept_beside_the_text(self) -> None:
        found = word(
            p("Tekst"),
            header=p("Werkgroep Water"),
            footer=p("Vertrouwelijk"),
            comments=f'<w:comment w:id="1">{p("Klopt dit?")}</w:comment>',
        )
        assert shown(found) == ["Tekst"]
        assert [(one.kind.value, one.text) for one in found.apart] == [
            ("header", "Werkgroep Water"),
            ("footer", "Vertrouwelijk"),
            ("comment", "Klopt dit?"),
        ]

    def test_a_table_of_contents_by_its_style(self) -> None:
        styles = '<w:style w:type="paragraph" w:styleId="Inhopg1"><w:name w:val="toc 1"/></w:style>'
        found = word(p("1 Opening 3", style("Inhopg1")) + p("Tekst"), styles=styles)
        assert (shown(found), found.apart[0].text) == (["Tekst"], "1 Opening 3")

    def test_a_table_of_contents_by_its_field_over_several_paragraphs(self) -> None:
        body = (
            '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>Opening 1</w:t></w:r></w:p>'
            + p("Slot 2")
            + '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
            + p("Tekst")
        )
        found = word(body)
        assert (shown(found), [one.text for one in found.apart]) == (["Tekst"], ["Opening 1", "Slot 2"])

    def test_a_table_of_contents_by_its_content_control(self) -> None:
        body = (
            '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
            f"<w:sdtContent>{p('Opening 1')}</w:sdtContent></w:sdt>{p('Tekst')}"
        )
        found = word(body)
        assert (shown(found), found.apart[0].kind.value) == (["Tekst"], "contents")


def test_the_text_is_what_someone_would_type() -> None:
    document = docx.Document()
    document.add_heading("Opening", 1)
    document.add_paragraph("zaal", style="List Bullet")
    document.add_paragraph("hal", style="List Bullet")
    document.add_paragraph("Slot")
    cells = document.add_table(1, 2).rows[0].cells
    cells[0].text, cells[1].text = "Wie", "An"
    assert read_word(saved(document)).text == "Opening\n\n- zaal\n- hal\n\nSlot\n\nWie | An"


MHT = (
    b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; '
    b'charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<html><body><h2>Varia</h2><p>De fiets=\r\n'
    b"en</p></body></html>\r\n--b--\r\n"
)


@pytest.mark.parametrize(
    ("file", "content", "blocks"),
    [
        (
            "a.html",
            b"<html><body><h2>Varia</h2><ul><li>De fietsen</li></ul></body></html>",
            ["## Varia", "- De fietsen"],
        ),
        ("a.mht", MHT, ["## Varia", "De fietsen"]),
        ("a.rtf", rb"{\rtf1\ansi\ansicpg1252 Varia\par De fietsen van Zo\'eb\par}", ["Varia", "De fietsen van Zoë"]),
        ("a.txt", "Varia\n- De fietsen van Zoë".encode(), ["Varia", "- De fietsen van Zoë"]),
        ("a.docx", archive(word_parts(p("De fietsen") + p("Slot"))), ["De fietsen", "Slot"]),
    ],
)
def test_a_document_in_the_document_stands_where_it_is_put(file: str, content: bytes, blocks: list[str]) -> None:
    assert shown(read_word(_with_inner(file, content))) == ["Voor", *blocks, "Na"]


def test_of_a_document_in_the_document_that_cannot_be_read_the_name_is_kept() -> None:
    document = read_word(_with_inner("a.bin", b"\x89PNG\r\n\x1a\n" + bytes(90)))
    assert shown(document) == ["Voor", "Na"]
    assert document.apart == (Apart(ApartKind.ATTACHMENT, "word/a.bin (98 bytes)"),)


def test_a_document_in_the_document_in_the_document_has_an_end() -> None:
    content = archive(word_parts(p("diep")))
    for _ in range(5):
        content = _with_inner("a.docx", content)
    document = read_word(content)
    assert shown(document) == ["Voor"] * 3 + ["Na"] * 3
    assert [passage.kind for passage in document.apart] == [ApartKind.ATTACHMENT]


def _with_inner(file: str, content: bytes) -> bytes:
    """A Word file between whose two paragraphs another document stands."""
    parts: dict[str, str | bytes] = dict(word_parts(p("Voor") + '<w:altChunk r:id="r9"/>' + p("Na")))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"
    relations = str(parts["word/_rels/document.xml.rels"])
    more = f'<Relationship Id="r9" Type="{kind}" Target="{file}"/></Relationships>'
    parts["word/_rels/document.xml.rels"] = relations.replace("</Relationships>", more)
    return archive({**parts, f"word/{file}": content})


def test_blocks_know_their_page_where_word_left_marks_of_its_layout() -> None:
    turn = "<w:r><w:lastRenderedPageBreak/><w:t>Tweede bladzijde.</w:t></w:r>"
    across = "<w:r><w:t>Dit begint op twee </w:t><w:lastRenderedPageBreak/><w:t>en eindigt op drie.</w:t></w:r>"
    body = p("Eerste.") + f"<w:p>{turn}</w:p><w:p>{across}</w:p>" + table(row(tc(p("Wat")), tc(p("Wie"))))
    assert [block.page for block in word(body).blocks] == [1, 2, 2, 3]


def test_rows_of_a_table_know_their_own_page() -> None:
    mark = "<w:p><w:r><w:lastRenderedPageBreak/><w:t>Stoelen</w:t></w:r></w:p>"
    body = table(row(tc(p("Wat")), tc(p("Wie"))) + row(tc(mark), tc(p("Noor"))))
    assert [block.page for block in word(body).blocks] == [1, 2]


@pytest.mark.parametrize(("count", "pages"), [(2, [1, 2]), (3, [None, None])])
def test_marks_count_only_if_word_counts_as_many_pages(count: int, pages: list[int | None]) -> None:
    parts = word_parts(p("Een.") + "<w:p><w:r><w:lastRenderedPageBreak/><w:t>Twee.</w:t></w:r></w:p>")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties"
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(
        "</Relationships>", f'<Relationship Id="a" Type="{kind}" Target="docProps/app.xml"/></Relationships>'
    )
    parts["docProps/app.xml"] = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Pages>{count}</Pages></Properties>"
    )
    assert [block.page for block in read_word(archive(parts)).blocks] == pages


def test_without_marks_no_page_is_made_up() -> None:
    broken = '<w:p><w:r><w:br w:type="page"/><w:t>Na een nieuwe bladzijde.</w:t></w:r></w:p>'
    assert {block.page for block in word(p("Eerste.") + broken).blocks} == {None}
