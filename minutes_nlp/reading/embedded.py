"""Documents in a Word file (`w:altChunk`), which Word itself only takes in when it next saves the file."""

from __future__ import annotations

import email.policy
import re
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Final

from minutes_nlp.errors import ReadingError
from minutes_nlp.reading import rtf
from minutes_nlp.reading.archive import names_in
from minutes_nlp.reading.encoding import decode
from minutes_nlp.reading.flow import Element, Flow, Paragraph
from minutes_nlp.reading.formats import foreign_format
from minutes_nlp.reading.html import HtmlReader, page_elements

_WEB_ARCHIVE: Final = re.compile(rb"(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?MIME-Version:", re.IGNORECASE)
_HTML: Final = ".html"


def elements_of(content: bytes, name: str, flow: Flow) -> list[Element] | None:
    """The paragraphs and tables of a web page, a web archive (MHT), RTF or plain text; `None` for anything else.

    Args:
        content: the bytes of the part.
        name: what the Word file is called in messages.
        flow: gets what is set apart.

    Raises:
        ReadingError: `reading.nested`.
    """
    if _WEB_ARCHIVE.match(content):
        message = BytesParser(policy=email.policy.default).parsebytes(content)
        assert isinstance(message, EmailMessage)
        body = message.get_body(("html", "plain"))
        content = (body.get_payload(decode=True) or b"") if body is not None else b""  # type: ignore[assignment]
    if content.startswith(rtf.SIGNATURE):
        return _paragraphs(rtf.plain_of(content))
    if HtmlReader().score(content, _HTML) > 0:
        return page_elements(content, name, flow)
    if foreign_format(content) is not None or names_in(content) is not None or content.lstrip().startswith(b"<"):
        return None
    try:
        return _paragraphs(decode(content, name)[0])
    except ReadingError:
        return None


def _paragraphs(text: str) -> list[Element]:
    return [Paragraph([line]) for line in text.split("\n")]
