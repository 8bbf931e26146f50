"""The form of each block as the layout layer sees it: what can be read off without deciding anything.

Decisions (`front`, `agenda`, `outline`) look at these features only, so that a trained labeller can read the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from minutes_nlp.language import NormalisedText, TextBlock
from minutes_nlp.language.detect import UNKNOWN
from minutes_nlp.layout.codes import Code, find_codes
from minutes_nlp.layout.topics import Topic, find_topics
from minutes_nlp.layout.words import Role, Vocabulary
from minutes_nlp.reading import BlockKind
from minutes_nlp.spans import CharSpan

_SENTENCE_END = re.compile(r"[.!?;…][\"'”’»)]*\s*$")
_LETTER = re.compile(r"[^\W\d_]")
_MARKUP = re.compile(r"<!--.*-->|\[\]|[^\w]*")
TIGHT = " tight"  # in the form of a number without a space before the title (`1.Opening`)
_ALL_APART = 0.9  # share of blocks
_GAP = 3  # columns between a number and its title that make it one, whatever follows
_HEADING = 45  # words that a heading with a number may have
_LABEL = 6  # words that stand before a colon as a label
_BRACKETS = re.compile(r"\([^()]*\)")
_SPOKEN = 0.1  # share of blocks from which a language is one that the document is written in
_LETTERED = re.compile(r"\d[a-z]$")  # a letter right after the number
_NUMBER_EDGES = "().:/°º-–—"
_ROMAN = {"i": 1, "v": 5, "x": 10}


@dataclass(frozen=True, slots=True)
class Features:
    """The form of one block.

    Attributes:
        index: of the block.
        kind: as the reader saw it.
        text: the block's readable text.
        title: the text without number, final colon and white space.
        number: as printed, without its stop; `None` if there is none.
        form: how the number is written (`1.`, `1)`, `1`, `A.`, `I.`), else empty.
        ordinal: the last part of the number as an integer, `None` if there is no number.
        depth: how many parts the number has (`2.1`: 2); 0 without a number.
        marked: level of a marked heading, else 0.
        nesting: depth of a list item, else 0.
        indent: columns of white space before the block.
        words: number of words.
        strong: whether all of it is set in bold.
        caps: whether its letters (three or more) are all capitals.
        colon: whether it ends in a colon.
        sentence: whether it ends as a sentence does.
        small: share of function words, brackets aside.
        timed: whether it begins with a time.
        dated: whether its title is a date and nothing else.
        key: the key of a key–value line, else empty.
        blank: whether there is nothing to read.
        language: ISO 639-1 code or `unknown`.
        apart: whether a blank line stands before it, where not before nearly every block.
        topic: of a table row that reports on an item, the cell that names it, in the normalised text; otherwise `None`.
        named: the text of that cell, else empty.
        headed: whether that cell stands under a head that says that it names items (`Onderwerp`).
        introduced: whether it is an item of a list below a line that ends in a colon.
    """

    index: int
    kind: BlockKind
    text: str
    title: str
    number: str | None
    form: str
    ordinal: int | None
    depth: int
    marked: int
    nesting: int
    indent: int
    words: int
    strong: bool
    caps: bool
    colon: bool
    sentence: bool
    small: float
    timed: bool
    dated: bool
    key: str
    blank: bool
    language: str = UNKNOWN
    apart: bool = False
    topic: CharSpan | None = None
    named: str = ""
    headed: bool = False
    introduced: bool = False

    @property
    def label(self) -> str:
        """The key, or elsewhere the few words before a colon that is followed by more; empty if there are none."""
        if self.key or self.marked or self.colon:
            return self.key
        before, _, after = self.title.partition(":")
        return before.strip() if after[:1].isspace() and 0 < len(before.split()) <= _LABEL else ""

    @property
    def heading(self) -> str:
        """What would be the title of an item headed by this block: its topic if it is a row, else its title."""
        return self.named or self.title

    @property
    def low(self) -> bool:
        """Whether the title begins in lower case."""
        return self.title[:1].islower()

    @property
    def linked(self) -> bool:
        """Whether there is an address of the web in it."""
        return "://" in self.text

    @property
    def bullet(self) -> bool:
        """Whether it is a list item without number."""
        return self.kind is BlockKind.LIST_ITEM and self.number is None

    @property
    def keyed(self) -> bool:
        """Whether it is a key with a value on the same line."""
        return self.kind is BlockKind.KEY_VALUE and not self.colon


def describe(normalised: NormalisedText, words: Vocabulary) -> tuple[Features, ...]:
    """The features of every block."""
    counts = Counter(block.language for block in normalised.blocks if block.language in words.small)
    spoken = tuple(code for code, count in counts.items() if count >= _SPOKEN * counts.total())
    found: list[Features] = []
    counted = ""  # the last number of two or more parts
    for index, block in enumerate(normalised.blocks):
        described = _describe(normalised.text, index, block, words, spoken, counted)
        if described.number and "." in described.number:
            counted = described.number
        found.append(described)
    if sum(f.apart for f in found) > _ALL_APART * len(found):  # then it means nothing
        found = [replace(f, apart=False) for f in found]
    topics = find_topics(normalised.text, normalised.blocks, words)
    coded = _coded(_introduced(found), words)
    return tuple(_with_topic(f, topics.get(f.index), normalised.text) for f in coded)


def _with_topic(block: Features, topic: Topic | None, text: str) -> Features:
    if topic is None:
        return block
    return replace(
        block,
        number=topic.number,
        ordinal=_ordinal(topic.number) if topic.number else None,
        depth=_depth(topic.number),
        topic=topic.span,
        named=topic.span.text(text),
        headed=topic.headed,
    )


def _introduced(found: Sequence[Features]) -> list[Features]:
    """The features, with the items of lists below a line that ends in a colon marked as such.

    A list ends with what is no item, with an item less indented than that line, and, if its items have no blank line
    between them, with one that has.
    """
    marked: list[Features] = []
    head: Features | None = None  # the line that introduces the list
    close = False  # whether the last item stood right below another
    for block in found:
        if not block.nesting:
            head, close = block if block.colon and not block.marked else None, False
        elif head is not None and (block.indent < head.indent or (close and block.apart)):
            head = None
        elif marked and marked[-1].nesting:
            close = not block.apart
        marked.append(replace(block, introduced=head is not None and block.nesting > 0))
    return marked


def _coded(found: Sequence[Features], words: Vocabulary) -> list[Features]:
    """The features, with the numbers whose form only the document gives away."""
    plain = (f for f in found if not (f.number or f.blank) and f.kind is not BlockKind.TABLE_ROW)
    codes = find_codes({f.index: f.text for f in plain if f.words <= _HEADING}, words)
    return [_numbered(f, codes[f.index]) if f.index in codes else f for f in found]


def _numbered(block: Features, code: Code) -> Features:
    title = block.text[code.end :].strip().rstrip(" :")
    return replace(
        block,
        title=title,
        number=code.number,
        form=code.form,
        ordinal=code.ordinal,
        depth=1,
        words=len(title.split()),
        dated=False,
    )


def _describe(
    text: str,
    index: int,
    block: TextBlock,
    words: Vocabulary,
    spoken: tuple[str, ...],
    counted: str,
) -> Features:
    content = block.span.text(text)
    number, form, begin = _number(content, block, words, counted)
    span = CharSpan(block.span.start + begin, block.span.end).trim(text)
    title = CharSpan(span.start, span.start + len(span.text(text).rstrip(" :"))).trim(text)
    letters = _LETTER.findall(title.text(text))
    listed = block.kind is BlockKind.LIST_ITEM
    return Features(
        index=index,
        kind=block.kind,
        text=content,
        title=title.text(text),
        number=number,
        form=form,
        ordinal=_ordinal(number) if number else None,
        depth=_depth(number),
        marked=block.block.level if block.kind is BlockKind.HEADING else 0,
        nesting=block.block.level if listed else 0,
        indent=block.block.indent,
        words=len(title.text(text).split()),
        strong=block.block.strong,
        caps=len(letters) >= 3 and all(c.isupper() or not c.islower() for c in letters),
        colon=content.rstrip().endswith(":"),
        sentence=bool(_SENTENCE_END.search(content)),
        small=words.small_share(_BRACKETS.sub("", content), spoken),
        timed=not begin and bool(words.time.match(content)),
        dated=words.is_date(title.text(text)),
        key=block.key.text(text) if block.key else "",
        blank=bool(_MARKUP.fullmatch(content)),
        language=block.language,
        apart=block.apart,
    )


def _number(content: str, block: TextBlock, words: Vocabulary, counted: str) -> tuple[str | None, str, int]:
    """The number of a block, its form, and where the title begins in `content`.

    `5.10` may be a time: it is a number if it counts on from the last one, `counted` (`5.9`).
    """
    marker = block.block.marker.split(" ")[0]
    sign = marker.strip(_NUMBER_EDGES)
    if sign != marker and marker[0] not in "[]" and sign.replace(".", "").isalnum() and marker[-1] in _NUMBER_EDGES:
        return sign, _form(sign, marker[-1]), 0
    found = None if block.kind is BlockKind.TABLE_ROW else words.number.match(content)
    counts_on = found is not None and _counts_on(found["number"], counted)
    if not counts_on and words.time.match(content):
        return None, "", 0
    if not found or found.end() >= len(content.rstrip()):
        return None, "", 0
    number, stop, word = found["number"], found["stop"].strip(), (found["word"] or "").casefold()
    if not stop and not number[0].isdigit() and not ("." in number and number.isupper()):
        return None, "", 0
    gap = len(content[: found.end()]) - len(content[: found.end()].rstrip())
    if not counts_on and not stop and not word and gap < _GAP and not _titled(content[found.end() :], words):
        return None, "", 0
    tight = bool(stop) and not content[found.end() - 1].isspace()
    return number, word + _form(number, stop) + (TIGHT if tight else ""), found.end()


def _counts_on(number: str, before: str) -> bool:
    """Whether a number of several parts is the next one after another (`5.10` after `5.9`)."""
    over, _, last = before.rpartition(".")
    return bool(over) and last.isdigit() and number == f"{over}.{int(last) + 1}"


def _titled(rest: str, words: Vocabulary) -> bool:
    """Whether what stands after a bare number reads as a title: it begins with a capital and isn't a month."""
    if words.begins(Role.ITEM, rest) or words.is_whole(Role.CLOSING, rest):
        return True
    first = re.match(r"[^\w]*(\w+)", rest)
    return first is not None and not first[1][0].islower() and first[1].casefold() not in words.calendar


def _form(number: str, stop: str) -> str:
    """How a number is written: its kind (`1`, `I`, `A`, `a`) and its stop."""
    main = number.partition(".")[0]
    first = "1" if main[0].isdigit() else "I" if main.isupper() and set(main) <= set("IVX") else main[0]
    if first.isalpha() and first != "I":
        first = "A" if first.isupper() else "a"
    return first + stop


def _depth(number: str | None) -> int:
    """How many parts a number has: `2.1` and `2a` have two."""
    return number.count(".") + 1 + bool(_LETTERED.search(number)) if number else 0


def _ordinal(number: str) -> int:
    """The last part of a number as an integer: `2.3` is 3, `IV` is 4, `c` and `2c` are 3."""
    last = number.split(".")[-1].lstrip("0123456789") or number.split(".")[-1]
    if last.isdigit():
        return int(last)
    lowered = last.casefold()
    if len(lowered) == 1 and lowered not in _ROMAN:
        return ord(lowered) - ord("a") + 1
    values = [_ROMAN.get(sign, 0) for sign in lowered]
    return sum(-v if any(w > v for w in values[i + 1 :]) else v for i, v in enumerate(values))
