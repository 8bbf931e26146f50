"""Word documents (`.docx`, `.docm`, `.dotx`): Office Open XML."""

from __future__ import annotations

import functools
import posixpath
import re
from typing import NamedTuple

from minutes_nlp.reading.archive import Archive, damaged, names_in, parse_xml, password
from minutes_nlp.reading.archive import Element as XmlElement
from minutes_nlp.reading.compose import compose
from minutes_nlp.reading.document import Apart, ApartKind, SourceDocument
from minutes_nlp.reading.docx_body import Body
from minutes_nlp.reading.docx_numbers import Numbering
from minutes_nlp.reading.docx_styles import Styles, W
from minutes_nlp.reading.embedded import elements_of
from minutes_nlp.reading.finish import finished
from minutes_nlp.reading.flow import Element, Flow, paragraphs
from minutes_nlp.reading.paged import numbered
from minutes_nlp.reading.readers import Limits
from minutes_nlp.reading.titles import headings_by_size, plain_twins

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # OLE, in which Office puts what a password protects
_PROTECTED = "EncryptedPackage".encode("utf-16-le")
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MAIN = re.compile(r"word/document\d*\.xml$")
_LOCAL_HEADER = re.compile(rb"PK\x03\x04.{26}word/document\d*\.xml", re.DOTALL)
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_USUAL = W[1:-1].encode()


class DocxReader:
    """Reads what Word writes since 2007, with numbers as printed and changes accepted."""

    name = "docx"

    def score(self, content: bytes, suffix: str) -> float:  # noqa: ARG002 - the content tells
        """1 for an archive with a Word document in it, whole or cut off, and for one that a password protects."""
        if content.startswith(_CONTAINER):
            return 0.9 if _PROTECTED in content else 0.0
        names = names_in(content)
        if names is None:
            return 0.9 if _LOCAL_HEADER.search(content) else 0.0
        return 1.0 if any(map(_MAIN.match, names)) else 0.0

    def read(self, content: bytes, name: str, limits: Limits) -> SourceDocument:
        """See `Reader.read`."""
        if content.startswith(_CONTAINER):
            raise password(name)
        package = _Package(Archive(content, name, limits))
        flow = package.flow()
        headings_by_size(flow.elements)
        plain_twins(flow.elements)
        composed = numbered(flow.elements) if package.laid_out else compose(flow.elements)
        return finished(content, name, composed, _MEDIA_TYPE, apart=flow.apart)


class _Relation(NamedTuple):
    name: str
    kind: str
    target: str


class _Package:
    """The parts of a Word document and how they refer to one another."""

    def __init__(self, archive: Archive, depth: int = 1) -> None:
        self.archive, self.depth = archive, depth
        start = (r.target for r in self._relations("") if r.kind == "officeDocument")
        self.main = next(start, "word/document.xml")
        self.relations = self._relations(self.main)
        self.laid_out = False  # whether `flow` found where pages begin

    def flow(self) -> Flow:
        """The content of the document."""
        root = self._xml(self.main)
        body = None if root is None else root.find(W + "body")
        if body is None:
            raise damaged(self.archive.name)
        flow = Flow()
        styles = Styles(self._related("styles"))
        reader = Body(styles, Numbering(self._related("numbering")), flow, functools.partial(self._inside, flow=flow))
        flow.elements += reader.read(body)
        count = self._pages()
        self.laid_out = reader.pages.number == count if count else reader.pages.number > 1
        flow.elements += reader.read_notes({kind: self._related(f"{kind}s") for kind in ("footnote", "endnote")})
        self._set_apart(styles, flow)
        return flow

    def _inside(self, name: str, flow: Flow) -> list[Element]:
        """The content of the document in the document that a relation names; what can't be read is only listed."""
        target = next((relation.target for relation in self.relations if relation.name == name), "")
        content = self.archive.part(target) or b""
        if any(map(_MAIN.match, names_in(content) or ())) and self.depth < self.archive.limits.depth:
            inner = _Package(Archive(content, self.archive.name, self.archive.limits), self.depth + 1).flow()
            flow.apart += inner.apart
            for paragraph in paragraphs(inner.elements):
                paragraph.page = 0  # its pages are not those of this document
            return inner.elements
        elements = elements_of(content, self.archive.name, flow)
        if elements is None:
            flow.apart.append(Apart(ApartKind.ATTACHMENT, f"{target} ({len(content)} bytes)"))
        return elements or []

    def _pages(self) -> int:
        """How many pages Word says there are; 0 if it says nothing. Other marks in the text are of an older layout."""
        parts = (r.target for r in self._relations("") if r.kind == "extended-properties")
        root = next((root for part in parts if (root := self._xml(part)) is not None), None)
        said = "" if root is None else root.findtext("{*}Pages", "").strip()
        return int(said[:9]) if said.isdecimal() else 0

    def _set_apart(self, styles: Styles, flow: Flow) -> None:
        """Keep headers, footers and comments beside the text."""
        for kind, apart in (("header", ApartKind.HEADER), ("footer", ApartKind.FOOTER)):
            for relation in self.relations:
                if relation.kind == kind and (root := self._xml(relation.target)) is not None:
                    flow.set_apart(apart, Body(styles, Numbering(None), flow).read(root))
        comments = self._related("comments")
        for comment in [] if comments is None else comments:
            flow.set_apart(ApartKind.COMMENT, Body(styles, Numbering(None), flow).read(comment))

    def _related(self, kind: str) -> XmlElement | None:
        target = next((relation.target for relation in self.relations if relation.kind == kind), None)
        return None if target is None else self._xml(target)

    def _xml(self, path: str) -> XmlElement | None:
        content = self.archive.part(path)
        return None if content is None else parse_xml(content.replace(_STRICT, _USUAL), self.archive.name)

    def _relations(self, part: str) -> list[_Relation]:
        """What a part refers to inside the archive, in the order of the file; an empty name stands for the archive."""
        folder, file = posixpath.split(part)
        root = self.archive.xml(posixpath.join(folder, "_rels", f"{file}.rels"))
        found = []
        for relation in [] if root is None else root.iterchildren(_RELATIONS):
            if relation.get("TargetMode") == "External":
                continue
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
            found.append(_Relation(relation.get("Id", ""), posixpath.basename(relation.get("Type", "")), target))
        return found
