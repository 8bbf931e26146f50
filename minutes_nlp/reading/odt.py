"""OpenDocument texts (`.odt`, `.ott`, and `.fodt`, which is one XML file), as LibreOffice and others write them."""

from __future__ import annotations

import re

from minutes_nlp.errors import ReadingError
from minutes_nlp.reading.archive import Archive, Element, damaged, names_in, parse_xml, password
from minutes_nlp.reading.compose import compose
from minutes_nlp.reading.document import ApartKind, SourceDocument
from minutes_nlp.reading.finish import finished
from minutes_nlp.reading.flow import Flow
from minutes_nlp.reading.formats import is_flat_text
from minutes_nlp.reading.odt_body import Body
from minutes_nlp.reading.odt_styles import OFFICE, STYLE, Styles
from minutes_nlp.reading.readers import Limits
from minutes_nlp.reading.titles import headings_by_size, plain_twins

_MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_MIMETYPE = re.compile(rb"PK\x03\x04.{26}mimetype.{0,64}?application/vnd\.oasis\.opendocument\.text", re.DOTALL)
_BEGIN = 160  # bytes in which an archive says so if that is its first part, as it should be
_PARTS = (("header", ApartKind.HEADER), ("footer", ApartKind.FOOTER))


class OdtReader:
    """Reads OpenDocument texts, with numbers as printed and changes accepted."""

    name = "odt"

    def score(self, content: bytes, suffix: str) -> float:  # noqa: ARG002 - the content tells
        """1 for an archive of which a part says that it is such a text, and a flat file that does, whole or cut off."""
        if _MIMETYPE.match(content[:_BEGIN]) or is_flat_text(content):
            return 1.0
        if not {"mimetype", "content.xml"} <= (names_in(content) or frozenset()):
            return 0.0
        try:
            said = Archive(content, "", Limits(unpacked=_BEGIN)).part("mimetype") or b""
        except ReadingError:
            return 0.0
        return 1.0 if said.startswith(_MEDIA_TYPE.encode()) else 0.0

    def read(self, content: bytes, name: str, limits: Limits) -> SourceDocument:
        """See `Reader.read`."""
        if is_flat_text(content):
            root = parse_xml(content, name)
            return _document(content, name, root, root)
        archive = Archive(content, name, limits)
        manifest = archive.part("META-INF/manifest.xml")
        if manifest is not None and b"encryption-data" in manifest:
            raise password(name)
        return _document(content, name, archive.xml("content.xml"), archive.xml("styles.xml"))


def _document(content: bytes, name: str, root: Element | None, common: Element | None) -> SourceDocument:
    """The document whose body is below `root` and whose pages are below `common`."""
    body = None if root is None else root.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise damaged(name)
    flow = _flow(body, root, common)
    headings_by_size(flow.elements)
    plain_twins(flow.elements)
    return finished(content, name, compose(flow.elements), _MEDIA_TYPE, apart=flow.apart)


def _flow(body: Element, content: Element | None, common: Element | None) -> Flow:
    flow = Flow()
    reader = Body(Styles(content, common), flow)
    flow.elements += reader.read(body)
    flow.elements += reader.notes
    pages = [] if common is None else common.iterfind(f"{OFFICE}master-styles/{STYLE}master-page")
    for page in pages:
        for part in page:
            for kind, apart in _PARTS:
                if str(part.tag).startswith(STYLE + kind):
                    flow.set_apart(apart, Body(Styles(common), flow).read(part))
    return flow
