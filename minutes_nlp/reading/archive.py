"""Documents that are ZIP archives of XML parts: what is asked for is unpacked, within limits and without entities."""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

from minutes_nlp.errors import ReadingError
from minutes_nlp.reading.child.problems import nested
from minutes_nlp.reading.readers import Limits

Element = etree._Element

_SIGNATURE = b"PK\x03\x04"
_ENCRYPTED = 0x1


def names_in(content: bytes) -> frozenset[str] | None:
    """The names of the parts of an archive; `None` if it is none or its directory is lost."""
    if not content.startswith(_SIGNATURE):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None


class Archive:
    """The parts of a document.

    Args:
        content: the file's bytes.
        name: what the file is called in messages.
        limits: `limits.unpacked` bounds each part.

    Raises:
        ReadingError: `reading.damaged` if it is no whole archive.
    """

    def __init__(self, content: bytes, name: str, limits: Limits) -> None:
        self.name, self.limits = name, limits
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise damaged(name) from error

    def part(self, path: str) -> bytes | None:
        """The bytes of a part; `None` if the archive lacks it.

        Raises:
            ReadingError: `reading.damaged`, `reading.password`, or `reading.unpacked` if it is too large.
        """
        try:
            entry = self._archive.getinfo(path)
        except KeyError:
            return None
        if entry.flag_bits & _ENCRYPTED:
            raise password(self.name)
        try:
            with self._archive.open(entry) as part:
                found = part.read(self.limits.unpacked + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError) as error:
            raise damaged(self.name) from error
        if len(found) > self.limits.unpacked:
            raise ReadingError(
                "reading.unpacked",
                f"{self.name} unpacks to more than {self.limits.unpacked} bytes in {path}.",
                "It is hardly minutes; if it is, split it, or raise `limits.unpacked` in minutes.toml.",
                path=self.name,
                part=path,
                limit=self.limits.unpacked,
            )
        return found

    def xml(self, path: str) -> Element | None:
        """The root element of an XML part; `None` if the archive lacks it.

        Raises:
            ReadingError: as `part`, and `reading.xml-entities` if it defines entities.
        """
        content = self.part(path)
        return None if content is None else parse_xml(content, self.name)


def parse_xml(content: bytes, name: str) -> Element:
    """The root element of an XML document; nothing outside it is looked up, and no entity is expanded.

    Raises:
        ReadingError: `reading.damaged` if it is not well formed, `reading.nested` if it goes too deep,
            `reading.xml-entities` if it has a document type.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        if b"<!ENTITY" in content or b"<!DOCTYPE" in content:
            raise _entities(name) from error
        raise (nested(name) if too_deep(parser) else damaged(name)) from error
    except ValueError as error:
        raise damaged(name) from error
    if root.getroottree().docinfo.doctype:
        raise _entities(name)
    return root


def too_deep(parser: etree.XMLParser | etree.HTMLParser) -> bool:
    """Whether a parser gave up since elements lie in one another deeper than it goes."""
    limit = etree.ErrorTypes.ERR_RESOURCE_LIMIT
    return any(entry.type == limit and "depth" in entry.message for entry in parser.error_log)


def damaged(name: str) -> ReadingError:
    """The error for a file that is cut off or broken inside."""
    return ReadingError(
        "reading.damaged",
        f"{name} is damaged or not whole.",
        "Copy it again, or open it in the program that made it and save it anew.",
        path=name,
    )


def password(name: str) -> ReadingError:
    """The error for a file that only a password opens."""
    return ReadingError(
        "reading.password",
        f"{name} is protected by a password.",
        "Save it without a password.",
        path=name,
    )


def no_text(name: str) -> ReadingError:
    """The error for a document without a visible word."""
    return ReadingError(
        "reading.no-text",
        f"{name} holds no text, only pictures perhaps.",
        "Put the text itself in it, or remove it.",
        path=name,
    )


def _entities(name: str) -> ReadingError:
    return ReadingError(
        "reading.xml-entities",
        f"{name} defines XML entities, which no word processor writes.",
        "Save it anew with a word processor if you trust where it comes from.",
        path=name,
    )
