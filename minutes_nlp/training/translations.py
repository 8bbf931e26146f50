"""Learns which Dutch word stems say what which French ones say, from texts that are translations of one another.

`python -m minutes_nlp.training.translations OUT.tsv PAIRS.tsv …` writes the list that the ledger reads
(`resources/translations.tsv`): a Dutch stem, a French stem, and how strongly they go together.
"""

from __future__ import annotations

import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from minutes_nlp.resolution.wording import stems

_TEXT = 1200  # characters of a pair that count: the longer a text, the less its words tell of each other
_OFTEN, _SELDOM = 0.12, 6  # in so large a share of the texts a word is grammar; in so few it may be chance
_KEPT = 3  # translations of one stem
_STRONG = 0.25  # Dice coefficient from which two stems are taken for translations


def read_pairs(paths: Iterable[Path]) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """The stems of both sides of each line `Dutch<TAB>French`; a pair that comes twice counts once."""
    seen = set()
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            dutch, _, french = line.partition("\t")
            if french and line not in seen:
                seen.add(line)
                yield frozenset(stems(dutch[:_TEXT], "nl")), frozenset(stems(french[:_TEXT], "fr"))


def learn(pairs: Iterable[tuple[frozenset[str], frozenset[str]]]) -> list[tuple[str, str, float]]:
    """The stems that stand for one another, with their Dice coefficient, in the alphabet's order.

    A translation has to be among the best of both sides, so that words of one subject don't pass for translations.
    """
    texts = list(pairs)
    counts = [Counter(stem for pair in texts for stem in pair[side]) for side in (0, 1)]
    most = _OFTEN * len(texts)
    usable = [{stem for stem, n in count.items() if _SELDOM <= n <= most and stem.isalpha()} for count in counts]
    together: Counter[tuple[str, str]] = Counter()
    for dutch, french in texts:
        right = french & usable[1]
        for stem in dutch & usable[0]:
            together.update((stem, other) for other in right)
    strength = {
        pair: 2 * n / (counts[0][pair[0]] + counts[1][pair[1]]) for pair, n in together.items() if n >= _SELDOM - 1
    }
    best: list[dict[str, list[tuple[float, str]]]] = [defaultdict(list), defaultdict(list)]
    for (dutch_stem, french_stem), value in strength.items():
        if value >= _STRONG:
            best[0][dutch_stem].append((value, french_stem))
            best[1][french_stem].append((value, dutch_stem))
    kept = [{stem: {other for _, other in sorted(found)[-_KEPT:]} for stem, found in side.items()} for side in best]
    return sorted(
        (dutch, french, math.floor(strength[dutch, french] * 100) / 100)
        for dutch, others in kept[0].items()
        for french in others
        if dutch in kept[1].get(french, ())
    )


def main(arguments: list[str]) -> None:
    """Write what is learned from the files named after the first argument to the first."""
    out, *paths = map(Path, arguments)
    lines = [f"{dutch}\t{french}\t{value:.2f}\n" for dutch, french, value in learn(read_pairs(paths))]
    out.write_text("".join(lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
