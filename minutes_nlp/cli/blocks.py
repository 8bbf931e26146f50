"""`minutes blocks`: what a file is read into, the tool with which a wrong result is understood."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from minutes_nlp.cli.ocr import ocr_facts
from minutes_nlp.cli.output import width
from minutes_nlp.cli.session import session
from minutes_nlp.cli.tables import clean, wrap

if TYPE_CHECKING:
    from minutes_nlp.cli.messages import Messages
    from minutes_nlp.reading import Block, SourceDocument

_COLOURS = {
    "heading": "bold yellow",
    "list-item": "cyan",
    "header-row": "bold green",
    "table-row": "green",
    "key-value": "magenta",
    "code": "blue",
    "figure": "blue",
    "rule": "dim",
    "furniture": "dim",
}
_HEADER_ROW = "header-row"
_APART = "dim"
_BESIDE = 32  # columns that text needs at least to stand beside what is said of it
_GAP = "  "


class _Shown(NamedTuple):
    """A block for the terminal: what it is, in pieces of their own columns, its text, its colour."""

    facts: tuple[str, ...]
    text: str
    colour: str


def blocks(context: typer.Context, file: Annotated[Path, typer.Argument(metavar="FILE", show_default=False)]) -> None:
    """Show the blocks of a file with kind, level, page and language, coloured on a terminal."""
    from minutes_nlp.reading.safely import open_document

    here = session(context)
    document = open_document(file, limits=here.settings.reading_limits())
    about = here.say(
        "blocks.about",
        name=clean(document.name),
        type=here.say.find("blocks", "type", document.media_type) or document.media_type,
        characters=len(document.text),
        count=len(document.blocks),
    )
    apart = [
        _Shown((here.say(f"blocks.apart_kind.{passage.kind}"),), clean(passage.text), _APART)
        for passage in document.apart
    ]
    told = [about]
    if (ocr := document.ocr) is not None:
        facts = ocr_facts(ocr.pages, ocr.confidence, ocr.unread, here.say)
        told += [f"{label}{here.say('help.colon')} {value}" for label, value in facts]
    lines = [(line, "") for one in told for line in wrap(one, width())]
    lines += [("", ""), *_lines(list(_described(document, here.say)), width())]
    if apart:
        lines += [("", ""), (here.say("blocks.apart"), ""), *_lines(apart, width())]
    _print(lines)


def _described(document: SourceDocument, say: Messages) -> Iterator[_Shown]:
    from minutes_nlp.language import UNKNOWN, detector, normalise

    languages = {block.block: block.language for block in normalise(document, detector()).blocks}
    for block in document.blocks:
        language = languages.get(block, UNKNOWN)
        kind = _HEADER_ROW if block.header else block.kind.value
        facts = (
            say(f"blocks.kind.{kind}") + (f" {block.level}" if block.level else ""),
            say("blocks.page", page=block.page) if block.page else "",
            "" if language == UNKNOWN else language,
        )
        yield _Shown(facts, _text(block, document.text), _COLOURS.get(kind, ""))


def _text(block: Block, source: str) -> str:
    """A block on one line; cells of a row between bars."""
    if block.cells:
        return " | ".join(clean(cell.text(source)) for cell in block.cells)
    if block.key is not None:
        return clean(f"{block.key.text(source)}: {block.value.text(source) if block.value else ''}")
    text = clean(block.text(source)) or clean(block.span.text(source))
    return f"{block.marker} {text}" if block.marker else text


def _lines(shown: list[_Shown], columns: int) -> Iterator[tuple[str, str]]:
    """Lines of at most `columns` characters with their colour: the text beside the facts, or below them if narrow."""
    widths = [
        max((len(one.facts[at]) for one in shown), default=0) for at in range(len(shown[0].facts) if shown else 0)
    ]
    used = [width for width in widths if width]
    beside = sum(used) + len(_GAP) * len(used)
    for one in shown:
        kept = [(fact, width) for fact, width in zip(one.facts, widths, strict=True) if width]
        if columns - beside >= _BESIDE:
            head = "".join(fact.ljust(width) + _GAP for fact, width in kept)
            for line in wrap(one.text, columns - beside):
                yield (head + line).rstrip(), one.colour
                head = " " * beside
        else:
            for line in wrap(" · ".join(fact for fact, _ in kept if fact), columns):
                yield line, one.colour
            for line in wrap(one.text, max(10, columns - len(_GAP))):
                yield (_GAP + line).rstrip(), one.colour


def _print(lines: list[tuple[str, str]]) -> None:
    if not sys.stdout.isatty():
        sys.stdout.write("".join(f"{line}\n" for line, _ in lines))
        return
    from rich.console import Console

    console: Any = Console(highlight=False, soft_wrap=True)
    for line, colour in lines:
        console.print(line, style=colour or None, markup=False)
