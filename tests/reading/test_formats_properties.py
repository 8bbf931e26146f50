"""What holds for every formatted document: blocks lie in the text, and no letter is lost."""

from __future__ import annotations

import html
import io
import tempfile
import unicodedata
from collections import Counter
from pathlib import Path

import docx
import docx2txt
import html2text
import pytest
from docx.document import Document
from docx.table import _Cell
from hypothesis import given, settings
from hypothesis import strategies as st
from odf import teletype
from odf.opendocument import load
from office import opened, page, read_word, saved

from minutes_nlp.reading import BlockKind, SourceDocument, read_content

WORDS = st.sampled_from(
    [
        "Noor Baert",
        "Datum: 3 mei",
        "1. Opening",
        "- zaal",
        "a | b",
        "é𝕏",
        "aanwezig\tafwezig",
        "de raad, en",
        "2.1 Slot",
    ]
)
LINES = st.one_of(WORDS, st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=12))
KINDS = st.sampled_from(["Normal", "Heading 1", "Heading 2", "List Bullet", "List Bullet 2", "List Number", "Title"])
PARAGRAPHS = st.tuples(KINDS, st.lists(LINES, min_size=1, max_size=3), st.booleans())
TABLES = st.lists(st.lists(st.lists(PARAGRAPHS, max_size=2), min_size=2, max_size=2), min_size=1, max_size=3)
CONTENT = st.lists(st.one_of(PARAGRAPHS, TABLES), max_size=8)

Content = list[object]


def letters(text: str) -> Counter[str]:
    """The letters and digits of a text, each in its plain form."""
    return Counter(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())


def everything(document: SourceDocument) -> str:
    return "\n".join([document.text, *(one.text for one in document.apart)])


def write_word(content: Content, into: Document | _Cell) -> None:
    for element in content:
        if isinstance(element, tuple):
            style, lines, bold = element
            paragraph = into.add_paragraph(style=style)
            paragraph.add_run("\n".join(lines)).bold = bold
        else:
            assert isinstance(element, list)
            table = into.add_table(len(element), 2)
            for row, cells in zip(table.rows, element, strict=True):
                for cell, inner in zip(row.cells, cells, strict=True):
                    write_word(inner, cell)


def as_word(content: Content) -> bytes:
    document = docx.Document()
    write_word(content, document)
    return saved(document)


def as_markup(content: Content, *, web: bool) -> str:
    """The content as a web page or an OpenDocument text."""
    parts = []
    for element in content:
        if isinstance(element, tuple):
            style, lines, bold = element
            text = ("<br/>" if web else "<text:line-break/>").join(html.escape(line) for line in lines)
            parts.append(_styled(text, style, bold, web=web))
        else:
            assert isinstance(element, list)
            table, tr, td = ["table", "tr", "td"] if web else ["table:table", "table:table-row", "table:table-cell"]
            rows = ["".join(f"<{td}>{as_markup(cell, web=web)}</{td}>" for cell in row) for row in element]
            parts.append(f"<{table}>{''.join(f'<{tr}>{row}</{tr}>' for row in rows)}</{table}>")
    return "".join(parts)


def _styled(text: str, style: str, bold: bool, *, web: bool) -> str:
    level = {"Heading 1": 1, "Heading 2": 2, "Title": 1}.get(style)
    listed = {"List Bullet": "ul", "List Bullet 2": "ul", "List Number": "ol"}.get(style)
    if web:
        text = f"<b>{text}</b>" if bold else text
        if level:
            return f"<h{level}>{text}</h{level}>"
        return f"<{listed}><li>{text}</li></{listed}>" if listed else f"<p>{text}</p>"
    if level:
        return f'<text:h text:outline-level="{level}">{text}</text:h>'
    paragraph = f"<text:p>{text}</text:p>"
    return f"<text:list><text:list-item>{paragraph}</text:list-item></text:list>" if listed else paragraph


def check(document: SourceDocument) -> None:
    """Blocks lie in order in the text, and hold every letter of it."""
    text, end = document.text, 0
    for block in document.blocks:
        assert 0 <= block.span.start < block.span.end <= len(text)
        spans = block.lines or (block.span,)
        for line in spans:
            assert end <= line.start < line.end <= block.span.end
            end = line.end
            assert line.text(text) == line.text(text).strip()
        if block.kind is BlockKind.TABLE_ROW:
            assert block.lines == tuple(line for cell in block.cells for line in cell.lines)
    inside = letters("".join(block.span.text(text) for block in document.blocks))
    assert not letters(text) - inside


def visible(content: Content) -> str:
    parts = []
    for element in content:
        if isinstance(element, tuple):
            parts += element[1]
        else:
            assert isinstance(element, list)
            parts += [visible(cell) for row in element for cell in row]
    return "\n".join(parts)


@given(CONTENT)
@settings(max_examples=60, deadline=None)
def test_word_files_of_any_content(content: Content) -> None:
    if letters(visible(content)):
        document = read_word(as_word(content))
        check(document)
        assert not letters(visible(content)) - letters(everything(document))


@given(CONTENT)
@settings(max_examples=150, deadline=None)
def test_web_pages_of_any_content(content: Content) -> None:
    if letters(visible(content)):
        document = page(as_markup(content, web=True))
        check(document)
        assert not letters(visible(content)) - letters(everything(document))


@given(CONTENT)
@settings(max_examples=150, deadline=None)
def test_opendocument_texts_of_any_content(content: Content) -> None:
    if letters(visible(content)):
        document = opened(as_markup(content, web=False))
        check(document)
        assert not letters(visible(content)) - letters(everything(document))


def second_opinion(content: bytes, suffix: str) -> str:
    """The plain text that another library makes of a file; of a web page without what is not shown."""
    if suffix == ".docx":
        return str(docx2txt.process(io.BytesIO(content)))
    if suffix == ".odt":
        with tempfile.NamedTemporaryFile(suffix=".odt") as file:
            file.write(content)
            file.flush()
            return str(teletype.extractText(load(file.name).text))
    reader = html2text.HTML2Text(bodywidth=0)
    reader.ignore_links = reader.ignore_images = reader.unicode_snob = True
    return reader.handle(content.decode())


@pytest.mark.shared
@pytest.mark.parametrize("suffix", [".docx", ".odt", ".html"])
def test_no_letter_of_the_originals_is_lost(shared: Path, suffix: str) -> None:
    """At least 99.5 % of the letters that a second library finds stand in the text or in what was set apart."""
    files = sorted((shared / "corpus").glob(f"*/originals/*{suffix}"))
    assert files
    for file in files:
        content = file.read_bytes()
        document = read_content(content, name=file.name)
        check(document)
        other = letters(second_opinion(content, suffix))
        lost = (other - letters(everything(document))).total()
        assert lost <= 0.005 * other.total(), file.name
