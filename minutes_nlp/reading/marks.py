"""The signs at the beginning of a line: headings, bullets, numbers, rules; languages play no part here."""

from __future__ import annotations

import re
from dataclasses import dataclass

from minutes_nlp.spans import CharSpan

TAB = 4
_BULLET = "[-*+•‣▪■□◦●○·–—►➢✓✔→§\uf0b7\uf0a7\uf0d8]|o|=>|->|-->"
_NUMBER = r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[a-zA-Z]|[ivxIVX]{2,5})(?:\\?[.):]|\.\))"
_BARE_NUMBER = r"\d{1,2}(?:\.\d{1,2}){0,3}"

MARKER = re.compile(
    rf"""(?P<quote>(?:>[ \t]?)*)
    (?P<marker>
        (?P<bullet>{_BULLET})(?=[ \t\xa0]|$)    # a bullet stands alone
      | (?P<number>{_NUMBER})(?=[ \t\xa0]|$)    # `1.`, `2.1)`, `a)`, `(iv)`
    )
    [ \t\xa0]*
    (?P<task>\[[ xX]\](?=[ \t]|$))?[ \t]*""",
    re.VERBOSE,
)
ATX = re.compile(r"(?P<sign>#{1,6})(?P<gap>[ \t]*)(?P<text>.*?)[ \t]*#*[ \t]*$")
UNDERLINE = re.compile(r"([=\-~`^\"'+#*_])\1{2,}[ \t]*$")
RULE = re.compile(r"(?:[-=*_~/+.#]|[*_-] ){4,}[ \t]*$|\* \* \*[ \t]*$|[-*_]{3}[ \t]*$|\\?_{3,}[ \t]*$")
KEY_VALUE = re.compile(
    r"""(?P<open>\*\*|__|\*)?
    (?P<key>[^\W\d_](?:[^:|\n]{0,44}?[\w.)’'?])?)[ \t\xa0]*
    (?P<close>\*\*|__|\*)?[ \t\xa0]*:(?P<late>\*\*|__|\*)?(?=[ \t\xa0]|$)[ \t\xa0]*(?P<value>.*)$""",
    re.VERBOSE,
)
FENCE = re.compile(r"(```+|~~~+)")
PAGE_NUMBER = re.compile(
    r"[ \t]*(?:-[ \t]*)?\d{1,4}(?:[ \t]*(?:/|\||van|de|sur|of|von)[ \t]*\d{1,4})?(?:[ \t]*-)?[ \t]*$"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: its span without line end, the columns of white space before it, and its text from there."""

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


def read_line(text: str, span: CharSpan) -> Line:
    """The line at `span`; tabs count to the next multiple of four columns."""
    columns, offset = 0, span.start
    while offset < span.end and text[offset] in " \t\xa0\f\u200b\ufeff":
        columns += TAB - columns % TAB if text[offset] == "\t" else int(text[offset] not in "\f\u200b\ufeff")
        offset += 1
    return Line(span, columns, text[offset : span.end])


def is_rule(body: str) -> bool:
    """Whether a line without its indentation only separates (`----`, `* * *`, `////`)."""
    return bool(RULE.match(body)) and len(set(body.replace(" ", "").replace("\t", ""))) <= 2


def strong(body: str) -> bool:
    """Whether the whole line is set in bold (`**…**`, `__…__`, `***…***`), a final colon aside."""
    bare = body.strip().rstrip(":").strip()
    for sign in ("**", "__"):
        if bare.startswith(sign) and bare.endswith(sign) and len(bare) > 2 * len(sign):
            return sign not in bare[len(sign) : -len(sign)].strip(sign[0])
    return False
