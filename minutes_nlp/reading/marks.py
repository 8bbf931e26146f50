"""The signs at the beginning of a line: headings, bullets, numbers, rules; languages play no part here."""

from __future__ import annotations

import re
from dataclasses import dataclass

from minutes_nlp.spans import CharSpan

TAB = 4
_UNSEEN = "\f\u200b\ufeff"
_BULLET = r"[-*+•‣▪■□◦●○·–—►➢✓✔→§☐☑☒−⁃∙\ue000-\uf8ff]|o|=>|->|-->|\[[ xX]\]"
_NUMBER = (
    r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[a-zA-Z]|[ivxIVX]{2,5})(?:\\?[.):]|\.\))"
    r"|\d{1,2}(?:\.\d{1,2})?(?:/|\.[-–—]|[°º]\)?)"
)
_NOTE = r"\[\^[^\]\s]{1,20}\]:"

MARKER = re.compile(
    rf"""(?P<marker>
        (?P<bullet>{_BULLET})(?=[ \t\xa0]|$)    # a bullet stands alone
      | (?P<number>{_NUMBER})(?=[ \t\xa0]|$)    # `1.`, `2.1)`, `a)`, `(iv)`, `1/`, `1°`, `1.-`
      | (?P<note>{_NOTE})(?=[ \t\xa0]|$)        # a footnote: `[^1]:`
    )
    [ \t\xa0]*
    (?P<task>\[[ xX]\](?=[ \t]|$))?[ \t]*""",
    re.VERBOSE,
)
UNDERLINE = re.compile(r"([=\-~`^\"'+#*_])\1{2,}[ \t]*$")
KEY_VALUE = re.compile(
    r"""(?P<open>\*\*|__|\*)?
    (?P<key>[^\W\d_](?:[^:|\n]{0,44}?[\w.)’'?])?)[ \t\xa0]{0,20}
    (?P<close>\*\*|__|\*)?[ \t\xa0]{0,20}:(?P<late>\*\*|__|\*)?(?=[ \t\xa0]|$)[ \t\xa0]*(?P<value>.*)$""",
    re.VERBOSE,
)
FIELD = re.compile(r":(?P<key>[^\W\d_][^:\n]{0,44}):(?=[ \t\xa0]|$)[ \t\xa0]*(?P<value>.*)$")
TABBED = re.compile(r"(?P<key>[^\W\d_][^:|\t\n]{0,44})\t+(?P<value>\S.*)$")
UNDERLINES = frozenset("=-~`^\"'+#*_")
FENCE = re.compile(r"(```+|~~~+)")
_RULE = re.compile(r"(?:[-=*_~/+.#]|[*_-] ){4,}[ \t]*$|\* \* \*[ \t]*$|[-*_]{3}[ \t]*$|\\?_{3,}[ \t]*$")
_RULE_SIGNS = frozenset("-=*_~/+.#\\")
_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’»)\]*_]*$")
_DASHES = "–—"
_STRUCK = re.compile(
    r"[*_]{0,3}(?:~~|<(?P<tag>del|s|strike)>)(?P<inner>.*\w.*)(?:~~|</(?:del|s|strike)>)[*_]{0,3}[.;,]?", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: its span without line end, the columns of white space before it, and its text from there.

    The signs of a block quote (`> `) count as white space.
    """

    span: CharSpan
    indent: int
    body: str

    @property
    def start(self) -> int:
        """Offset of the first character that is not white space."""
        return self.span.end - len(self.body)

    @property
    def blank(self) -> bool:
        """Whether there is nothing to see on the line."""
        return not self.body.strip()

    @property
    def complete(self) -> bool:
        """Whether the line ends as a sentence does."""
        return _SENTENCE_END.search(self.body.rstrip()[-12:]) is not None


def read_line(text: str, span: CharSpan) -> Line:
    """The line at `span`; tabs count to the next multiple of four columns."""
    columns, offset = 0, span.start
    while offset < span.end:
        sign = text[offset]
        if sign == "\t":
            columns += TAB - columns % TAB
        elif sign in " \xa0" or (sign == ">" and text[offset + 1 : min(offset + 2, span.end)] in ("", " ", ">")):
            columns += 1
        elif sign not in _UNSEEN:
            break
        offset += 1
    return Line(span, columns, text[offset : span.end])


@dataclass(frozen=True, slots=True)
class Atx:
    """A heading marked with `#` signs: how many, whether a space follows them, and where its text lies in the line."""

    level: int
    gap: bool
    start: int
    end: int


def atx(body: str) -> Atx | None:
    """The `#` heading that a line is (up to six signs, closing signs aside), or `None`."""
    if not body.startswith("#"):
        return None
    rest = body.lstrip("#")
    level = len(body) - len(rest)
    if not 1 <= level <= 6:
        return None
    start = len(body) - len(rest.lstrip())
    end = len(body.rstrip().rstrip("#").rstrip())
    if not body[start:end].strip("# \t*_"):
        return None
    return Atx(level, start > level, start, end)


def is_rule(body: str) -> bool:
    """Whether a line without its indentation only separates (`----`, `* * *`, `////`)."""
    return (
        body[:1] in _RULE_SIGNS and bool(_RULE.match(body)) and len(set(body.replace(" ", "").replace("\t", ""))) <= 2
    )


def strong(body: str) -> bool:
    """Whether the whole line is set in bold (`**…**`, `__…__`, `***…***`), a final colon aside."""
    bare = body.strip().rstrip(":").strip()
    for sign in ("**", "__"):
        if bare.startswith(sign) and bare.endswith(sign) and len(bare) > 2 * len(sign):
            return sign not in bare[len(sign) : -len(sign)].strip(sign[0])
    return False


def struck(content: str) -> bool:
    """Whether all of a content is struck out (`~~…~~`, `<del>…</del>`), emphasis around it and a final stop aside."""
    found = _STRUCK.fullmatch(content.strip())
    return found is not None and "~~" not in found["inner"]


def opens_item(before: Line, line: Line) -> bool:
    """Whether a line with a marker begins an item of its own after the line `before`.

    A dash may also stand in the middle of a sentence that is carried on, and an `o` is a word of some languages: it is
    a bullet where it is indented, or stands below another.
    """
    found = MARKER.match(line.body)
    if not found or found.end() >= len(line.body.rstrip()):
        return False
    if found["bullet"]:
        if found["bullet"] in _DASHES:
            return before.complete or before.body.startswith(found["bullet"])
        return found["bullet"] != "o" or line.indent > 0 or before.body.startswith("o ")
    return found["note"] is not None or plausible_number(found["number"], line.body[found.end() :])


def plausible_number(sign: str, rest: str) -> bool:
    """`1.` and `a)` mark an item; `A.` before a name (`A. Peeters`) and `12:` before minutes don't."""
    if sign.endswith(":"):
        return False
    letters = sign.strip("().\\")
    if letters.isalpha() and sign.endswith(".") and not sign.startswith("("):
        return letters.islower() or len(letters) > 1 or not re.match(r"[A-Z][a-z]+[.,;)]?(?:\s|$)", rest)
    return True
