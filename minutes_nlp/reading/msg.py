"""Mail as Outlook saves it (`.msg`): properties in a compound file (MS-OXMSG), of which few are needed."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

import olefile

from minutes_nlp.reading.archive import damaged
from minutes_nlp.reading.document import SourceDocument
from minutes_nlp.reading.mail import body_piece
from minutes_nlp.reading.parcel import Piece, choose
from minutes_nlp.reading.readers import Limits
from minutes_nlp.reading.rtf import plain_of_compressed

_MEDIA_TYPE: Final = "application/vnd.ms-outlook"
_PROPERTIES: Final = "__properties_version1.0"
_MARK: Final = _PROPERTIES.encode("utf-16-le")
_ATTACHED: Final = "__attach_version1.0_#"
_SUBJECT, _SENDER, _RECEIVERS, _BODY, _HTML, _RTF = "0037", "0C1A", "0E04", "1000", "1013", "1009"
_LONG_NAME, _SHORT_NAME, _DATA = "3707", "3704", "3701"
_UNICODE, _EIGHT_BIT, _BINARY, _OBJECT = "001F", "001E", "0102", "000D"


class MsgReader:
    """Reads messages that Outlook saved."""

    name = "msg"

    def score(self, content: bytes, suffix: str) -> float:  # noqa: ARG002 - the content tells
        """1 for a compound file with the properties of a message."""
        return 1.0 if content.startswith(olefile.MAGIC) and _MARK in content else 0.0

    def read(self, content: bytes, name: str, limits: Limits) -> SourceDocument:
        """See `Reader.read`."""
        try:
            with olefile.OleFileIO(io.BytesIO(content)) as file:
                message = _Properties(file, ())
                heads = [message.text(key) for key in (_SENDER, _RECEIVERS, _SUBJECT)]
                pieces = list(_pieces(message, limits.depth))
        except (OSError, ValueError, IndexError, TypeError, KeyError, AttributeError) as error:
            raise damaged(name) from error  # olefile checks little: a broken file fails anywhere
        return choose(pieces, [head for head in heads if head], content, name, _MEDIA_TYPE, limits)


class _Properties:
    """The properties of a message or an attachment: streams in one folder of the file."""

    def __init__(self, file: Any, place: Sequence[str]) -> None:
        self.file, self.place = file, list(place)

    def bytes(self, key: str, kind: str = _BINARY) -> bytes | None:
        """A property; `None` if it is not there."""
        path = [*self.place, f"__substg1.0_{key}{kind}"]
        return bytes(self.file.openstream(path).read()) if self.file.exists(path) else None

    def text(self, key: str) -> str:
        """A property that is text; empty if it is not there."""
        if (found := self.bytes(key, _UNICODE)) is not None:
            return found.decode("utf-16-le", "replace").rstrip("\0")
        return (self.bytes(key, _EIGHT_BIT) or b"").decode("cp1252", "replace").rstrip("\0")

    def attached(self) -> Iterator[_Properties]:
        """The properties of each attachment."""
        depth = len(self.place)
        inside = (path for path in self.file.listdir(streams=True, storages=True) if path[:depth] == self.place)
        names = {path[depth] for path in inside if len(path) > depth}
        for name in sorted(name for name in names if name.startswith(_ATTACHED)):
            yield _Properties(self.file, (*self.place, name))

    def message(self) -> _Properties | None:
        """The message that an attachment is; `None` if it is a file."""
        place = [*self.place, f"__substg1.0_{_DATA}{_OBJECT}"]
        return _Properties(self.file, place) if self.file.exists([*place, _PROPERTIES]) else None


def _pieces(message: _Properties, depth: int) -> Iterator[Piece]:
    """The text of the message, then what is attached; messages in it are opened `depth` deep."""
    subject, plain = message.text(_SUBJECT), message.text(_BODY)
    page = message.bytes(_HTML)
    if page:
        yield body_piece(_decoded(page), True, subject)
    else:
        plain = plain if plain.strip() else plain_of_compressed(message.bytes(_RTF) or b"")
        yield body_piece(plain.replace("\r\n", "\n"), False, subject)
    for number, attached in enumerate(message.attached(), 1):
        name = (attached.text(_LONG_NAME) or attached.text(_SHORT_NAME) or str(number)).replace("/", "_")
        inner = attached.message() if depth > 1 else None
        if inner is None:
            yield Piece(name, attached.bytes(_DATA) or b"")
        else:
            for piece in _pieces(inner, depth - 1):
                yield replace(piece, name=f"{name}/{piece.name}" if piece.name else name + piece.suffix)


def _decoded(page: bytes) -> str:
    try:
        return page.decode("utf-8")
    except UnicodeDecodeError:
        return page.decode("cp1252", "replace")
