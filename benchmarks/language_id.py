"""How well lines of one to three words are told apart: langdetect, lingua, py3langid and this package, in one table.

    python benchmarks/language_id.py [--size 500] [--split dev] [--all]

Reads the treebanks (`resources/ud`) and the annotated minutes (`corpus`) of the folder that the environment variable
MINUTES_SHARED names (default: `../shared` beside the project). Which lines count, and why some don't, is decided by the
rule in `minutes_nlp/training/lines.py`, the same for all; `--all` counts the ambiguous ones too. All contenders choose
among the same four languages; an open answer counts as wrong. Everything is seeded: the table is the same on each run,
speeds aside. The column of lingua needs `pip install lingua-language-detector`, and is left out without it.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from minutes_nlp.language import detector
from minutes_nlp.training.lines import LANGUAGES, LONGEST, CommonWords, Line, minutes_lines, treebank_lines

Guesser = Callable[[Line], str]


def shared() -> Path:
    """The folder of corpora and treebanks; ends the program if it is not there."""
    folder = Path(os.environ.get("MINUTES_SHARED") or Path(__file__).parents[2] / "shared")
    if not (folder / "resources" / "ud").is_dir():
        sys.exit(f"language_id: there are no treebanks in {folder / 'resources' / 'ud'}; set MINUTES_SHARED.")
    return folder


def by_langdetect() -> Guesser:
    """langdetect, seeded, with a prior on the four languages."""
    from langdetect import DetectorFactory, LangDetectException
    from langdetect.detector_factory import PROFILES_DIRECTORY

    factory = DetectorFactory()
    factory.load_profile(PROFILES_DIRECTORY)
    factory.seed = 0
    prior = dict.fromkeys(LANGUAGES, 1 / len(LANGUAGES))

    def guess(line: Line) -> str:
        detecting = factory.create()
        detecting.seed = 0
        detecting.set_prior_map(prior)
        detecting.append(line.text)
        try:
            return str(detecting.detect())
        except LangDetectException:
            return ""

    return guess


def by_py3langid() -> Guesser:
    """py3langid, restricted to the four languages."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(LANGUAGES))
    return lambda line: str(identifier.classify(line.text)[0])


def by_lingua() -> Guesser | None:
    """lingua with the four languages; `None` if it is not installed."""
    try:
        from lingua import IsoCode639_1, LanguageDetectorBuilder
    except ImportError:
        return None
    codes = [getattr(IsoCode639_1, language.upper()) for language in LANGUAGES]
    chooser = LanguageDetectorBuilder.from_iso_codes_639_1(*codes).with_preloaded_language_models().build()

    def guess(line: Line) -> str:
        found = chooser.detect_language_of(line.text)
        return found.iso_code_639_1.name.lower() if found else ""

    return guess


def guessers() -> dict[str, Guesser]:
    """The contenders."""
    found: dict[str, Guesser | None] = {
        "langdetect": by_langdetect(),
        "lingua": by_lingua(),
        "py3langid": by_py3langid(),
        "minutes_nlp": lambda line: detector().guess(line.text).language,
        "… in its document": lambda line: detector().guess(line.text, dict(line.prior) or None).language,
    }
    return {name: guess for name, guess in found.items() if guess is not None}


def right(guess: Guesser, lines: Sequence[Line]) -> str:
    """The share of lines told right, in per cent; empty where there are none."""
    told = sum(guess(line) == line.language for line in lines)
    return f"{100 * told / len(lines):.1f}" if lines else ""


def print_rows(title: str, lines: Sequence[Line], columns: dict[str, Guesser]) -> None:
    """The rows of one set: all lines, then by number of words, then by language and number of words."""
    groups = {"all": list(lines)}
    for words in range(1, LONGEST + 1):
        groups[f"{words} word{'s' * (words > 1)}"] = [line for line in lines if line.words == words]
    for language in LANGUAGES:
        groups[language] = [line for line in lines if line.language == language]
        for words in range(1, LONGEST + 1):
            groups[f"{language}, {words}"] = [line for line in groups[language] if line.words == words]
    for name, group in groups.items():
        cells = [right(guess, group) for guess in columns.values()]
        print(f"| {title}: {name} | {len(group)} | " + " | ".join(cells) + " |")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=500, help="phrases per language and number of words")
    parser.add_argument("--split", default="dev", help="of the annotated minutes: dev or train")
    parser.add_argument("--all", action="store_true", help="count lines too that another language has all words of")
    options = parser.parse_args()
    folder = shared()
    common = CommonWords.of(folder / "resources" / "ud")
    sets = {
        "treebanks": treebank_lines(folder / "resources" / "ud", common, size=options.size),
        f"minutes ({options.split})": minutes_lines(folder / "corpus" / options.split, common, detector()),
    }
    columns = guessers()
    print("| right, % | lines | " + " | ".join(columns) + " |")
    print("|---|--:|" + "--:|" * len(columns))
    for title, lines in sets.items():
        print_rows(title, [line for line in lines if options.all or not line.ambiguous], columns)
    lines = sets["treebanks"]
    speeds = []
    for guess in columns.values():
        begin = time.process_time()
        for line in lines:
            guess(line)
        speeds.append(f"{(time.process_time() - begin) / len(lines) * 1e6:.0f}")
    print(f"| microseconds per line | {len(lines)} | " + " | ".join(speeds) + " |")
    left_out = {title: sum(line.ambiguous for line in lines) for title, lines in sets.items()}
    print("\nambiguous lines:", ", ".join(f"{n} of {len(sets[title])} ({title})" for title, n in left_out.items()))


if __name__ == "__main__":
    main()
