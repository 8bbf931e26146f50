"""`minutes import`: take over an action list that was kept in a spreadsheet."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import itertools
import re
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from minutes_nlp.cli.messages import Messages
from minutes_nlp.cli.output import write_table
from minutes_nlp.cli.problems import UsageError
from minutes_nlp.cli.questions import Day, Words
from minutes_nlp.cli.session import Session, session
from minutes_nlp.cli.tables import clean
from minutes_nlp.errors import ReadingError, StoreError

if TYPE_CHECKING:
    from minutes_nlp.reading.lists import Guess, Role

_FOLDER = "lists"
_EXAMPLES = 2
_LONGEST_EXAMPLE = 60
_ID = re.compile(r"[0-9a-f]{16}")
_PATIENCE = 60.0  # seconds to wait for another ingest


def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", show_default=False)],
    column: Annotated[list[str] | None, typer.Option("--column", metavar="WHAT=COLUMN", show_default=False)] = None,
    sheet: Words = None,
    title: Words = None,
    body: Words = None,
    date: Day = None,
    yes: Annotated[bool, typer.Option("--yes", "-y")] = False,
) -> None:
    """Take over an action list: show what its columns are taken for, ask, and ingest it."""
    from minutes_nlp.export.records import write_whole
    from minutes_nlp.reading.lists import compose, guess_columns, numbered_rows

    here = session(context)
    numbers, rows = zip(*numbered_rows(file, sheet=sheet, limits=here.settings.reading_limits()), strict=True)
    _refuse_own(here, file, rows)
    guess = guess_columns(rows)
    _refuse_headings(file, rows, guess)
    guess = _chosen(guess, rows, column or [], here.say)
    kept = rows[guess.header or 0 :]
    listed = len(kept) - (guess.header is not None)
    _show(guess, kept, here.say)
    if "action" not in guess.roles:
        raise UsageError(
            "usage.no_action_column", "No column holds the actions.", "Say which with --column action=HEADING."
        )
    day = date or datetime.date.today()  # noqa: DTZ011 - the user's own day
    text = compose(kept, guess.roles, title=title or file.stem, date=day, body=body, headings=guess.header is not None)
    _warn(text, numbers[len(numbers) - listed :], here.say)
    if not yes and not _confirmed(here.say):
        sys.stdout.write(here.say("import.nothing_done") + "\n")
        return
    folder = here.settings.raw_folder / _FOLDER
    known, earlier = _taken_over(folder, text), _of_the_same_day(folder, text)
    target = known or earlier or _target(folder, f"{file.stem}-{day.isoformat()}")
    if not known:
        write_whole(target, text)
    actions = _ingested(here, target)  # a known list too: the ingest may have been stopped then
    done = "import.known" if known else "import.updated" if earlier else "import.done"
    sys.stdout.write(here.say(done, actions=actions, rows=listed, path=clean(str(target))) + "\n")


def _taken_over(folder: Path, text: str) -> Path | None:
    """The file of the same list with the same rows, if it was taken over on this or another day; the latest."""
    from minutes_nlp.reading.lists.document import without_occasion

    wanted = without_occasion(text)
    found = [path for path, content in _lists(folder) if without_occasion(content) == wanted]
    return max(found, key=lambda path: path.name, default=None)


def _of_the_same_day(folder: Path, text: str) -> Path | None:
    """The file of an earlier state of the same list on the same day: with its title, and no action that it lacks."""
    from minutes_nlp.reading.lists import actions_of

    title, day, actions = actions_of(text)
    for path, content in _lists(folder):
        with contextlib.suppress(ValueError):  # it was edited by hand
            other = actions_of(content)
            if other[:2] == (title, day) and other[2] and other[2] <= actions:
                return path
    return None


def _lists(folder: Path) -> Iterator[tuple[Path, str]]:
    """The lists that were taken over, with their texts."""
    from minutes_nlp.reading.lists.document import SUFFIX

    for path in sorted(folder.glob(f"*{SUFFIX}")):
        yield path, _read(path)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:  # a folder of that name, or nothing that we may read
        return ""


def _target(folder: Path, name: str) -> Path:
    """Where the list goes: the first free name."""
    from minutes_nlp.reading.lists.document import SUFFIX

    names = (f"{name}{SUFFIX}" if number == 1 else f"{name}_{number}{SUFFIX}" for number in itertools.count(1))
    return next(path for path in (folder / found for found in names) if not path.exists())


def _refuse_own(here: Session, file: Path, rows: Iterable[Sequence[str]]) -> None:
    """Refuse an export of this program, whose actions would be there twice.

    Raises:
        ReadingError: `lists.own-export`: ids of known actions stand in it.
    """
    from contextlib import closing

    from minutes_nlp.query.actions import count_known

    identifiers = {cell for row in rows for cell in row if _ID.fullmatch(cell)}
    if not identifiers or not here.database.exists():
        return
    with closing(here.open()) as db:
        known = count_known(db, identifiers)
    if known:
        raise ReadingError(
            "lists.own-export",
            f"{file} was exported by minutes: actions in it that are in the database already: {known}.",
            "Nothing has to be taken over. Are there new rows? Keep only those.",
            path=file,
            known=known,
        )


def _refuse_headings(file: Path, rows: Sequence[Sequence[str]], guess: Guess) -> None:
    from minutes_nlp.reading.lists import has_only_headings

    if has_only_headings(rows, guess):
        raise ReadingError(
            "lists.only-headings",
            f"There are no rows with actions below the headings in {file}.",
            "Put the actions below a row of headings, or choose another file or sheet.",
            path=file,
        )


def _warn(text: str, numbers: Sequence[int], say: Messages) -> None:
    """Name the rows that give no action, and the deadlines that can't be read."""
    lines = list(_warnings(text, numbers, say))
    sys.stdout.write("".join(f"{line}\n" for line in lines) + ("\n" if lines else ""))


def _warnings(text: str, numbers: Sequence[int], say: Messages) -> Iterator[str]:
    from minutes_nlp.pipeline.lists import remarks

    for remark in remarks(text):
        yield say(f"import.{remark.kind}", row=numbers[remark.row], cell=clean(remark.cell))


def _chosen(guess: Guess, rows: Sequence[Sequence[str]], asked: Sequence[str], say: Messages) -> Guess:
    """The guess with what the user says about columns; who names one by a cell of the first row says what that row is.

    Raises:
        UsageError: a column or what it is to be is unknown.
    """
    if guess.header is None and any(_is_heading(wish.partition("=")[2], rows[0]) for wish in asked):
        guess = dataclasses.replace(guess, header=0)
    headings = rows[guess.header] if guess.header is not None else []
    roles: list[Role] = list(guess.roles)
    for wish in asked:
        what, _, which = wish.partition("=")
        role, place = _role(what, say), _place(which, headings, len(roles))
        if role != "other":
            roles = ["other" if known == role else known for known in roles]
        roles[place] = role
    return dataclasses.replace(guess, roles=tuple(roles))


def _role(what: str, say: Messages) -> Role:
    from minutes_nlp.reading.lists import ROLES
    from minutes_nlp.resources.folding import fold

    for role in ROLES:
        if fold(what) in (role, fold(say(f"values.column_role.{role}"))):
            return role
    known = ", ".join(ROLES)
    raise UsageError(
        "usage.column_role", f"A column is no {what!r}.", f"It is one of: {known}.", value=what, known=known
    )


def _is_heading(which: str, row: Sequence[str]) -> bool:
    """Whether a column is named by a cell of this row, and not by its letter or number."""
    from minutes_nlp.resources.folding import fold

    wanted = fold(which)
    return len(wanted) > 1 and not wanted.isdecimal() and wanted in map(fold, row)


def _place(which: str, headings: Sequence[str], width: int) -> int:
    """The column meant by its heading, its letter, or its number from 1."""
    from minutes_nlp.resources.folding import fold

    wanted = fold(which)
    folded = [fold(heading) for heading in headings]
    if wanted and wanted in folded:
        return folded.index(wanted)
    if which.isdecimal() and 1 <= int(which) <= width:
        return int(which) - 1
    letter = ord(wanted) - ord("a") if len(wanted) == 1 else -1
    if 0 <= letter < width:
        return letter
    known = ", ".join(heading for heading in headings if heading) or f"1–{width}"
    raise UsageError("usage.column", f"There is no column {which!r}.", f"There is: {known}.", value=which, known=known)


def _show(guess: Guess, rows: Sequence[Sequence[str]], say: Messages) -> None:
    """A table of the columns: heading, what it is taken for, and what stands in it."""
    headed = guess.header is not None
    shown = []
    for place, role in enumerate(guess.roles):
        cells = [row[place] for row in rows[headed:] if row[place]]
        heading = rows[0][place] if headed else str(place + 1)
        example = " · ".join(cells[:_EXAMPLES])
        cut = example if len(example) <= _LONGEST_EXAMPLE else f"{example[: _LONGEST_EXAMPLE - 1]}…"
        shown.append((clean(heading), say(f"values.column_role.{role}"), clean(cut)))
    headings = [say(f"columns.{name}") for name in ("column", "taken_as", "example")]
    write_table(headings, list(zip(*shown, strict=True)), say)
    sys.stdout.write("\n" if headed else f"\n{say('import.no_headings')}\n\n")


def _confirmed(say: Messages) -> bool:
    """Whether the user agrees.

    Raises:
        UsageError: there is nobody to ask.
    """
    if not sys.stdin.isatty():
        raise UsageError("usage.confirm", "There is nobody to ask whether this is right.", "Add --yes if it is.")
    sys.stdout.write(say("import.confirm") + " ")
    sys.stdout.flush()
    answer = sys.stdin.readline().strip().lower()
    return bool(answer) and say("values.yes").startswith(answer)


def _ingested(here: Session, path: Path) -> int:
    """Ingest the list; returns how many actions it has now."""
    from contextlib import closing

    from minutes_nlp.cli.ingest import quiet_progress
    from minutes_nlp.cli.work import processing
    from minutes_nlp.discovery import stable_name
    from minutes_nlp.ingest import Places, ingest
    from minutes_nlp.pipeline.lists import ListProcessor

    settings = here.settings
    places = Places(settings.raw_folder, settings.structured_folder / "records", here.database, settings.directory_path)
    alone = dataclasses.replace(processing(settings, 1), build=ListProcessor, share=None)
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            report = ingest([path], places, alone, progress=quiet_progress(), clock=_now)
            break
        except StoreError as error:  # a watcher may be at it
            if error.code != "store.busy" or time.monotonic() > until:
                raise
            time.sleep(1)
    for entry in report.of_kind("failed"):
        assert entry.problem is not None
        raise entry.problem
    sql = """SELECT count(*) FROM actions a JOIN meetings m ON m.id = a.meeting_id
        JOIN documents d ON d.id = m.document_id WHERE d.path = ?"""
    with closing(here.open()) as db:
        found: int = db.execute(sql, (stable_name(path, settings.raw_folder),)).fetchone()[0]
    return found


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
