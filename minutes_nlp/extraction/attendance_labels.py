"""Where the labels of an attendance list stand in a line: `Aanwezig: … Afwezig met bericht: …`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from minutes_nlp.extraction.attendance_words import Cue, read_cue
from minutes_nlp.spans import CharSpan

_COLON = re.compile(r"(?<!https)(?<!http)(?<!\d):(?=\s|$|[^\W\d_]|\d)|(?<!\d):(?=\s|$)")
_EDGE = re.compile(r"[.;!?]\s+|\)\s|\||\s{2,}|\s[-–—/]\s|\u2028|,\s")
_DASH = re.compile(r"\s[-–—]\s")
_LABEL_WORDS = 9
_UNKNOWN_WORDS = 8


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label and what it announces. `cue` is `None` if the label is no word of attendance lists (an organisation?)."""

    label: CharSpan
    value: CharSpan
    cue: Cue | None


def find_labels(text: str, span: CharSpan) -> list[Labelled]:
    """The labels of a line with their values, in order; text before the first label is in none of them.

    A label is known if its words are; at the beginning of the line also an unknown one counts.
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
        else:
            continue
        previous = colon.end()
    if not starts:
        dashed = _dashed(text, span)
        return [dashed] if dashed else []
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
        if not words or len(words) > _LABEL_WORDS or "," in candidate.text(text):
            continue
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
    if not words or len(words.split()) > _UNKNOWN_WORDS or re.search(r"[.;,!?]\s|\|", words):
        return None
    return label.trim(text, " \t−–—-")


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
