"""Word files, OpenDocument texts and their blocks, written so that a test can be read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from docx.document import Document

from minutes_nlp.reading import Block, BlockKind, Limits, SourceDocument
from minutes_nlp.reading.docx import DocxReader
from minutes_nlp.reading.html import HtmlReader
from minutes_nlp.reading.odt import OdtReader

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{_OFFICE}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_ROOTS = {
    "styles": "w:styles",
    "numbering": "w:numbering",
    "footnotes": "w:footnotes",
    "endnotes": "w:endnotes",
    "comments": "w:comments",
    "header": "w:hdr",
    "footer": "w:ftr",
}
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_OPEN = " ".join(
    f'xmlns:{prefix}="{_OASIS}{name}:1.0"'
    for prefix, name in {
        "office": "office", "text": "text", "table": "table", "style": "style", "draw": "drawing",
        "fo": "xsl-fo-compatible", "manifest": "manifest",
    }.items()
)  # fmt: skip


def archive(parts: Mapping[str, str | bytes], *, stored: tuple[str, ...] = ("mimetype",)) -> bytes:
    """A ZIP archive with these parts, in this order; those named in `stored` are not compressed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content, zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def word_parts(body: str, **parts: str) -> dict[str, str]:
    """The parts of a Word file: `body` and the other parts (`styles`, `numbering` …) without their root elements."""
    relations = "".join(f'<Relationship Id="r{name}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>' for name in parts)
    package = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    return {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": (
            f'{package}<Relationship Id="r" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
            "</Relationships>"
        ),
        "word/document.xml": f"<w:document {_WORD}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f"{package}{relations}</Relationships>",
        **{f"word/{name}.xml": f"<{_ROOTS[name]} {_WORD}>{xml}</{_ROOTS[name]}>" for name, xml in parts.items()},
    }


def word(body: str, **parts: str) -> SourceDocument:
    """A Word file with this body, as read."""
    return read_word(archive(word_parts(body, **parts)))


def read_word(content: bytes) -> SourceDocument:
    """The bytes of a Word file as read."""
    return DocxReader().read(content, "verslag.docx", Limits())


def saved(document: Document) -> bytes:
    """The bytes of a document that python-docx made."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def p(text: str, properties: str = "", letters: str = "") -> str:
    """A paragraph of a Word file with one run."""
    return (
        f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{letters}</w:rPr>"
        f'<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def numbered(text: str, level: int = 0, list_id: int = 1) -> str:
    """A paragraph of a Word file that is numbered in a list."""
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def level(number: int, form: str, text: str, more: str = "") -> str:
    """A level of a list of a Word file, indented by its number."""
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'
        f'<w:pPr><w:ind w:left="{360 * (number + 1)}"/></w:pPr></w:lvl>'
    )


def definition(number: int, *levels: str) -> str:
    """A list definition of a Word file."""
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def num(list_id: int, defined: int, override: str = "") -> str:
    """A list of a Word file that follows a definition."""
    return f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="{defined}"/>{override}</w:num>'


def table(*rows: str) -> str:
    """A table of a Word file."""
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    """A row of a table of a Word file; a cell that is no markup is a paragraph."""
    inner = "".join(cell if cell.startswith("<w:tc>") else tc(cell) for cell in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def tc(content: str, properties: str = "") -> str:
    """A cell of a table of a Word file."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if content.startswith('<') else p(content)}</w:tc>"


def open_parts(body: str, *, automatic: str = "", styles: str = "", master: str = "") -> dict[str, str]:
    """The parts of an OpenDocument text: its body, automatic and common styles, and its pages."""
    return {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": (
            f"<office:document-content {_OPEN}><office:automatic-styles>{automatic}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
        ),
        "styles.xml": (
            f"<office:document-styles {_OPEN}><office:styles>{styles}</office:styles>"
            f"<office:master-styles>{master}</office:master-styles></office:document-styles>"
        ),
        "META-INF/manifest.xml": f"<manifest:manifest {_OPEN}/>",
    }


def opened(body: str, *, automatic: str = "", styles: str = "", master: str = "") -> SourceDocument:
    """An OpenDocument text with this body, as read."""
    content = archive(open_parts(body, automatic=automatic, styles=styles, master=master))
    return OdtReader().read(content, "verslag.odt", Limits())


def page(body: str) -> SourceDocument:
    """A web page with this body, as read."""
    content = f"<!DOCTYPE html><html><head><title>Site</title></head><body>{body}</body></html>"
    return HtmlReader().read(content.encode(), "verslag.html", Limits())


def shown(document: SourceDocument) -> list[str]:
    """Every block on a line, in the signs of Markdown: its level, what marks it, and its text."""
    return [_shown(block, document.text) for block in document.blocks]


def _shown(block: Block, text: str) -> str:
    content = block.text(text)
    content = f"~~{content}~~" if block.struck and content else content
    marker = f"{block.marker} " if block.marker else ""
    if block.kind is BlockKind.HEADING:
        return f"{'#' * block.level} {marker}{content}"
    if block.kind is BlockKind.LIST_ITEM:
        return f"{'  ' * (block.level - 1)}{marker}{content}"
    if block.kind is BlockKind.TABLE_ROW:
        cells = " | ".join(" / ".join(line.text(text) for line in cell.lines) for cell in block.cells)
        return f"|{'=' if block.header else ''} {cells} |"
    if block.kind is BlockKind.KEY_VALUE and block.key:
        return f"{block.key.text(text)} = {block.value.text(text) if block.value else ''}"
    if block.kind is BlockKind.RULE:
        return "---"
    return f"**{content}**" if block.strong else content
