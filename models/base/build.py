"""All steps from the data to the pipelines that ship: `build.py RESOURCES WORK [LANGUAGE …]` (default: nl fr de en).

Needs spaCy and, for the vectors of nl and fr, `floret`. What lies in `WORK` is written again.
"""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sources import HERE, sources

LANGUAGES = ("nl", "fr", "de", "en")
JOBS = 2
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}


def step(*command: str | Path) -> None:
    """Run one step on one thread; its failure ends the build."""
    environment = {**os.environ, **_ONE_THREAD, "PYTHONPATH": str(HERE.parents[1])}
    print("+", *command, flush=True)
    subprocess.run([sys.executable, *map(str, command)], check=True, env=environment)


def build(language: str, resources: Path, work: Path) -> None:
    """All steps of one language up to the two trained halves of its pipeline."""
    if "text" in sources(language):
        step(HERE / "vectors.py", language, resources, work / "vectors")
        table, output = work / "vectors" / f"{language}.floret", work / "vectors" / language
        step("-m", "spacy", "init", "vectors", language, table, output, "--mode", "floret")
    step(HERE / "convert.py", language, resources, work / "corpus")
    for part in ("boundaries", "words"):
        step(HERE / "train.py", language, part, work / "corpus", work / "vectors", work / "trained")


def finish(language: str, resources: Path, work: Path) -> None:
    """Write a pipeline as it ships, and score it."""
    step(HERE / "package.py", language, work / "trained", resources, HERE)
    step(HERE / "evaluate.py", language, HERE / language, work / "corpus", HERE / "scores.json")


def main(resources: Path, work: Path, languages: list[str]) -> None:
    """Train two languages at once, then write and score them one after the other."""
    with ThreadPoolExecutor(JOBS) as pool:
        list(pool.map(lambda language: build(language, resources, work), languages))
    for language in languages:
        finish(language, resources, work)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:] or list(LANGUAGES))
