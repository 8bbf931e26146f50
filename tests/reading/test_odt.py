"""OpenDocument texts: what is on the page becomes blocks as in clean plain text."""

import io

import pytest
from odf import table as odf_table
from odf import text as odf_text
from odf.opendocument import OpenDocumentText
from office import open_parts, opened, shown

from minutes_nlp.errors import ReadingError
from minutes_nlp.reading import Limits, read_content
from minutes_nlp.reading.odt import OdtReader

BOLD = (
    '<style:style style:name="Vet" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="P1" style:family="paragraph"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="Weg" style:family="text"><style:text-properties text:display="none"/></style:style>'
)


def numbers(name: str, *levels: str) -> str:
    return f'<text:list-style style:name="{name}">{"".join(levels)}</text:list-style>'


def number(level: int, form: str, after: str = ".", shown_levels: int = 1, more: str = "") -> str:
    return (
        f'<text:list-level-style-number text:level="{level}" style:num-format="{form}" style:num-suffix="{after}" '
        f'text:display-levels="{shown_levels}" {more}/>'
    )


def bullet(level: int, sign: str = "•") -> str:
    return f'<text:list-level-style-bullet text:level="{level}" text:bullet-char="{sign}"/>'


def listed(*items: str, style: str = "L", more: str = "") -> str:
    inner = "".join(f"<text:list-item>{item}</text:list-item>" for item in items)
    named = f'text:style-name="{style}"' if style else ""
    return f"<text:list {named} {more}>{inner}</text:list>"


def p(text: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def test_a_document_of_odfpy() -> None:
    document = OpenDocumentText()
    document.text.addElement(odf_text.H(outlinelevel=1, text="Opening"))
    document.text.addElement(odf_text.P(text="Datum: 3 mei 2024"))
    items = odf_text.List()
    item = odf_text.ListItem()
    item.addElement(odf_text.P(text="zaal huren"))
    items.addElement(item)
    document.text.addElement(items)
    table = odf_table.Table()
    row = odf_table.TableRow()
    for name in ("Wie", "Noor Baert"):
        cell = odf_table.TableCell()
        cell.addElement(odf_text.P(text=name))
        row.addElement(cell)
    table.addElement(row)
    document.text.addElement(table)
    buffer = io.BytesIO()
    document.write(buffer)
    found = OdtReader().read(buffer.getvalue(), "verslag.odt", Limits())
    assert shown(found) == ["# Opening", "Datum = 3 mei 2024", "- zaal huren", "| Wie | Noor Baert |"]


class TestLists:
    def test_levels_print_their_own_numbers_and_those_above(self) -> None:
        style = numbers("L", number(1, "1"), number(2, "1", ".", 2), number(3, "a", ")"))
        body = listed(
            p("A") + listed(p("B"), p("C") + listed(p("D"), style=""), style=""), p("E") + listed(p("F"), style="")
        )
        assert shown(opened(body, automatic=style)) == [
            "1. A",
            "  1.1. B",
            "  1.2. C",
            "    a) D",
            "2. E",
            "  2.1. F",
        ]

    def test_a_list_starts_again_unless_it_goes_on_with_the_one_before(self) -> None:
        style = numbers("L", number(1, "1"))
        body = (
            listed(p("A"), more='xml:id="x"')
            + p("tekst")
            + listed(p("B"), more='text:continue-numbering="true"')
            + listed(p("C"))
            + listed(p("D"), more='text:continue-list="x"')
        )
        assert shown(opened(body, automatic=style)) == ["1. A", "tekst", "2. B", "1. C", "3. D"]

    def test_an_item_may_set_its_number(self) -> None:
        style = numbers("L", number(1, "i", more='text:start-value="4"'))
        body = '<text:list text:style-name="L"><text:list-item><text:p>A</text:p></text:list-item>' + (
            '<text:list-item text:start-value="9"><text:p>B</text:p></text:list-item></text:list>'
        )
        assert shown(opened(body, automatic=style)) == ["iv. A", "ix. B"]

    def test_an_item_that_only_holds_a_list_has_no_number(self) -> None:
        style = numbers("L", number(1, "1"), bullet(2))
        body = listed(p("A")) + listed(listed(p("B"), style=""), more='text:continue-numbering="true"')
        assert shown(opened(body, automatic=style)) == ["1. A", "  - B"]

    def test_a_second_paragraph_goes_on_with_its_item(self) -> None:
        found = opened(listed(p("A") + p("Toelichting")), automatic=numbers("L", number(1, "1")))
        assert [(b.kind.value, b.level, b.marker) for b in found.blocks] == [
            ("list-item", 1, "1."),
            ("paragraph", 1, ""),
        ]

    @pytest.mark.parametrize(
        "place",
        [
            "<style:list-level-properties><style:list-level-label-alignment fo:margin-left='{}'/>"
            "</style:list-level-properties>",
            "<style:list-level-properties text:space-before='{}' text:min-label-width='0.5cm'/>",
        ],
        ids=["aligned", "as older programs write it"],
    )
    def test_a_list_that_is_indented_further_than_the_one_above_lies_in_it(self, place: str) -> None:
        def style(name: str, indent: str) -> str:
            level = '<text:list-level-style-bullet text:level="1" text:bullet-char="•">'
            return numbers(name, f"{level}{place.format(indent)}</text:list-level-style-bullet>")

        lists = listed(p("A"), p("B"), style="L") + listed(p("C"), p("D"), style="M") + listed(p("E"), style="L")
        automatic = style("L", "0.5cm") + style("M", "0.5in")
        assert shown(opened(lists, automatic=automatic)) == ["- A", "- B", "  - C", "  - D", "- E"]
        between = listed(p("A"), style="L") + p("tekst") + listed(p("C"), style="M")
        assert shown(opened(between, automatic=automatic)) == ["- A", "tekst", "- C"]

    def test_without_a_list_style_that_says_so_the_style_of_the_paragraph_indents(self) -> None:
        inner = (
            '<style:style style:name="In" style:family="paragraph"><style:paragraph-properties fo:margin-left="36pt"/>'
            "</style:style>"
        )
        body = listed(p("A"), style="L") + listed(p("B", "In"), style="M")
        assert shown(opened(body, automatic=inner)) == ["- A", "  - B"]

    def test_bullets_are_dashes(self) -> None:
        assert shown(opened(listed(p("A")), automatic=numbers("L", bullet(1, "\uf0b7")))) == ["- A"]


class TestHeadings:
    OUTLINE = (
        '<text:outline-style><text:outline-level-style text:level="1" style:num-format="1" style:num-suffix="."/>'
        '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style>'
    )

    def test_headings_have_the_numbers_of_the_outline(self) -> None:
        body = "".join(
            f'<text:h text:outline-level="{level}">{text}</text:h>' for text, level in [("A", 1), ("B", 2), ("C", 1)]
        )
        assert shown(opened(body, styles=self.OUTLINE)) == ["# 1. A", "## 1.1 B", "# 2. C"]

    def test_a_heading_without_number_is_not_counted(self) -> None:
        body = (
            '<text:h text:outline-level="1" text:is-list-header="true">Vooraf</text:h>'
            '<text:h text:outline-level="1">Opening</text:h>'
        )
        assert shown(opened(body, styles=self.OUTLINE)) == ["# Vooraf", "# 1. Opening"]

    def test_headings_lie_below_a_title(self) -> None:
        style = '<style:style style:name="Title" style:family="paragraph"/>'
        body = p("Verslag", "Title") + '<text:h text:outline-level="1">Opening</text:h>'
        assert shown(opened(body, styles=style)) == ["# Verslag", "## Opening"]

    def test_the_style_tells_a_heading_that_came_from_rtf(self) -> None:
        styles = "".join(
            f'<style:style style:name="{name}" style:family="paragraph" {more}/>'
            for name, more in (
                ("Heading_20_2", ""),
                ("P3", 'style:parent-style-name="Heading_20_2"'),
                ("Kopje", 'style:default-outline-level="1"'),
                ("Tekst", 'style:parent-style-name="Heading_20_2" style:default-outline-level=""'),
                ("Inhoud", 'style:parent-style-name="Heading_20_2" style:class="index"'),
            )
        )
        body = "".join(p(style, style) for style in ("Kopje", "P3", "Tekst", "Inhoud"))
        assert shown(opened(body, styles=styles)) == ["# Kopje", "## P3", "Tekst", "Inhoud"]


class TestLetters:
    def test_white_space_counts_once_and_spaces_and_tabs_of_their_own_stay(self) -> None:
        body = "<text:p>  een\n  twee <text:s text:c='3'/>drie<text:tab/>vier <text:span> vijf</text:span></text:p>"
        assert opened(body).text == "een twee    drie\tvier vijf"

    def test_a_line_break_parts_lines(self) -> None:
        body = "<text:p>Aanwezig: Noor Baert<text:line-break/>Verontschuldigd: Jef Daems</text:p>"
        assert shown(opened(body)) == ["Aanwezig = Noor Baert", "Verontschuldigd = Jef Daems"]

    def test_bold_comes_from_the_style_of_paragraph_or_letters(self) -> None:
        body = p("Aanwezig", "P1") + '<text:p><text:span text:style-name="Vet">Slot</text:span></text:p>' + p("Tekst")
        assert shown(opened(body, automatic=BOLD)) == ["**Aanwezig**", "**Slot**", "Tekst"]

    def test_underlined_lines_are_strong_and_links_are_not(self) -> None:
        style = (
            '<style:style style:name="Lijn" style:family="text">'
            '<style:text-properties style:text-underline-style="{}"/></style:style>'
        ).format
        span = '<text:span text:style-name="Lijn">{}</text:span>'.format
        body = f"<text:p>{span('Aanwezig')}</text:p><text:p><text:a>{span('De nota')}</text:a></text:p>"
        assert shown(opened(body, automatic=style("solid"))) == ["**Aanwezig**", "De nota"]
        assert shown(opened(body, automatic=style("none"))) == ["Aanwezig", "De nota"]

    def test_hidden_letters_are_not_read(self) -> None:
        body = '<text:p>Gent<text:span text:style-name="Weg"> intern</text:span></text:p>'
        assert shown(opened(body, automatic=BOLD)) == ["Gent"]

    def test_a_link_shows_its_text(self) -> None:
        assert shown(opened("<text:p>zie <text:a>de nota</text:a>.</text:p>")) == ["zie de nota."]


def test_deleted_text_is_gone_and_inserted_text_stays() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>oud</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        "<text:p>Wij kopen <text:change/><text:change-start/>vier<text:change-end/> stoelen.</text:p>"
    )
    assert shown(opened(body)) == ["Wij kopen vier stoelen."]


def test_tables_with_header_merged_cells_and_lists_in_them() -> None:
    def cell(text: str, more: str = "") -> str:
        return f"<table:table-cell {more}>{text if text.startswith('<') else p(text)}</table:table-cell>"

    body = (
        "<table:table><table:table-header-rows><table:table-row>"
        + cell("Punt", 'table:number-columns-spanned="2"')
        + "<table:covered-table-cell/>"
        + cell("Wie")
        + "</table:table-row></table:table-header-rows><table:table-row>"
        + cell("1")
        + cell(listed(p("zaal"), p("hal")))
        + cell("An")
        + "</table:table-row></table:table>"
    )
    assert shown(opened(body)) == ["|= Punt |  | Wie |", "| 1 | - zaal / - hal | An |"]


def test_notes_stand_at_the_end_with_their_sign_in_the_text() -> None:
    body = (
        "<text:p>De prijs<text:note><text:note-citation>a</text:note-citation><text:note-body>"
        "<text:p>zonder btw</text:p></text:note-body></text:note> stijgt.</text:p>" + p("Slot")
    )
    assert shown(opened(body)) == ["De prijs[1] stijgt.", "Slot", "[1] zonder btw"]


def test_a_frame_is_read_after_the_paragraph_that_it_hangs_on() -> None:
    frame = f"<draw:frame><draw:text-box>{p('Kader')}</draw:text-box></draw:frame>"
    assert shown(opened(f"<text:p>Tekst{frame} gaat verder.</text:p>")) == ["Tekst gaat verder.", "Kader"]


def test_headers_comments_and_contents_are_kept_beside_the_text() -> None:
    master = (
        f"<style:master-page><style:header>{p('Werkgroep Water')}</style:header>"
        f"<style:footer>{p('Vertrouwelijk')}</style:footer></style:master-page>"
    )
    body = (
        f"<text:table-of-content><text:index-body>{p('Opening 1')}</text:index-body></text:table-of-content>"
        f"<text:p>Tekst<office:annotation>{p('Klopt dit?')}</office:annotation></text:p>"
    )
    found = opened(body, master=master)
    assert shown(found) == ["Tekst"]
    assert {(one.kind.value, one.text) for one in found.apart} == {
        ("contents", "Opening 1"),
        ("comment", "Klopt dit?"),
        ("header", "Werkgroep Water"),
        ("footer", "Vertrouwelijk"),
    }


def test_a_flat_file_is_read_as_the_archive_is() -> None:
    body = '<text:h text:outline-level="2">Agenda</text:h><text:p>Vet</text:p><text:p>De zaal</text:p>'
    pages = (
        '<style:master-page style:name="Standard"><style:header><text:p>Gemeente</text:p></style:header>'
        "</style:master-page>"
    )
    parts = open_parts(body, master=pages)
    inner = parts["content.xml"].partition(">")[2].removesuffix("</office:document-content>")
    common = parts["styles.xml"].partition(">")[2].removesuffix("</office:document-styles>")
    names = parts["content.xml"].partition(">")[0].removeprefix("<office:document-content")
    kind = 'office:mimetype="application/vnd.oasis.opendocument.text"'
    flat = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document{names} office:version="1.3" {kind}>{common}{inner}'
    )
    document = read_content(f"{flat}</office:document>".encode(), name="verslag.txt")
    archived = opened(body, master=pages)
    assert (document.text, document.blocks, document.apart) == (archived.text, archived.blocks, archived.apart)
    assert document.media_type == archived.media_type
    with pytest.raises(ReadingError) as caught:
        read_content(flat.encode(), name="verslag.fodt")
    assert caught.value.code == "reading.damaged"


def test_a_flat_drawing_is_no_text() -> None:
    flat = b'<office:document xmlns:office="o" office:mimetype="application/vnd.oasis.opendocument.graphics"/>'
    assert OdtReader().score(flat, ".fodg") == 0
