"""How surely people are told apart and together in real attendance lists: `python benchmarks/people.py CORPUS`.

`people_pairs.tsv` names pairs of entries by document (the first 12 digits of the SHA-256 of its name) and place in its
text, with a verdict given by reading: `same` or `different`. Every document of CORPUS/train and CORPUS/dev is put into
the series of its body (`SOURCES.tsv`), as an ingest does with the body that the minutes name. A pair counts as found if
both entries have the same person; an entry without a person (several fit) is with nobody. With `--extracted`, the
entries are those that the program finds itself. The last line is a peer: what the likeness of the two names alone would
give, with the bar that does best on these very pairs.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz

from minutes_nlp.resolution.appearances import Appearance
from minutes_nlp.resolution.identity import People, identify
from minutes_nlp.resolution.organisations import Bodies
from minutes_nlp.resources.folding import fold

PAIRS = Path(__file__).with_name("people_pairs.tsv")


class Entry(NamedTuple):
    """An entry of an attendance list, with its place in the text of its document."""

    document: str
    start: int
    end: int
    name: str
    organisation: str | None


class Document(NamedTuple):
    """A document of the corpus: its text, what its attendance list says, its body and day."""

    name: str
    body: str
    day: str | None
    entries: list[Entry]


def documents(corpus: Path) -> Iterator[tuple[str, Path, str]]:
    """Name, folder (of the split) and body of every document of the two open splits."""
    with (corpus / "SOURCES.tsv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            if row["split"] in ("train", "dev"):
                yield row["document"], corpus / row["split"], row["body"]


def read_gold(corpus: Path) -> list[Document]:
    """The documents with their annotated attendance."""
    found = []
    for name, folder, body in documents(corpus):
        text = (folder / "docs" / f"{name}.txt").read_text(encoding="utf-8-sig")
        gold = json.loads((folder / "gold" / f"{name}.txt.json").read_text(encoding="utf-8"))
        found.append(Document(name, body, whole_day(gold["meeting"]["date"]), placed(name, text, gold["attendance"])))
    return found


def read_extracted(corpus: Path) -> list[Document]:
    """The documents with the attendance that the program finds."""
    from minutes_nlp.pipeline.build import build_pipeline
    from minutes_nlp.reading import read_content

    pipeline = build_pipeline()
    found = []
    for name, folder, body in documents(corpus):
        record = pipeline.process(read_content((folder / "docs" / f"{name}.txt").read_bytes(), name=f"{name}.txt"))
        entries = [Entry(name, a.evidence.start, a.evidence.end, a.name, a.organisation) for a in record.attendance]
        found.append(Document(name, body, whole_day(record.meeting.date), entries))
    return found


def whole_day(date: str | None) -> str | None:
    """A date with a day, else `None`."""
    return date if date and len(date) == len("2024-05-31") else None


def placed(document: str, text: str, attendance: list[dict[str, str]]) -> list[Entry]:
    """The entries with the place of their name: the first in the text that no longer name or earlier entry has."""
    places: dict[int, tuple[int, int]] = {}
    for number, entry in sorted(enumerate(attendance), key=lambda pair: -len(pair[1]["name"])):
        pattern = r"\s*\|?\s*".join(map(re.escape, re.findall(r"[^\s|]+", entry["name"])))
        for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", text):
            if all(match.end() <= start or end <= match.start() for start, end in places.values()):
                places[number] = match.span()
                break
    return [
        Entry(document, *places[number], entry["name"], entry["organisation"])
        for number, entry in enumerate(attendance)
        if number in places
    ]


def people_in(found: list[Document]) -> People:
    """Who is who in all documents; an entry's id is its document and place."""
    printed = Counter(e.organisation for document in found for e in document.entries if e.organisation)
    bodies = Bodies(printed=printed)
    return identify(
        Appearance(
            entry_id(entry),
            entry.name,
            document.name,
            document.body,
            document.day,
            bodies.find(entry.organisation).key if entry.organisation else None,
        )
        for document in found
        for entry in document.entries
    )


def label(document: str) -> str:
    """How the list of pairs calls a document: real minutes are not named in it."""
    return hashlib.sha256(document.encode()).hexdigest()[:12]


def entry_id(entry: Entry) -> str:
    """An entry's id: its document and where its name begins."""
    return f"{entry.document}:{entry.start}"


def main() -> None:
    """Print precision and recall on the pairs, and which were judged wrongly."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("corpus", type=Path)
    arguments.add_argument("--extracted", action="store_true", help="use what the program finds, not the annotation")
    options = arguments.parse_args()
    found = (read_extracted if options.extracted else read_gold)(options.corpus)
    people = people_in(found)
    at = {label(document.name): document.entries for document in found}
    outcome: Counter[str] = Counter()
    alike: list[tuple[float, bool]] = []
    with PAIRS.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            pair = [entry_at(at[row[f"{n}_document"]], int(row[f"{n}_start"]), int(row[f"{n}_end"])) for n in "ab"]
            who = [people.of_entry.get(entry_id(entry)) if entry else None for entry in pair]
            outcome["not found"] += not all(pair)
            names = [entry.name for entry in pair if entry]
            likeness = fuzz.token_sort_ratio(*names, processor=fold) if len(names) == 2 else 0.0
            alike.append((likeness, row["verdict"] == "same"))
            together = who[0] is not None and who[0] is who[1]
            result = {("same", True): "tp", ("same", False): "fn", ("different", True): "fp"}.get(
                (row["verdict"], together), "tn"
            )
            outcome[result] += 1
            if result in ("fp", "fn"):
                print(result, row["kind"], row["a_document"], row["a_start"], row["b_document"], row["b_start"])
    report(outcome, people)
    report_likeness(alike)


def report_likeness(alike: list[tuple[float, bool]]) -> None:
    """Print what the likeness of names alone gives with the best bar: pairs of a likeness (0 to 100) and a verdict."""
    same = sum(verdict for _, verdict in alike)
    best = (0.0, 0.0, 0.0, 0.0)
    for bar in sorted({likeness for likeness, _ in alike} - {0.0}):
        joined = [verdict for likeness, verdict in alike if likeness >= bar]
        precision, recall = sum(joined) / len(joined), sum(joined) / same
        best = max(best, (2 * precision * recall / max(precision + recall, 1e-9), precision, recall, bar))
    print(f"likeness of names alone, from {best[3]:.0f}: precision {best[1]:.3f}  recall {best[2]:.3f}")


def entry_at(entries: list[Entry], start: int, end: int) -> Entry | None:
    """The entry that stands at this place, `None` if there is none."""
    return next((entry for entry in entries if entry.start < end and start < entry.end), None)


def report(outcome: Counter[str], people: People) -> None:
    """Print the figures."""
    found = outcome["tp"] + outcome["fp"]
    same = outcome["tp"] + outcome["fn"]
    different = outcome["tn"] + outcome["fp"]
    print(f"pairs {same + different}: same {same}, different {different}; an entry missing in {outcome['not found']}")
    print(f"precision {outcome['tp'] / max(found, 1):.3f}  recall {outcome['tp'] / max(same, 1):.3f}")
    print(" ".join(f"{name} {outcome[name]}" for name in ("tp", "fp", "fn", "tn")))
    print(f"entries with a person {len(people.of_entry)}, that several fit {len(people.candidates)}")


if __name__ == "__main__":
    main()
