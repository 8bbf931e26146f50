"""Web pages. lxml parses them: it is fast, keeps going on broken markup, and the other formats need it anyway."""

from __future__ import annotations

import codecs
import re

from lxml import etree

from minutes_nlp.reading.archive import Element, too_deep
from minutes_nlp.reading.child.problems import nested
from minutes_nlp.reading.compose import compose
from minutes_nlp.reading.document import SourceDocument
from minutes_nlp.reading.finish import finished
from minutes_nlp.reading.flow import Element as FlowElement
from minutes_nlp.reading.flow import Flow
from minutes_nlp.reading.html_body import Body
from minutes_nlp.reading.readers import Limits
from minutes_nlp.reading.titles import letterhead, plain_twins

_MEDIA_TYPE = "text/html"
_HEAD = 4096  # bytes in which a page says what it is and how it is encoded
_OPENS = re.compile(  # never looks at a place twice, whatever comes
    rb"(?:\s|<\?xml[^>]{0,200}>|<!--(?:(?!-->).){0,2000}+-->)*+<(?:!doctype\s+html|html[\s>])", re.I | re.S
)
_TAGS = re.compile(rb"<(?:p|div|h[1-6]|ul|ol|table|br|body|head|title)(?:\s[^<>]{0,500})?/?>", re.IGNORECASE)
_CHARSET = re.compile(rb"""<meta[^>]{0,500}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})""", re.IGNORECASE)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WINDOWS = frozenset(("ascii", "iso8859-1"))  # what says so is meant as cp1252, as browsers know
_SUFFIXES = frozenset((".html", ".htm", ".xhtml", ".xht"))


class HtmlReader:
    """Reads the text of a web page without what only leads to other pages."""

    name = "html"

    def score(self, content: bytes, suffix: str) -> float:
        """1 for what begins as a web page, whatever its name; 0.8 for a piece of one in a file that is called so."""
        head = content[: 2 * _HEAD]
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            head = head.replace(b"\0", b"")[2:]
        if _OPENS.match(head.removeprefix(codecs.BOM_UTF8)):
            return 1.0
        return 0.8 if suffix in _SUFFIXES and _TAGS.search(head) else 0.0

    def read(self, content: bytes, name: str, limits: Limits) -> SourceDocument:  # noqa: ARG002 - none applies
        """See `Reader.read`."""
        page, encoding = decode_page(content)
        flow = Flow()
        flow.elements += _elements(page, name, flow)
        letterhead(flow.elements)
        plain_twins(flow.elements)
        return finished(content, name, compose(flow.elements), _MEDIA_TYPE, encoding=encoding, apart=flow.apart)


def page_elements(content: bytes, name: str, flow: Flow) -> list[FlowElement]:
    """The paragraphs and tables of a page that is part of another document, whose `flow` gets what is set apart.

    Raises:
        ReadingError: `reading.nested`.
    """
    return _elements(decode_page(content)[0], name, flow)


def _elements(page: str, name: str, flow: Flow) -> list[FlowElement]:
    root = _parse(page, name)
    return [] if root is None else Body(flow).read(root)


def _parse(page: str, name: str) -> Element | None:
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(page.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):  # nothing in it that is an element
        root = None
    if too_deep(parser):
        raise nested(name)
    return root


def decode_page(content: bytes) -> tuple[str, str]:
    """The markup of a page, and the encoding: by its mark, UTF-8 if it is that, by what the page says, or cp1252.

    Pages that are UTF-8 say something else now and then; the other way round it does not happen, since hardly any
    text in another encoding is UTF-8 by chance. Bytes that mean nothing become replacement characters, as in a browser.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _cleaned(content.decode(encoding, "replace")), encoding
    head = content[:_HEAD]
    found = _CHARSET.search(head) or _DECLARED.search(head)
    said = _codec(found[1].decode("ascii", "replace")) if found else None
    for choice in filter(None, ("utf-8", said, "cp1252")):
        try:
            return _cleaned(content.decode(choice)), choice
        except UnicodeDecodeError:
            continue
    encoding = said or "cp1252"
    return _cleaned(content.decode(encoding, "replace")), encoding


def _codec(label: str) -> str | None:
    """The codec that a label of the web means; `None` for one that is unknown or no encoding of text."""
    try:
        found = codecs.lookup(label)
    except (LookupError, ValueError):
        return None
    if not found._is_text_encoding or found.name.startswith(("utf-16", "utf-32", "utf-7", "idna", "punycode")):
        return None  # a page that can say so in single bytes is none of these
    return "cp1252" if found.name in _WINDOWS else found.name


def _cleaned(page: str) -> str:
    return page.removeprefix("\ufeff").replace("\0", "")
