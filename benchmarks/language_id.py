"""How well short lines are told apart: langdetect (seeded), py3langid by itself, and this package.

    python benchmarks/language_id.py [--sample 600] [--split train]

Reads the treebanks (`resources/ud`) and the annotated minutes (`corpus`) of the folder that the environment variable
MINUTES_SHARED names (default: `../shared` beside the project) and prints as a table which share of the texts each tells
right and which wrong; the rest is left open. Only minutes in one language count; a sentence of a treebank stands alone,
a heading of minutes is also told with its document around it.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from minutes_nlp.language import UNKNOWN, detector, normalise
from minutes_nlp.reading import read_document

LANGUAGES = ("de", "en", "fr", "nl")
Guesser = Callable[[str], str]
Sample = list[tuple[str, str]]  # a text and its language


def shared() -> Path:
    """The folder of corpora and treebanks; ends the program if it is not there."""
    folder = Path(os.environ.get("MINUTES_SHARED") or Path(__file__).parents[2] / "shared")
    if not (folder / "resources" / "ud").is_dir():
        sys.exit(f"language_id: there are no treebanks in {folder / 'resources' / 'ud'}; set MINUTES_SHARED.")
    return folder


def treebank_sentences(folder: Path, language: str) -> Iterator[str]:
    """The sentences of the treebanks of one language, in a fixed order."""
    for path in sorted((folder / "resources" / "ud" / language).glob("*.conllu")):
        with path.open(encoding="utf-8") as lines:
            yield from (line[9:].strip() for line in lines if line.startswith("# text = "))


def treebank_samples(folder: Path, size: int) -> dict[str, Sample]:
    """Short whole sentences, beginnings of three words, and sentences of 6 to 12 words; `size` per language."""
    samples: dict[str, Sample] = {"sentences of 2-5 words": [], "first 3 words": [], "sentences of 6-12 words": []}
    for language in LANGUAGES:
        found = sorted({s for s in treebank_sentences(folder, language) if any(c.islower() for c in s)})
        random.Random(0).shuffle(found)
        groups = (
            [s for s in found if 2 <= len(s.split()) <= 5],
            [" ".join(s.split()[:3]) for s in found if len(s.split()) > 6],
            [s for s in found if 6 <= len(s.split()) <= 12],
        )
        for sample, group in zip(samples.values(), groups, strict=True):
            sample += [(text, language) for text in group[:size]]
    return samples


def minutes(folder: Path, split: str) -> Iterator[tuple[Path, str, list[str]]]:
    """Documents written in one language, with that language and their annotated headings."""
    for path in sorted((folder / "corpus" / split / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        spoken = gold["meeting"]["languages"]
        if len(spoken) == 1 and spoken[0] in LANGUAGES:
            titles = [item["title"] for item in gold["agenda_items"] if any(c.isalpha() for c in item["title"])]
            yield folder / "corpus" / split / "docs" / gold["doc"], spoken[0], titles


def guessers() -> dict[str, Guesser]:
    """The contenders, each restricted to the same four languages as far as it can be."""
    import langdetect
    from langdetect import DetectorFactory
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    DetectorFactory.seed = 0
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(LANGUAGES))

    def by_scores(text: str) -> str:
        found = detector().scores(text)
        return max(sorted(found), key=lambda language: found[language])

    def by_langdetect(text: str) -> str:
        try:
            ranked = [guess.lang for guess in langdetect.detect_langs(text)]
        except langdetect.LangDetectException:
            return ""
        return next((language for language in ranked if language in LANGUAGES), "")

    return {
        "langdetect, seeded": by_langdetect,
        "py3langid": lambda text: str(identifier.classify(text)[0]),
        "minutes_nlp, forced": by_scores,
        "minutes_nlp": lambda text: detector().guess(text).language,
    }


def shares(guess: Guesser, sample: Sample) -> tuple[float, float]:
    """Shares of texts whose language is told right and told wrong; both 0 for an empty sample."""
    told = [(guess(text), language) for text, language in sample]
    right = sum(answer == language for answer, language in told)
    wrong = sum(answer not in ("", UNKNOWN, language) for answer, language in told)
    return right / max(1, len(told)), wrong / max(1, len(told))


def in_document(documents: Sequence[tuple[Path, str, list[str]]]) -> float:
    """Accuracy of the headings, each told with what its document is written in."""
    right = total = 0
    for path, language, titles in documents:
        blocks = normalise(read_document(path), detector())
        prior = detector().prior([block.span.text(blocks.text) for block in blocks.blocks])
        right += sum(detector().guess(title, prior).language == language for title in titles)
        total += len(titles)
    return right / total if total else 0.0


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=600, help="texts per language and kind")
    parser.add_argument("--split", default="dev", help="of the annotated minutes: dev or train")
    options = parser.parse_args()
    folder = shared()
    documents = list(minutes(folder, options.split))
    samples = treebank_samples(folder, options.sample)
    samples[f"headings of minutes ({options.split})"] = [(t, language) for _, language, ts in documents for t in ts]
    columns = guessers()
    print(f"| {'right / wrong':32} | {'n':>5} | " + " | ".join(f"{name:>20}" for name in columns) + " |")
    print(f"|{'-' * 34}|{'-' * 6}:|" + f"{'-' * 21}:|" * len(columns))
    spent = dict.fromkeys(columns, 0.0)
    for kind, sample in samples.items():
        figures = []
        for name, guess in columns.items():
            begin = time.perf_counter()
            figures.append("{:.3f} / {:.3f}".format(*shares(guess, sample)))
            spent[name] += time.perf_counter() - begin
        print(f"| {kind:32} | {len(sample):5} | " + " | ".join(f"{figure:>20}" for figure in figures) + " |")
    texts = sum(map(len, samples.values()))
    print(
        f"| {'microseconds per text':32} | {'':5} | "
        + " | ".join(f"{spent[n] / texts * 1e6:20.0f}" for n in columns)
        + " |"
    )
    print(f"minutes_nlp with the document around the heading: {in_document(documents):.3f}")


if __name__ == "__main__":
    main()
