"""Does a watcher under load lose anything? Drops files in bursts, kills the watcher, and counts what became of each.

    python benchmarks/watch_load.py                # prints the figures
    python benchmarks/watch_load.py docs/watch.md  # and writes them between the marks `watch_load:begin` and `…:end`

The documents are those of ../shared/corpus if it is there, else the samples in raw/, again and again until there are
`--files`. They come in three bursts, one per life of the watcher, which is killed (SIGKILL) in the midst of each; eight
are written a line at a time over the whole run, ten are renamed and ten deleted while the first burst is read. After
the third kill a last watcher runs until nothing changes any more. The processing is the real one.
"""

from __future__ import annotations

import argparse
import itertools
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from minutes_nlp.errors import MinutesError
from minutes_nlp.store.connect import open_database

_ROOT = Path(__file__).resolve().parent.parent
_SHARED = Path(os.environ.get("MINUTES_SHARED", _ROOT.parent / "shared"))
_MARKS = re.compile(r"(?<=<!-- watch_load:begin -->\n).*?(?=<!-- watch_load:end -->)", re.DOTALL)
_SLOW, _RENAMED, _DELETED = 8, 10, 10
_SETTLE = 2.0
_PATIENCE = 3600.0

State = tuple[dict[str, bool], dict[str, str]]


def sources(files: int) -> list[tuple[str, bytes]]:
    """Names and contents of so many documents."""
    folders = sorted(_SHARED.glob("corpus/*/docs")) or [_ROOT / "raw"]
    found = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    return [
        (f"{number // 100}/{number}-{path.name}", path.read_bytes())
        for number, path in zip(range(files), itertools.cycle(found), strict=False)
    ]


@contextmanager
def watcher(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A watcher over `folder`/raw, in a process of its own."""
    command = [sys.executable, "-m", "minutes_nlp", "--lang", "en", "watch", "--settle", str(_SETTLE)]
    with (folder / "log.txt").open("ab") as log:
        process = subprocess.Popen(
            command, cwd=folder, env={**os.environ, "PYTHONPATH": str(_ROOT)}, stderr=log, stdout=log
        )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def state(folder: Path) -> State:
    """The documents of the database (true for those whose file is gone), and the files that failed, with why."""
    try:
        with closing(open_database(folder / "structured" / "minutes.db")) as db:
            known = dict(db.execute("SELECT path, missing_since IS NOT NULL FROM documents").fetchall())
            return known, dict(db.execute("SELECT path, code FROM ingest_errors").fetchall())
    except MinutesError:
        return {}, {}


def until(condition: Callable[[], bool]) -> None:
    """Wait until something holds."""
    end = time.monotonic() + _PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise SystemExit("it did not come about in time")
        time.sleep(0.5)


def write_slowly(path: Path, content: bytes, stop: threading.Event) -> None:
    """Write a file line by line, half a second after each, until told to finish."""
    with path.open("wb") as file:
        for line in content.splitlines(keepends=True):
            file.write(line)
            file.flush()
            stop.wait(0.5)


def run(files: int, folder: Path) -> dict[str, object]:
    """Let it happen; returns the figures."""
    raw = folder / "raw"
    listed = sources(files)
    for name, _ in listed:
        (raw / name).parent.mkdir(parents=True, exist_ok=True)
    stop = threading.Event()
    slow = [threading.Thread(target=write_slowly, args=(raw / name, content, stop)) for name, content in listed[:_SLOW]]
    for thread in slow:
        thread.start()
    rest = listed[_SLOW:]
    third = len(rest) // 3
    began = time.monotonic()
    for number, burst in enumerate((rest[:third], rest[third : 2 * third], rest[2 * third :])):
        with watcher(folder) as process:
            for name, content in burst:
                (raw / name).write_bytes(content)
            enough = len(state(folder)[0]) + len(burst) // 4
            until(lambda enough=enough: len(state(folder)[0]) > enough)
            if number == 0:
                for name, _ in burst[:_RENAMED]:
                    (raw / name).rename((raw / name).with_stem((raw / name).stem + "-renamed"))
                for name, _ in burst[third // 2 : third // 2 + _DELETED]:
                    (raw / name).unlink()
            process.send_signal(signal.SIGKILL)
    stop.set()
    for thread in slow:
        thread.join()
    there = {path.relative_to(raw).as_posix() for path in raw.rglob("*") if path.is_file()}
    with watcher(folder) as process:

        def settled() -> bool:
            known, failed = state(folder)
            return {name for name, gone in known.items() if not gone} | failed.keys() == there

        until(settled)
        seconds = time.monotonic() - began
        time.sleep(3 * _SETTLE)
        process.send_signal(signal.SIGTERM)
        code = process.wait(timeout=120)
    return {**check(folder, there), "seconds": seconds, "exit code": code}


def check(folder: Path, there: set[str]) -> dict[str, object]:
    """What became of every file."""
    known, failed = state(folder)
    ingested = {name for name, gone in known.items() if not gone}
    with closing(open_database(folder / "structured" / "minutes.db")) as db:
        digests = dict(db.execute("SELECT path, sha256 FROM documents").fetchall())
    from minutes_nlp.reading.readers import digest

    stale = [name for name in ingested if digests[name] != digest((folder / "raw" / name).read_bytes())]
    return {
        "files in the folder at the end": len(there),
        "ingested": len(ingested),
        "failed with a reason": len(failed),
        "gone": sum(known.values()),
        "in no state": len(there - ingested - failed.keys()),
        "in two states": len(ingested & failed.keys()),
        "ingested but not as they are": len(stale),
        "gone although they are there": sum(gone and name in there for name, gone in known.items()),
    }


def main() -> None:
    """Run it and print, or write, the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("page", nargs="?", type=Path, help="a page with the marks")
    parser.add_argument("--files", type=int, default=500)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = run(arguments.files, Path(folder))
        log = (Path(folder) / "log.txt").read_text(encoding="utf-8")
    print(f"{figures.pop('seconds'):.0f} seconds until every file was in its state")
    figures["tracebacks in its log"] = log.count("Traceback")
    rows = [f"| {name} | {value} |" for name, value in figures.items()]
    table = "\n".join(["| | |", "|---|---|", *rows]) + "\n"
    print(table)
    if arguments.page:
        page = arguments.page.read_text(encoding="utf-8")
        arguments.page.write_text(_MARKS.sub(lambda _: table, page), encoding="utf-8")


if __name__ == "__main__":
    main()
