"""How fast is the whole road from file to record, and how much memory does it take?

Run `python benchmarks/road_speed.py`. It measures, each in a process of its own: the default pipeline with `--jobs` 1
and 2, with the time of every part, and beside it spaCy pipelines of the same components as spaCy's `lg` models (see
`spacy_peer.py`) with `n_process` 1 and 2, on the same documents: those of ../shared/corpus if it is there, else the
samples in raw/, as often as it takes. `--words` says how many words, `--peer-words` how many the spaCy pipelines get.

Words are what white space separates. `steady` leaves out the start: loading, and a few documents before the clock runs.
`per CPU second` is what one core does: the figure to compare on a busy machine. Memory is the largest sum of the
resident memory of all processes, sampled (on Linux only).
"""

from __future__ import annotations

import argparse
import functools
import itertools
import json
import multiprocessing
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parent.parent
_SHARED = Path(os.environ.get("MINUTES_SHARED", _ROOT.parent / "shared"))
_WARM = 8  # documents processed before the clock runs
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


class Memory(threading.Thread):
    """Samples the resident memory of this process and its children."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak = 0.0

    def run(self) -> None:
        """Sample until the process ends."""
        while Path("/proc/self/statm").exists():
            children = (child.pid for child in multiprocessing.active_children())
            self.peak = max(self.peak, sum(map(_resident, (os.getpid(), *children))))
            time.sleep(0.05)


def _resident(pid: int | None) -> float:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE / 1e6
    except (OSError, IndexError):
        return 0.0  # it has just ended


def documents(words: int) -> list[Path]:
    """Files that hold about so many words; the same ones come again if there are too few."""
    corpus = _SHARED / "corpus"
    if (corpus / "dev" / "docs").is_dir():
        found = sorted((corpus / "dev" / "docs").glob("*.txt")) + sorted((corpus / "unlabelled").rglob("*.txt"))[::3]
    else:
        found = sorted(path for path in (_ROOT / "raw").rglob("*") if path.suffix in (".txt", ".md"))
    chosen: list[Path] = []
    count = 0
    for path in itertools.cycle(found):
        if count >= words:
            return chosen
        chosen.append(path)
        count += len(path.read_text(encoding="utf-8", errors="replace").split())
    raise SystemExit("There is no document to read.")


def ours(paths: Sequence[Path], jobs: int) -> dict[str, Any]:
    """The road from file to record, by our default pipeline."""
    from minutes_nlp.pipeline.jobs import Job, size_of
    from minutes_nlp.pipeline.parallel import process_jobs
    from minutes_nlp.pipeline.timings import Timings, collecting
    from minutes_nlp.reading import read_document

    warm = [*paths[:_WARM], *paths[:_WARM]]
    tasks = (Job(path.name, functools.partial(read_document, path), size_of(path)) for path in (*warm, *paths))
    with collecting(Timings()) as timings:
        outcomes = process_jobs(tasks, jobs=jobs)
        for _ in warm:
            next(outcomes)
        started, before, counted = time.perf_counter(), dict(timings.seconds), timings.words
        failed = sum(outcome.record is None for outcome in outcomes)
    parts = {part: seconds - before.get(part, 0.0) for part, seconds in timings.seconds.items()}
    return {
        "words": timings.words - counted,
        "seconds": time.perf_counter() - started,
        "cpu": sum(parts.values()),
        "parts": parts,
        "failed": failed,
    }


def theirs(paths: Sequence[Path], jobs: int) -> dict[str, Any]:
    """Tagging, parsing, lemmatizing and NER by spaCy pipelines; nothing of minutes is found in the texts."""
    from spacy_peer import peer

    from minutes_nlp.language import detector

    texts: dict[str, list[str]] = {"nl": [], "fr": []}
    for path in paths:
        text = path.read_text(encoding="utf-8", errors="replace")
        texts["fr" if detector().guess(text[:3000]).language == "fr" else "nl"].append(text)
    pipelines = {language: peer(language, found) for language, found in texts.items() if found}
    for language, nlp in pipelines.items():
        list(nlp.pipe(texts[language][:2]))
    words, seconds, cpu = 0, 0.0, 0.0
    for language, nlp in pipelines.items():
        started, begun = time.perf_counter(), time.process_time()
        for doc in nlp.pipe(texts[language], n_process=jobs, batch_size=8):
            words += len(doc.text.split())
        seconds += time.perf_counter() - started
        cpu += time.process_time() - begun
    return {"words": words, "seconds": seconds, "cpu": cpu if jobs == 1 else 0.0, "parts": {}, "failed": 0}


def measured(kind: str, jobs: int, words: int) -> dict[str, Any]:
    """One measurement, in a process of its own."""
    started = time.perf_counter()
    command = [sys.executable, __file__, "--measure", kind, "--jobs", str(jobs), "--words", str(words)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return {**result, "whole": time.perf_counter() - started}


def _line(name: str, jobs: int, found: dict[str, Any]) -> Iterator[str]:
    yield f"{name:<28}{jobs:>5}"
    yield f"{found['words']:>9}{found['words'] / found['seconds']:>10.0f}"
    yield f"{found['words'] / found['cpu']:>16.0f}" if found["cpu"] else f"{'-':>16}"
    yield f"{found['peak']:>12.0f}{found['whole'] - found['seconds']:>9.1f}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=int, default=150_000)
    parser.add_argument("--peer-words", type=int, default=40_000)
    parser.add_argument("--measure", choices=("ours", "theirs"), help=argparse.SUPPRESS)
    parser.add_argument("--jobs", type=int, default=1, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        memory = Memory()
        memory.start()
        result = (ours if options.measure == "ours" else theirs)(documents(options.words), options.jobs)
        print(json.dumps({**result, "peak": memory.peak}))
        return
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg()) if hasattr(os, "getloadavg") else "unknown"
    print(f"{os.cpu_count()} cores; load before the measurement: {load}\n")
    print(f"{'':<28}{'jobs':>5}{'words':>9}{'steady/s':>10}{'per CPU second':>16}{'peak MB':>12}{'start s':>9}")
    alone: dict[str, Any] = {}
    for name, kind, words in (("minutes, file to record", "ours", options.words),
                              ("spaCy, components of lg", "theirs", options.peer_words)):  # fmt: skip
        for jobs in (1, 2):
            found = measured(kind, jobs, words)
            alone = alone or found
            print("".join(_line(name, jobs, found)), flush=True)
            if found["failed"]:
                print(f"  {found['failed']} documents failed")
    print("\nPart        CPU seconds   words/s   share")
    for part, seconds in sorted(alone["parts"].items(), key=lambda entry: -entry[1]):
        print(f"{part:<12}{seconds:>11.2f}{alone['words'] / max(seconds, 1e-9):>10.0f}{seconds / alone['cpu']:>8.1%}")


if __name__ == "__main__":
    main()
