"""What parent and child say to each other: JSON beside bytes, and nothing that could run code in the parent."""

from __future__ import annotations

import dataclasses
import functools
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from minutes_nlp.errors import ReadingError
from minutes_nlp.reading.document import SourceDocument

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_SIZE: Final = 8  # bytes of each of the two lengths that go before a message


class BrokenLineError(Exception):
    """The other end is gone, or says what makes no sense."""


class OversizeError(Exception):
    """The other end says more than it may."""


def send(line: BinaryIO, facts: Mapping[str, object], content: bytes = b"") -> None:
    """Say `facts` (plain values) and `content`.

    Raises:
        OSError: the other end is gone.
    """
    head = json.dumps(facts).encode("ascii")
    line.write(len(head).to_bytes(_SIZE, "big") + len(content).to_bytes(_SIZE, "big") + head)
    line.write(content)
    line.flush()


def receive(line: BinaryIO, most: int | None = None) -> tuple[dict[str, Any], bytes]:
    """What the other end says next, of at most `most` bytes.

    Raises:
        BrokenLineError: it has ended, or talks nonsense.
        OversizeError: it says more than `most` bytes.
    """
    lengths = _exactly(line, 2 * _SIZE)
    head, content = (int.from_bytes(lengths[at : at + _SIZE], "big") for at in (0, _SIZE))
    if most is not None and head + content > most:
        raise OversizeError
    try:
        facts = json.loads(_exactly(line, head))
    except (ValueError, RecursionError) as error:
        raise BrokenLineError from error
    if not isinstance(facts, dict):
        raise BrokenLineError
    return facts, _exactly(line, content)


def _exactly(line: BinaryIO, size: int) -> bytes:
    try:
        found = line.read(size)
    except (OSError, ValueError) as error:
        raise BrokenLineError from error
    if len(found) < size:
        raise BrokenLineError
    return found


def document_to_bytes(document: SourceDocument) -> bytes:
    """A document as JSON; lone surrogates survive as escapes."""
    return json.dumps(document, default=_fields, separators=(",", ":")).encode("ascii")


def _fields(value: Any) -> dict[str, object]:
    return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}


def document_from_bytes(content: bytes) -> SourceDocument:
    """The document that `document_to_bytes` wrote; every value has the type that it should have.

    Raises:
        BrokenLineError: it is none.
    """
    try:
        return _documents().validate_python(json.loads(content))
    except (ValueError, RecursionError) as error:  # pydantic's own is a `ValueError`
        raise BrokenLineError from error


@functools.cache
def _documents() -> TypeAdapter[SourceDocument]:
    from pydantic import TypeAdapter  # here, since the child has no need of it

    return TypeAdapter(SourceDocument)


def problem_to_facts(problem: ReadingError) -> dict[str, object]:
    """An error as plain values."""
    values = {name: _plain(value) for name, value in problem.values.items()}
    return {"code": problem.code, "message": problem.message, "hint": problem.hint, "values": values}


def _plain(value: object) -> object:
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)


def problem_from_facts(facts: Mapping[str, Any]) -> ReadingError:
    """The error that `problem_to_facts` took apart.

    Raises:
        BrokenLineError: it is none.
    """
    try:
        values = {str(name): _plain(value) for name, value in facts["values"].items()}
        return ReadingError(str(facts["code"]), str(facts["message"]), str(facts["hint"]), **values)
    except (KeyError, AttributeError, TypeError) as error:
        raise BrokenLineError from error
