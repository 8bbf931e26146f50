"""Of several documents that come together (a mail and what is attached to it): the one that is the minutes.

An archive among them stands for the files in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from minutes_nlp.errors import ReadingError
from minutes_nlp.reading.archive import no_text
from minutes_nlp.reading.bundle import is_bundle, members
from minutes_nlp.reading.document import Apart, ApartKind, SourceDocument
from minutes_nlp.reading.readers import Limits, digest, read_content
from minutes_nlp.resources import lexicon

_SIGNS: Final = ("attendance", "agenda", "closing", "item", "metadata", "people", "title")  # in `headings.toml`
_SAME: Final = 0.9  # share of the words of the shorter of two texts that say the same
_WORD: Final = re.compile(r"\w+")
_ENOUGH: Final = 3  # of those, which a document has that reads as minutes
_PICTURES: Final = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_SCAN: Final = 50_000  # bytes that a scanned page takes at least
_WAITS: Final = ("reading.password", "reading.needs-office", "reading.needs-ocr", "reading.office")


@dataclass(frozen=True, slots=True)
class Piece:
    """What is attached, or the text of the mail itself.

    Attributes:
        name: as attached, of a file in an archive with the path in it; empty for the text itself.
        content: its bytes.
        suffix: of the text itself, which has no name: `.txt` or `.html`.
    """

    name: str
    content: bytes
    suffix: str = ""


def choose(
    pieces: Sequence[Piece], heads: Sequence[str], content: bytes, name: str, media_type: str, limits: Limits
) -> SourceDocument:
    """The largest piece that reads as minutes, else the largest; what else came along is set apart.

    Args:
        pieces: the text of the mail first, then what is attached.
        heads: who wrote to whom, when and about what: lines to set apart.
        content: the whole mail.
        name: what it is called.
        media_type: of the mail; its document is said to be of this type.
        limits: hold for every piece.

    Raises:
        ReadingError: no piece can be read: the first problem among those attached, or `reading.no-text`.
    """
    read: list[tuple[Piece, SourceDocument]] = []
    problems: list[ReadingError] = []
    pieces = [inner for piece in pieces for inner in _unpacked(piece, name, problems, limits)]
    for piece in pieces:
        if not piece.content.strip() or _is_ornament(piece):
            continue
        try:
            inside = f"{name}/{piece.name}" if piece.name else name + piece.suffix
            read.append((piece, read_content(piece.content, name=inside, limits=limits)))
        except ReadingError as problem:
            problems.append(problem)
    if not read:
        raise _waiting(problems) or (problems[0] if problems else no_text(name))
    chosen, document = max(read, key=lambda found: (reads_as_minutes(found[1].text), len(found[1].text)))
    if not reads_as_minutes(document.text) and (waiting := _waiting(problems)) is not None:
        raise waiting  # the minutes are likely in there
    apart = [Apart(ApartKind.MESSAGE, "\n".join(heads))] if heads else []
    for piece in pieces:
        if piece is chosen:
            continue
        text = next((other.text for one, other in read if one is piece), "")
        more = reads_as_minutes(text) and not _says_the_same(text, document.text)
        if piece.name:
            kind = ApartKind.MINUTES if more else ApartKind.ATTACHMENT
            apart.append(Apart(kind, f"{piece.name} ({len(piece.content)} bytes)"))
        elif text:
            apart.append(Apart(ApartKind.MESSAGE, text))
            apart += [Apart(ApartKind.MINUTES, name)] if more else []
    return replace(
        document,
        name=name,
        sha256=digest(content),
        media_type=media_type,
        size=len(content),
        apart=(*document.apart, *apart),
    )


def _unpacked(piece: Piece, name: str, problems: list[ReadingError], limits: Limits) -> Iterator[Piece]:
    """The piece itself, or of an archive the files in it; what can't be had of them is added to `problems`."""
    if not is_bundle(piece.content, piece.name):
        yield piece
        return
    try:
        for member in members(piece.content, f"{name}/{piece.name}", limits):
            if member.problem is not None:
                problems.append(member.problem)
            yield Piece(f"{piece.name}/{member.path}", member.content)
    except ReadingError as problem:
        problems.append(problem)
        yield piece  # so that it is listed


def _is_ornament(piece: Piece) -> bool:
    """Whether a piece is a picture too small to be a scanned page: the logo below a signature."""
    return len(piece.content) < _SCAN and piece.content.startswith(_PICTURES)


def _waiting(problems: Sequence[ReadingError]) -> ReadingError | None:
    """The first of the problems that the user can solve, after which the piece is read."""
    return next((problem for problem in problems if problem.code in _WAITS), None)


def reads_as_minutes(text: str) -> bool:
    """Whether lines of the text begin as those of minutes do, in several ways; a letter has one or two."""
    found = 0
    for sign in _SIGNS:
        found += any(pattern.match(line.lstrip(" \t*#>-|")) for pattern in _patterns(sign) for line in text.split("\n"))
        if found >= _ENOUGH:
            return True
    return False


def _says_the_same(one: str, other: str) -> bool:
    """Whether nearly all words of the shorter text are in the other: the same minutes in another form, or a part."""
    words = [set(_WORD.findall(text.casefold())) for text in (one, other)]
    return len(words[0] & words[1]) >= _SAME * min(map(len, words))


@lexicon.words_cache()
def _patterns(sign: str) -> tuple[re.Pattern[str], ...]:
    """What begins a line with a sign, in every language."""
    listed = (lexicon.section(language, "headings").get(sign) for language in lexicon.languages())
    return tuple(lexicon.phrases(tuple(entries)) for entries in listed if entries)
