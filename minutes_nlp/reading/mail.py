"""Mail as it travels (`.eml`): the minutes are its text, or what is attached to it."""

from __future__ import annotations

import email.policy
import html
import re
from collections.abc import Iterator
from email.errors import MessageError
from email.message import EmailMessage, Message, MIMEPart
from email.parser import BytesParser
from typing import Final

from minutes_nlp.reading.child.problems import nested
from minutes_nlp.reading.document import SourceDocument
from minutes_nlp.reading.formats import is_mail
from minutes_nlp.reading.parcel import Piece, choose
from minutes_nlp.reading.readers import Limits

_MEDIA_TYPE: Final = "message/rfc822"
_HEADS: Final = ("From", "To", "Cc", "Date", "Subject")
_DEEPEST: Final = 30  # parts in parts; mails in mails take time with the square of it
_BODY: Final = re.compile(r"<body[^>]*>", re.IGNORECASE)


class MailReader:
    """Reads mail as programs save it."""

    name = "mail"

    def score(self, content: bytes, suffix: str) -> float:  # noqa: ARG002 - the content tells
        """1 for what begins with the header of a mail."""
        return 1.0 if is_mail(content) else 0.0

    def read(self, content: bytes, name: str, limits: Limits) -> SourceDocument:
        """See `Reader.read`."""
        message = BytesParser(policy=email.policy.default).parsebytes(content)
        assert isinstance(message, EmailMessage)
        if _is_too_deep(message):
            raise nested(name)
        heads = [f"{key}: {value}" for key in _HEADS if (value := _field(message, key))]
        return choose(list(_pieces(message)), heads, content, name, _MEDIA_TYPE, limits)


def _is_too_deep(message: Message) -> bool:
    """Whether mails and parts are packed in one another deeper than anybody passes them on."""
    waiting: list[tuple[Message, int]] = [(message, 0)]
    while waiting:
        part, depth = waiting.pop()
        if depth > _DEEPEST:
            return True
        inner = part.get_payload()
        if isinstance(inner, list):
            waiting += [(one, depth + 1) for one in inner if isinstance(one, Message)]
    return False


def _field(message: Message, key: str) -> str:
    """A field of the header on one line; empty if there is none, or none that can be understood."""
    try:
        return " ".join(str(message.get(key, "")).split())
    except (ValueError, IndexError, AttributeError, TypeError, MessageError):
        return ""


def _pieces(message: EmailMessage) -> Iterator[Piece]:
    """The text of the mail, then what is attached, mails that were passed on included."""
    body = message.get_body(("html", "plain"))
    if body is not None:
        yield body_piece(_text(body), body.get_content_subtype() == "html", _field(message, "Subject"))
    for number, part in enumerate(_leaves(message)):
        if part is body or (body is not None and _is_alternative(part)):
            continue
        yield Piece(part.get_filename() or f"{number + 1}", _content(part))


def _leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts that hold something, one attached mail being one."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        if part.get_content_maintype() == "multipart" and isinstance(part.get_payload(), list):
            waiting += reversed(list(part.iter_parts()))  # type: ignore[arg-type] # the policy makes them so
        else:
            yield part


def _is_alternative(part: Message) -> bool:
    """Whether a part is the same text once more, in another form: without a name, and not attached."""
    return (
        part.get_content_maintype() == "text"
        and part.get_filename() is None
        and part.get_content_disposition() != "attachment"
    )


def body_piece(text: str, is_html: bool, subject: str) -> Piece:
    """The text of a mail, headed by what it is about."""
    if not text.strip():
        return Piece("", b"", ".txt")
    if not is_html:
        return Piece("", (f"{subject}\n\n{text}" if subject else text).encode("utf-8", "replace"), ".txt")
    heading = f"<h1>{html.escape(subject)}</h1>" if subject else ""
    opened = _BODY.search(text)
    at = opened.end() if opened else 0
    page = text[:at] + heading + text[at:]
    return Piece("", b"\xef\xbb\xbf" + page.encode("utf-8", "replace"), ".html")


def _text(part: MIMEPart) -> str:
    """The text of a part; what can't be decoded becomes `\ufffd`."""
    try:
        return str(part.get_content())
    except (LookupError, ValueError, MessageError):
        return _content(part).decode("utf-8", "replace")


def _content(part: Message) -> bytes:
    """The bytes of a part; of an attached mail those of the mail."""
    if part.get_content_maintype() == "message" and isinstance(part.get_payload(), list):
        inner = part.get_payload()
        return inner[0].as_bytes() if inner else b""  # type: ignore[union-attr, index]
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""
