"""A plain dialogue on a terminal: lines out, lines in. Works over SSH, in a pipe, and where nothing can be coloured."""

from __future__ import annotations

import os
import sys
import textwrap
from typing import TYPE_CHECKING

from minutes_nlp.cli.messages import Messages
from minutes_nlp.cli.output import cell, width
from minutes_nlp.cli.problems import printable

if TYPE_CHECKING:
    from minutes_nlp.query.doubts import Doubt

_INDENT = "    "
_LETTERS_AROUND = 500
_LINES_AROUND = 3
_OPENED, _CLOSED = "\ue000", "\ue001"  # stand for the marks until the lines are as long as they will be
_COLOUR = ("\x1b[7m", "\x1b[0m")
_PLAIN_MARKS = (">>", "<<")


class Dialogue:
    """Asks on standard input and shows on standard output.

    Args:
        say: the texts in the user's language.
    """

    def __init__(self, say: Messages) -> None:
        self.say = say
        self.width = max(30, min(width(), 100))
        self.coloured = sys.stdout.isatty() and os.environ.get("TERM") != "dumb" and not os.environ.get("NO_COLOR")

    def show(self, text: str = "", indent: str = "") -> None:
        """Show a line, wrapped."""
        lines = textwrap.wrap(printable(text), self.width, initial_indent=indent, subsequent_indent=indent)
        sys.stdout.write("\n".join(lines or [""]) + "\n")
        sys.stdout.flush()

    def ask(self, question: str) -> str | None:
        """The answer, without white space around it; `None` when there will be no more."""
        sys.stdout.write(f"{printable(question)}{self.say('help.colon')} ")
        sys.stdout.flush()
        line = sys.stdin.readline()
        if not line:
            sys.stdout.write("\n")
            return None
        if not sys.stdin.isatty():
            sys.stdout.write("\n")  # nobody typed the line break that ends the question
        return line.strip()

    def agrees(self, question: str) -> bool:
        """Whether the user says yes, or how that begins, in the language of the program; no answer is no."""
        answer = (self.ask(question) or "").casefold()
        return bool(answer) and self.say("values.yes").startswith(answer)

    def passage(self, text: str, start: int, end: int) -> None:
        """Show the passage at `[start, end)` of a document's text, marked, with the lines around it."""
        first, last = _around(text, start, end)
        marked = f"{text[first:start]}{_OPENED}{text[start:end]}{_CLOSED}{text[end:last]}"
        inside = False
        for line in marked.splitlines():
            for piece in textwrap.wrap(printable(line), self.width - len(_INDENT) - len("".join(_PLAIN_MARKS))):
                sys.stdout.write(f"{_INDENT}{self._marked(piece, inside)}\n")
                inside = (inside or _OPENED in piece) and _CLOSED not in piece

    def _marked(self, piece: str, inside: bool) -> str:
        """A line of a passage with its marks as this terminal shows them; `inside`: it begins in the marked part."""
        if not self.coloured:
            opened, closed = _PLAIN_MARKS
            return piece.replace(_OPENED, opened).replace(_CLOSED, closed)
        on, off = _COLOUR
        goes_on = (inside or _OPENED in piece) and _CLOSED not in piece
        coloured = piece.replace(_OPENED, on).replace(_CLOSED, off)
        return f"{on if inside else ''}{coloured}{off if goes_on else ''}"


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the surroundings of a passage begin and end: whole lines, unless they are very long."""
    first = start
    for _ in range(_LINES_AROUND):
        first = text.rfind("\n", 0, max(first - 1, 0)) + 1
        if first == 0:
            break
    last = end
    for _ in range(_LINES_AROUND):
        following = text.find("\n", last + 1)
        last = following if following >= 0 else len(text)
    return max(first, start - _LETTERS_AROUND), min(last, end + _LETTERS_AROUND)


def about(doubt: Doubt, say: Messages) -> str:
    """What is doubtful, in one line: what an issue says, what a proposal proposes, how sure the program is."""
    if doubt.kind == "issue":
        text = say.find("issues", doubt.about)
        try:
            return str(text or doubt.about).format_map(doubt.details)
        except (KeyError, IndexError, ValueError):  # an issue of another version of the program
            return doubt.about
    sure = say("review.ask.sure", percent=round(100 * (doubt.confidence or 0)))
    return f"{cell(doubt.about, 'event', say)}, {sure}" if doubt.about else sure
