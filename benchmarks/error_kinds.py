"""What kinds of error the program makes on the shared documents, and how often.

    python benchmarks/error_kinds.py                 # prints each error with its kind and signs, to read them
    python benchmarks/error_kinds.py docs/errors.md  # writes the page

The documents are expected in `../shared/corpus/dev`, or in `$MINUTES_SHARED/corpus/dev`. An error is one value, owner,
passage, heading or theme missed or extra, as the scores count them. `error_kinds.toml` says what makes a kind.
"""

from __future__ import annotations

import ast
import os
import re
import sys
import textwrap
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from minutes_nlp.evaluation import Difference, load_gold, score
from minutes_nlp.evaluation.counts import words
from minutes_nlp.evaluation.layers import owner_hits, shown
from minutes_nlp.extraction.base import attendance_of, layout_of, text_of
from minutes_nlp.extraction.cues import cue_table
from minutes_nlp.extraction.names import names_of
from minutes_nlp.extraction.signals import signals
from minutes_nlp.extraction.themes import theme_items
from minutes_nlp.extraction.units import units_of
from minutes_nlp.pipeline import MinutesPipeline, build_pipeline
from minutes_nlp.pipeline.assemble import assemble
from minutes_nlp.reading import SourceDocument, read_document
from minutes_nlp.resolution.themes import PROCEDURE
from minutes_nlp.spans import CharSpan

SHOWN = 20
ACTS = ("decisions", "actions")
_MARKED = re.compile(r"^\W*(?:#|\*\*|__)|(?:\*\*|__)\W*$")

Entry = Mapping[str, Any]
Kind = Mapping[str, Any]
Signs = frozenset[str]


class Error(NamedTuple):
    """One thing `missed` or `extra` (signs like the others), and the words it is recognised by."""

    document: str
    layer: str
    signs: Signs
    text: str = ""


class Reading(NamedTuple):
    """A document as gold and the program read it.

    Attributes:
        text: the offsets of gold, of what was found and of `seen` refer to it.
        seen: signs of the units (for decisions and actions) and of the blocks (for the agenda), with their spans.
        keywords: the themes with a keyword in each main item that was found, by the start of its heading.
    """

    name: str
    gold: Entry
    found: Entry
    text: str
    seen: Mapping[str, Sequence[tuple[CharSpan, Signs]]]
    keywords: Mapping[int, Signs]

    def signs_at(self, layer: str, span: CharSpan) -> set[str]:
        """The signs of everything seen that a span touches; `unread` if nothing is."""
        found = [signs for place, signs in self.seen[layer] if place.overlaps(span)]
        return set().union(*found) if found else {"unread"}


def load() -> tuple[list[Kind], Mapping[str, str]]:
    """The kinds in their order (an error is of the first that holds), and the parts of the page."""
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return [{"any": (), "lacks": (), **kind} for kind in data["kind"]], data["page"]


def holds(kind: Kind, error: Error) -> bool:
    """Whether an error has the layer and all that a kind needs, some of `any` if there is such, nothing it lacks."""
    fits = error.layer in kind["layers"] and error.signs.issuperset(kind["needs"])
    some = not kind["any"] or not error.signs.isdisjoint(kind["any"])
    return fits and some and error.signs.isdisjoint(kind["lacks"])


def read(pipeline: MinutesPipeline, document: SourceDocument, gold: Entry) -> Reading:
    """Process a document, and keep what its errors are sorted by."""
    doc = pipeline.annotate(document)
    record = assemble(document, doc, pipeline.settings.recognisers)
    normalised, layout, found = text_of(doc), layout_of(doc), record.evaluation_view()
    names = names_of(attendance_of(doc), normalised.text)
    seen: dict[str, list[tuple[CharSpan, Signs]]] = defaultdict(list)
    for unit in units_of(doc):
        for act in ACTS:
            table = cue_table(unit.language, act)
            features = signals(unit, table, names).features
            weighed = {name: table.weights.get(name, 0) for name in features}
            cue = any(weight > 0 for name, weight in weighed.items() if name.startswith("cue."))
            mood = any(weight < 0 for name, weight in weighed.items() if name.startswith("mood."))
            seen[act].append((normalised.to_source(unit.span), features | _holding({"cue": cue, "mood": mood})))
    for block, label in zip(normalised.blocks, layout.labels, strict=True):
        seen["agenda"].append((normalised.to_source(block.span), frozenset({label.value, block.kind.value})))
    main = [index for index, heading in enumerate(layout.headings) if heading.level == 1]
    items = zip(main, theme_items(normalised, layout.headings, main), strict=True)
    keywords = {found["agenda_items"][index]["start"]: frozenset(item.keywords) for index, item in items}
    return Reading(document.name, gold, found, record.text, seen, keywords)


def errors_of(reading: Reading) -> Iterator[Error]:
    """Every error of a document, with its signs; a heading at the wrong level is an error of the main items only."""
    differences = score({reading.name: (reading.gold, reading.found, reading.text)}).differences[reading.name]
    nowhere = {(d.kind, d.text) for d in differences if d.layer == "agenda-all"}
    wrong_items = [(sort, theme) for d in differences if d.layer == "item-themes" for sort, theme in _themes(d)]
    for difference in differences:
        layer, sort, text = difference.layer, difference.kind, difference.text
        found: Iterable[tuple[str, Iterable[str], str]] = [(sort, (), text)]  # what happened, other signs, words
        if layer in ACTS:
            found = [(sort, _passage(reading, difference), text)]
        elif layer.startswith("agenda"):
            level = {"wrong-level"} if layer == "agenda" else set()
            twice = level and (sort, text) in nowhere
            layer, found = "agenda", [] if twice else [(sort, _heading(reading, difference) | level, text)]
        elif layer == "item-themes":
            found = _item_themes(reading, difference)
        elif layer == "themes":
            found = [(e[0], ["item"] if e in wrong_items else [], e[1]) for e in _themes(difference)]
        elif sort == "differs":
            found = _values(difference)
        for kind, signs, about in found:
            yield Error(reading.name, layer, frozenset({kind, *signs}), about)


def _span(entry: Entry) -> CharSpan:
    return CharSpan(entry["start"], entry["end"])


def _holding(tests: Mapping[str, object]) -> set[str]:
    return {name for name, holds in tests.items() if holds}


def _about(reading: Reading, layer: str, difference: Difference) -> tuple[CharSpan, Entry, Entry]:
    """Where the first passage with these words stands that the other side lacks; the side that has it; the other."""
    mine, other = (reading.gold, reading.found)[:: 1 if difference.kind == "missed" else -1]
    same = [_span(entry) for entry in mine[layer] if shown(entry) == difference.text]
    partners = {_span(entry) for entry in other[layer]}
    return next((span for span in same if span not in partners), same[0]), mine, other


def _passage(reading: Reading, difference: Difference) -> set[str]:
    layer = difference.layer
    span, mine, other = _about(reading, layer, difference)
    relations = {
        "borders": any(span.overlaps(_span(entry)) for entry in other[layer]),
        "other-act": any(span.overlaps(_span(entry)) for act in ACTS if act != layer for entry in other[act]),
        "again": any(words(e["quote"]) == words(difference.text) and _span(e) != span for e in mine[layer]),
    }
    return reading.signs_at(layer, span) | _holding(relations)


def _heading(reading: Reading, difference: Difference) -> set[str]:
    line, (span, *_) = difference.text, _about(reading, "agenda_items", difference)
    form = {"colon": line.rstrip(" *_").endswith(":"), "marked": _MARKED.search(line), "number": line[:1].isdigit()}
    return reading.signs_at("agenda", span) | _holding(form)


def _sides(difference: Difference) -> tuple[Any, Any, str]:
    """What gold and the program have, and what the difference is about."""
    *sides, about = difference.text.split(" · ", 2)
    values = (side.removeprefix(name) for side, name in zip(sides, ("gold ", "found "), strict=True))
    gold, found = (ast.literal_eval(value) if value.startswith("[") else value for value in values)
    return gold, found, about


def _themes(difference: Difference) -> list[tuple[str, str]]:
    """The themes missed, and those extra."""
    gold, found, _ = _sides(difference)
    return [("missed", t) for t in gold if t not in found] + [("extra", t) for t in found if t not in gold]


def _item_themes(reading: Reading, difference: Difference) -> Iterator[tuple[str, set[str], str]]:
    """Themes of one main item; its keywords are those of the item found nearest to it."""
    gold, found, line = _sides(difference)
    start = next(entry["start"] for entry in reading.gold["agenda_items"] if entry["line"] == line)
    keywords = reading.keywords[min(reading.keywords, key=lambda place: abs(place - start))]
    common = {"swapped": set(gold) - set(found) and set(found) - set(gold)}
    for sort, theme in _themes(difference):
        procedure = PROCEDURE in (theme, *(found if sort == "missed" else gold))
        yield sort, _holding({**common, "procedure": procedure, "keyword": theme in keywords}), theme


def _values(difference: Difference) -> Iterator[tuple[str, set[str], str]]:
    """A wrong value is both missed and extra; owners are counted one by one."""
    gold, found, about = _sides(difference)
    missed, extra = (int(value not in ("None", "False")) for value in (gold, found))
    if isinstance(gold, list):
        hits = owner_hits(gold, found)
        missed, extra = len(gold) - hits, len(found) - hits
    elsewhere = isinstance(gold, list) and gold and not any(words(owner) & words(about) for owner in gold)
    for sort in ["missed"] * missed + ["extra"] * extra:
        yield sort, _holding({"elsewhere": elsewhere, "wrong": missed and extra}), about


def sort_out(errors: Iterable[Error], kinds: Sequence[Kind]) -> list[tuple[Kind, list[Error]]]:
    """The kinds that occur with their errors, the commonest first; every layer has a last kind for all that is left."""
    found: dict[str, list[Error]] = defaultdict(list)
    for error in errors:
        found[next(kind["id"] for kind in kinds if holds(kind, error))].append(error)
    return sorted(((k, found[k["id"]]) for k in kinds if k["id"] in found), key=lambda entry: -len(entry[1]))


def page(sorted_out: Sequence[tuple[Kind, Sequence[Error]]], parts: Mapping[str, str], documents: int) -> str:
    """The page: a table of the commonest kinds, a paragraph on each, and the totals."""
    chosen = sorted_out[:SHOWN]
    rows, paragraphs = "", ""
    for number, (kind, errors) in enumerate(chosen, 1):
        missed, names = sum("missed" in e.signs for e in errors), len({e.document for e in errors})
        cells = (number, kind["name"], ", ".join(kind["layers"]), missed, len(errors) - missed, names, kind["fix"])
        rows += f"| {' | '.join(map(str, cells))} |\n"
        prose = "\n\n".join(textwrap.fill(kind[part], 120) for part in ("example", "why"))
        paragraphs += f"### {number}. {kind['name']}\n\n{prose}\n\n"
    signs = [error.signs for _, errors in sorted_out for error in errors]
    total, missed, covered = len(signs), sum("missed" in s for s in signs), sum(len(errors) for _, errors in chosen)
    counts = {"total": total, "missed": missed, "extra": total - missed, "kinds": len(sorted_out)}
    foot = parts["foot"].format(covered=covered, share=covered / max(total, 1), shown=len(chosen), **counts)
    return parts["head"].format(documents=documents) + rows + parts["middle"] + paragraphs + foot


def main() -> None:
    """Print the errors, or write the page into a file."""
    corpus = Path(os.environ.get("MINUTES_SHARED") or Path(__file__).resolve().parents[2] / "shared") / "corpus" / "dev"
    if not corpus.is_dir():
        sys.exit(f"There are no documents in {corpus}; set MINUTES_SHARED.")
    pipeline, gold, (kinds, parts) = build_pipeline(), load_gold(corpus / "gold"), load()
    documents = (read_document(corpus / "docs" / name, name=name) for name in gold)
    sorted_out = sort_out((e for d in documents for e in errors_of(read(pipeline, d, gold[d.name]))), kinds)
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(page(sorted_out, parts, len(gold)), encoding="utf-8")
        return
    for kind, errors in sorted_out:
        for error in errors:
            print(kind["id"], error.document, " ".join(sorted(error.signs)), error.text, sep="\t")


if __name__ == "__main__":
    main()
