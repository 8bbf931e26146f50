"""Lists of names that a narrow page broke in the middle: `Aanwezig: An Claes, Bo` / `Smets, Cas Maes`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from minutes_nlp.extraction import attendance_names as names
from minutes_nlp.extraction.attendance_labels import find_labels
from minutes_nlp.extraction.attendance_lines import Line, Piece
from minutes_nlp.extraction.attendance_words import fold, pattern
from minutes_nlp.language import NormalisedText
from minutes_nlp.reading import BlockKind
from minutes_nlp.spans import CharSpan, cover

_SIGNS = re.compile(r"[,;(:]")
_FIRST_PIECE = re.compile(r"[^,;.(:]*")
_HYPHEN = re.compile(r"\w-$")
_SURNAME_WORDS = 4


def join_wraps(normalised: NormalisedText, lines: Sequence[Line]) -> list[Line]:
    """The lines, those made one again that belong to one list of names after a label.

    A line is joined to the next, right below it, if it ends inside a name or a bracket.
    """
    text = normalised.text
    found: list[Line] = []
    listing = False  # whether the last line is, or continues, a label of people with names
    for line in lines:
        if listing and found and _follows(normalised, found[-1], line) and _is_cut(text, found[-1].span, line.span):
            whole = cover([found[-1].span, line.span])
            found[-1] = replace(found[-1], span=whole, pieces=(Piece(whole, found[-1].pieces[0].column),))
            continue
        found.append(line)
        listing = _announces(text, line)
    return found


def _announces(text: str, line: Line) -> bool:
    if line.is_heading or line.table or len(line.pieces) != 1:
        return False
    return any(label.cue and label.cue.kind == "people" for label in find_labels(text, line.span))


def _follows(normalised: NormalisedText, above: Line, line: Line) -> bool:
    """Whether a line of running text is printed right below another."""
    if line.kind is not BlockKind.PARAGRAPH or len(line.pieces) != 1 or line.strong or above.block == line.block:
        return False
    if any(label.cue for label in find_labels(normalised.text, line.span)):
        return False
    end = normalised.blocks[line.block - 1].block.lines[-1].end
    return normalised.blocks[line.block].block.lines[0].start - end <= 1 + line.indent


def _is_cut(text: str, above: CharSpan, below: CharSpan) -> bool:
    """Whether the upper line ends inside a name that goes on in the lower one, or inside a bracket."""
    words, following = above.text(text).rstrip(), below.text(text)
    if words.count("(") > words.count(")") or _HYPHEN.search(words):
        return True
    last = _SIGNS.split(words)[-1].strip()
    if not last:
        return False
    end = last.split()[-1]
    if (names.is_particle(end) and not end.isupper()) or _ends_open(end):
        return True
    return _is_first_name_alone(text, above, last) and _may_be_surname(following)


def _ends_open(word: str) -> bool:
    """Whether a word needs a name behind it: “and”, a title."""
    folded = fold(word.rstrip("."))
    title = pattern("people", "titles").fullmatch(folded) and not pattern("people", "functions").fullmatch(folded)
    return bool(title or pattern("people", "and").fullmatch(folded))


def _is_first_name_alone(text: str, above: CharSpan, last: str) -> bool:
    """Whether a list of full names ends with a first name only."""
    whole = CharSpan(0, len(last))
    named = names.strip_titles(last, whole)
    if " " in named.text(last).strip() or not names.is_first_name(named.text(last)):
        return False
    others = [piece.split() for piece in _SIGNS.split(above.text(text).rpartition(last)[0].rpartition(":")[2])]
    full = [piece for piece in others if piece]
    return named.start > 0 or (bool(full) and all(len(piece) > 1 for piece in full))


def _may_be_surname(following: str) -> bool:
    """Whether a line begins with what can be a surname, and then a comma or a stop."""
    piece = _FIRST_PIECE.match(following)
    words = piece[0].split() if piece else []
    if piece is None or not words or len(words) > _SURNAME_WORDS or following[piece.end() :][:1] == ":":
        return False
    capital = all(word[:1].isupper() or names.is_particle(word) for word in words)
    return capital and not names.is_first_name(words[0])
