"""How long do questions take on a database of 10,000 actions?

Run `python benchmarks/query_speed.py`. It makes 500 invented meetings in a temporary folder, asks each question in this
process, and runs the commands as a user does, each in a process of its own. The exit code is 1 if a command takes
longer than its limit.
"""

from __future__ import annotations

import argparse
import datetime
import functools
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sized
from contextlib import closing
from pathlib import Path

from generate import generate_database

from minutes_nlp.query.actions import find_actions
from minutes_nlp.query.decisions import find_decisions
from minutes_nlp.query.filters import ActionFilter
from minutes_nlp.query.meetings import list_meetings, show_meeting
from minutes_nlp.query.people import list_people
from minutes_nlp.query.search import search_passages
from minutes_nlp.store.connect import open_database

_TODAY = datetime.date(2020, 1, 1)
_FILTERS = {
    "all actions": ActionFilter(),
    "open": ActionFilter(open=True),
    "done": ActionFilter(done=True),
    "overdue": ActionFilter(overdue=True, today=_TODAY),
    "owner": ActionFilter(owner="elise verb"),
    "organisation": ActionFilter(organisation="wilgem"),
    "due before": ActionFilter(due_before=datetime.date(2018, 1, 1)),
    "due after": ActionFilter(due_after=datetime.date(2021, 1, 1)),
    "meeting": ActionFilter(meeting="2016-01-10"),
    "theme": ActionFilter(theme="logement"),
    "all filters": ActionFilter(open=True, theme="wonen", owner="noor", organisation="ocmw", due_after=_TODAY),
}
_COMMANDS = {
    "minutes actions --open": (["actions", "--open"], 0.4),
    "minutes actions --open --format json": (["actions", "--open", "--format", "json"], None),
    "minutes search été": (["search", "été"], None),
    "minutes meetings": (["meetings"], None),
    "minutes --help": (["--help"], 0.4),
}


def best_and_median(run: Callable[[], object], repeats: int) -> tuple[float, float]:
    """The shortest and the median time of `repeats` runs, in seconds."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times), statistics.median(times)


def time_questions(path: Path, repeats: int) -> None:
    """Print how long each question takes in this process."""
    print("| question | rows | best ms | median ms |\n|---|---|---|---|")
    with closing(open_database(path)) as db:
        questions: dict[str, Callable[[], Sized]] = {
            name: functools.partial(find_actions, db, wanted) for name, wanted in _FILTERS.items()
        }
        questions["meetings"] = lambda: list_meetings(db)
        questions["one meeting"] = lambda: show_meeting(db, "2016-01-10").actions
        questions["decisions"] = lambda: find_decisions(db)
        questions["decisions, searched"] = lambda: find_decisions(db, search="voorstel")
        questions["people"] = lambda: list_people(db)
        questions["passages"] = lambda: search_passages(db, "ete budget")
        for name, ask in questions.items():
            rows = len(ask())
            best, median = best_and_median(ask, repeats)
            print(f"| {name} | {rows} | {best * 1000:.0f} | {median * 1000:.0f} |")


def time_commands(path: Path, repeats: int) -> bool:
    """Print how long each command takes as a process; whether all kept their limit (by the median)."""
    print("\n| command | best s | median s | limit s |\n|---|---|---|---|")
    kept = True
    environment = {**os.environ, "PYTHONUTF8": "1"}
    for name, (arguments, limit) in _COMMANDS.items():
        command = [sys.executable, "-m", "minutes_nlp", "--database", str(path), *arguments]
        run = functools.partial(subprocess.run, command, stdout=subprocess.DEVNULL, check=True, env=environment)
        run()
        best, median = best_and_median(run, repeats)
        kept = kept and (limit is None or median <= limit)
        print(f"| `{name}` | {best:.2f} | {median:.2f} | {limit or ''} |")
    return kept


def main() -> None:
    """Make the database, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--actions", type=int, default=10_000)
    parser.add_argument("--meetings", type=int, default=500)
    parser.add_argument("--repeats", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "minutes.db"
        start = time.perf_counter()
        generate_database(path, meetings=options.meetings, actions=options.actions)
        size = path.stat().st_size / 1e6
        print(f"{options.actions} actions in {options.meetings} meetings: {size:.0f} MB", end=", ")
        print(f"made in {time.perf_counter() - start:.1f} s\n")
        time_questions(path, options.repeats)
        kept = time_commands(path, options.repeats)
    sys.exit(0 if kept else 1)


if __name__ == "__main__":
    main()
