"""Where the labels of an attendance list stand in a line: `Aanwezig: … Afwezig met bericht: …`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from minutes_nlp.extraction.attendance_names import begins_with_name, is_first_name, is_particle
from minutes_nlp.extraction.attendance_words import Cue, fold, pattern, read_cue
from minutes_nlp.spans import CharSpan

_COLON = re.compile(r"(?<!https)(?<!http)(?<!\d):(?=\s|$|[^\W\d_]|\d)|:(?=\s|$)")
_EDGE = re.compile(r"[.;!?]\s+|\)\s|\||\s{2,}|\s[-–—/]\s|\u2028|,\s")
_QUESTION = re.compile(r"\s?\?\s+")
_PIECE_EDGE = re.compile(r"[;|]\s+|\.\s+|\s/\s")
_BEFORE_NAME = re.compile(r"\s+(?=[A-ZÀ-Þ])")
_BARE_WORDS = 4
_BRACKET = re.compile(r"\([^()]*\)\s*")
_DASH = re.compile(r"\s[-–—]\s")
_CAPITALS = re.compile(r"[A-ZÀ-Þ][^\W\d_]*(?:(?:, | )[A-ZÀ-Þ][^\W\d_]*)*")  # `Fanfan, Lou`
_ACRONYM = re.compile(r"[A-ZÀ-Þ]{2,3}\s(?=[A-ZÀ-Þ]?[^A-ZÀ-Þ\W])")  # before a word that is not in capitals
_LABEL_WORDS = 9
_UNKNOWN_WORDS = 8


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label and what it announces. `cue` is `None` if the label is no word of attendance lists (an organisation?)."""

    label: CharSpan
    value: CharSpan
    cue: Cue | None


def find_labels(text: str, span: CharSpan, *, bare: bool = False) -> list[Labelled]:
    """The labels of a line with their values, in order; text before the first label is in none of them.

    A label is known if its words are; at the beginning of the line also an unknown one counts. With `bare`, a label may
    also stand without a colon before a name.
    """
    starts: list[tuple[CharSpan, Cue | None, int]] = []
    previous = span.start
    for colon in _COLON.finditer(text, span.start, span.end):
        known = _label_before(text, CharSpan(previous, colon.start()), first=not starts)
        unknown = _unknown(text, CharSpan(span.start, colon.start())) if known is None and not starts else None
        if known is not None:
            starts.append((*known, colon.end()))
        elif unknown is not None:
            starts.append((unknown, None, colon.end()))
        elif starts and (group := _group_before(text, CharSpan(previous, colon.start()), span.end)):
            starts.append((group, None, colon.end()))
        else:
            continue
        previous = colon.end()
    if not starts:
        dashed = _dashed(text, span)
        return [dashed] if dashed else _asked(text, span) or (_bare(text, span) if bare else [])
    found = []
    for index, (label_span, cue, begin) in enumerate(starts):
        end = starts[index + 1][0].start if index + 1 < len(starts) else span.end
        found.append(Labelled(label_span, CharSpan(begin, max(begin, end)).trim(text), cue))
    return found


def _label_before(text: str, before: CharSpan, *, first: bool) -> tuple[CharSpan, Cue] | None:
    """The known label that ends where `before` does: after the nearest stop, else the whole, else the last words."""
    edges = [edge.end() for edge in _EDGE.finditer(text, before.start, before.end)]
    for start in (*reversed(edges[-2:]), *([before.start] if first else [])):
        candidate = CharSpan(start, before.end).trim(text)
        words = candidate.text(text).split()
        if not words or len(words) > _LABEL_WORDS or any(sign in candidate.text(text) for sign in ",;"):
            continue
        if len(words) > 1 and start > before.start and is_first_name(words[0]):
            break  # the last name of the list before: `An / Bo Afwezig:`
        cue = read_cue(candidate.text(text))
        if cue and (cue.kind != "group" or start == before.start or edges):
            return candidate, cue
    for word in re.finditer(r"\S+$", text[before.start : before.end].rstrip()):
        cue = read_cue(word[0])
        if cue and cue.kind == "people" and before.start + word.start() > before.start:
            return CharSpan(before.start + word.start(), before.start + word.end()), cue
    return None


def _unknown(text: str, label: CharSpan) -> CharSpan | None:
    words = label.text(text).strip()
    if not words or words[0].isdigit() or len(words.split()) > _UNKNOWN_WORDS or re.search(r"[.;,!?]\s|\|", words):
        return None
    return label.trim(text, " \t−–—-")


def _group_before(text: str, before: CharSpan, end: int) -> CharSpan | None:
    """The unknown label inside a line that a stop, a semicolon or a slash and a name enclose: `; riverains : An`."""
    edges = [edge.end() for edge in _PIECE_EDGE.finditer(text, before.start, before.end)]
    if not edges or not begins_with_name(text, CharSpan(before.end + 1, end)):
        return None
    return _unknown(text, CharSpan(edges[-1], before.end))


def _dashed(text: str, span: CharSpan) -> Labelled | None:
    """`Voorzitter – An Claes`: a dash instead of the colon, after a label of people only."""
    dash = _DASH.search(text, span.start, span.end)
    if not dash:
        return None
    label = CharSpan(span.start, dash.start()).trim(text)
    cue = read_cue(label.text(text))
    value = CharSpan(dash.end(), span.end).trim(text)
    if cue is None or cue.kind not in ("people", "group") or read_cue(value.text(text)):
        return None
    return Labelled(label, value, cue)


def _asked(text: str, span: CharSpan) -> list[Labelled]:
    """`Wie is er? An, Bo`: a question instead of the label, at the beginning of the line."""
    question = _QUESTION.search(text, span.start, span.end)
    if not question:
        return []
    label = CharSpan(span.start, question.start()).trim(text)
    cue = read_cue(label.text(text))
    value = CharSpan(question.end(), span.end).trim(text)
    if (
        cue is None
        or cue.kind != "people"
        or not (begins_with_name(text, value) or _CAPITALS.fullmatch(value.text(text)))
    ):
        return []
    return [Labelled(label, value, cue)]


def _bare(text: str, span: CharSpan) -> list[Labelled]:
    """`Aanwezig An Claes, Bo Smets; verslag Cas Maes`: labels without any sign between them and a first name."""
    if pattern("prose", "approved").search(fold(span.text(text))):
        return []  # what an earlier meeting's secretary wrote is approved
    opening = _BRACKET.match(text, span.start, span.end)
    begin = opening.end() if opening else span.start
    starts = [begin, *(edge.end() for edge in _PIECE_EDGE.finditer(text, begin, span.end))]
    found: list[tuple[CharSpan, Cue, int]] = []
    for start in starts:
        labelled = _bare_label(text, CharSpan(start, span.end).trim(text))
        if labelled:
            found.append(labelled)
        elif not found:
            return []
    ends = [label.start for label, _, _ in found[1:]] + [span.end]
    return [
        Labelled(label, CharSpan(begin, end).trim(text, " \t;|/"), cue)
        for (label, cue, begin), end in zip(found, ends, strict=True)
    ]


def _bare_label(text: str, span: CharSpan) -> tuple[CharSpan, Cue, int] | None:
    for gap in _BEFORE_NAME.finditer(text, span.start, span.end):
        label = CharSpan(span.start, gap.start())
        words = label.text(text)
        if len(words.split()) > _BARE_WORDS or "," in words:
            return None
        if is_particle(words.split()[-1]) or not (words[-1].isalpha() or words[-1] == "."):
            continue
        cue = read_cue(words)
        if _ACRONYM.match(text, gap.end(), span.end) and not words.isupper():
            continue  # `Verslag MR De Linde`: no title
        if cue and cue.kind == "people" and begins_with_name(text, CharSpan(gap.end(), span.end)):
            return label, cue, gap.end()
    return None
