"""The walk through what is doubtful: shows one thing after the other, and writes every answer down at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from minutes_nlp.cli.asking import Dialogue, about
from minutes_nlp.cli.assigning import ask_whom
from minutes_nlp.cli.output import cell
from minutes_nlp.cli.problems import StoppedError
from minutes_nlp.cli.values import parse_day, parse_due
from minutes_nlp.errors import MinutesError, ReviewError
from minutes_nlp.query.doubts import Doubt, place_of_row, still_there, values_of_row
from minutes_nlp.query.places import Place, document_text, shown
from minutes_nlp.records import Evidence
from minutes_nlp.records.corrections import Correction
from minutes_nlp.review.answers import accepted, rejected
from minutes_nlp.review.assignees import Assignees
from minutes_nlp.review.desk import Desk
from minutes_nlp.review.history import undo
from minutes_nlp.review.passages import find_passage
from minutes_nlp.review.statements import of_row
from minutes_nlp.store.corrections import rows_of_corrections
from minutes_nlp.store.identity import storable

_KEYS = ("accept", "correct", "reject", "skip", "undo", "quit")
_NONE = "-"
_CHOICES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("action", "status"): ("open", "done"),
    ("attendance", "status"): ("present", "excused", "absent"),
    ("attendance", "role"): ("chair", "secretary", _NONE),
}


class _NoValueError(Exception):
    """What was typed is no value of the field."""


class _NobodyError(Exception):
    """The user does not say who is meant."""


class Walk:
    """One walk.

    Args:
        desk: where answers are written down.
        doubts: what to ask, in order.
        dialogue: the terminal.
    """

    def __init__(self, desk: Desk, doubts: Sequence[Doubt], dialogue: Dialogue) -> None:
        self.desk = desk
        self.doubts = doubts
        self.dialogue = dialogue
        self.say = dialogue.say
        self.answered: list[tuple[int, list[Correction]]] = []
        self.settled: set[int] = set()  # numbers of what other answers settled, so that nobody was asked

    def run(self) -> None:
        """Ask until everything is answered, or the user stops.

        Raises:
            StoppedError: Ctrl-C; what was answered is written down.
        """
        try:
            ending = self._walk()
        except KeyboardInterrupt:
            self.dialogue.show("")  # from the line of the question
            raise StoppedError(
                "review.stopped",
                f"Stopped. Answers noted: {len(self.answered)}.",
                "What was answered is kept.",
                count=len(self.answered),
            ) from None
        self.dialogue.show(self.say(f"review.ask.{ending}", count=len(self.answered)))

    def _walk(self) -> str:
        """How it ended: the key of what to say."""
        index = 0
        while index < len(self.doubts):
            doubt = self.doubts[index]
            with self.desk.reading() as db:
                there = still_there(db, doubt)
            if not there:
                self.settled.add(index)
                index += 1
                continue
            self.settled.discard(index)
            self._present(index, doubt)
            answer = self._answer(doubt, index)
            if answer is None:
                return "no_terminal"
            if answer == "quit":
                return "stopped"
            index = self._back() if answer == "undo" else index + 1
        return "finished"

    def _present(self, index: int, doubt: Doubt) -> None:
        show, say = self.dialogue.show, self.say
        kind = cell(doubt.kind, "kind", say)
        show()
        before = sum(settled < index for settled in self.settled)
        numbers = {"number": index + 1 - before, "count": len(self.doubts) - len(self.settled)}
        show(say("review.ask.head", kind=kind, about=about(doubt, say), **numbers))
        date = doubt.meeting_date or "?"
        show(say("review.ask.where", document=doubt.document, date=date), "  ")
        if doubt.action is not None:
            show(say("review.ask.action", quote=" ".join(doubt.action.quote.split())), "  ")
        with self.desk.reading() as db:
            text = document_text(db, doubt.document)
            facts = values_of_row(db, doubt.row) if doubt.row is not None and doubt.kind != "proposal" else {}
            other = document_text(db, doubt.other.path) if doubt.other is not None else ""
        if doubt.start is not None and doubt.end is not None:
            self.dialogue.passage(text, doubt.start, doubt.end)
        if doubt.other is not None:
            show(say("review.ask.other", document=doubt.other.path), "  ")
            self.dialogue.passage(other, doubt.other.start, doubt.other.end)
        for field, value in facts.items():
            if field != "quote":
                show(self._fact(field, value), "  ")

    def _fact(self, field: str, value: object) -> str:
        words = cell(value, field, self.say) or self.say("review.nothing")
        return f"{self.say(f'columns.{field}')}{self.say('help.colon')} {words}"

    def _answer(self, doubt: Doubt, index: int) -> str | None:
        """The key that was chosen, once it led to something; `None` at the end of the input."""
        keys = {self.say(f"review.keys.{name}"): name for name in self._possible(doubt)}
        while True:
            typed = self.dialogue.ask(f"{self._legend(doubt, keys)}\n{self.say('review.ask.choice')}")
            if typed is None:
                return None
            name = keys.get(typed[:1].casefold(), "") if typed else ""
            if not name:
                self.dialogue.show(self.say("review.ask.unknown"))
            elif self._does(name, doubt, index):
                return name

    def _possible(self, doubt: Doubt) -> list[str]:
        without = {"correct"} if doubt.row is None or doubt.kind == "proposal" else set()
        without |= {"reject"} if doubt.kind == "issue" else set()
        return [name for name in _KEYS if name not in without]

    def _legend(self, doubt: Doubt, keys: Mapping[str, str]) -> str:
        settles = doubt.kind == "issue"
        words = {key: "settle" if name == "accept" and settles else name for key, name in keys.items()}
        return "   ".join(f"{key} = {self.say(f'review.words.{word}')}" for key, word in words.items())

    def _does(self, name: str, doubt: Doubt, index: int) -> bool:
        """Do what was chosen; false if the same thing has to be asked again."""
        if name == "undo":
            if not self.answered:
                self.dialogue.show(self.say("review.ask.no_undo"))
            return bool(self.answered)
        if name == "correct":
            return self._correct(doubt, index)
        if name in ("accept", "reject"):
            with self.desk.reading() as db:
                correction = (accepted if name == "accept" else rejected)(self.desk, db, doubt)
            said = "settled" if doubt.kind == "issue" else f"{name}ed"
            return correction is not None and self._put(index, correction, self.say(f"review.done.{said}"))
        return True

    def _put(self, index: int, correction: Correction, told: str) -> bool:
        """Write an answer down; false if it could not be."""
        try:
            outcome = self.desk.put([correction])
        except MinutesError as problem:
            self._refuse(problem)
            return False
        if self.answered and self.answered[-1][0] == index:
            self.answered[-1][1].extend(outcome.corrections)
        else:
            self.answered.append((index, list(outcome.corrections)))
        self.dialogue.show(told)
        if outcome.settled is None:
            self.dialogue.show(self.say("review.later"))
        return True

    def _refuse(self, problem: MinutesError) -> None:
        for line in self.say.error(problem):
            if line:
                self.dialogue.show(line)

    def _back(self) -> int:
        """Take the last answer back; returns the number of what it answered."""
        index, corrections = self.answered.pop()
        undos = [undo(self.desk, correction.id)[0] for correction in reversed(corrections)]
        self.desk.put(undos)
        for correction in corrections:
            told = self.say(f"review.about.{correction.kind}.{correction.field}")
            self.dialogue.show(self.say("review.done.undo", id=correction.id[:8], about=told))
        return index

    def _correct(self, doubt: Doubt, index: int) -> bool:
        """Ask which fields are wrong and what is right, until nothing more is; false if nothing was."""
        place: Place | None = doubt.row
        corrected = False
        while place is not None:
            with self.desk.reading() as db:
                values = values_of_row(db, place)
            fields = list(values)
            for number, field in enumerate(fields, 1):
                self.dialogue.show(f"{number}. {self._fact(field, values[field])}", "  ")
            typed = self.dialogue.ask(self.say("review.ask.field"))
            if not typed:
                return corrected
            if not typed.isdecimal() or not 1 <= int(typed) <= len(fields):
                self.dialogue.show(self.say("review.ask.bad_value", value=typed))
                continue
            again = self._correct_field(place, fields[int(typed) - 1], index)
            corrected = corrected or again is not None
            place = again or place
        return corrected

    def _correct_field(self, place: Place, field: str, index: int) -> Place | None:
        """Ask for the right value of a field; the row as it is then, `None` if nothing was corrected."""
        typed = self.dialogue.ask(self._question(place.kind, field))
        if not typed:
            return None
        try:
            with self.desk.reading() as db:
                value = self._value(place, field, storable(typed), document_text(db, place.path))
                if field == "owners":
                    value = self._whom(Assignees(db, place.meeting_id), value)
                correction = of_row(self.desk, db, place, field, value)
        except MinutesError as problem:
            self._refuse(problem)
            return None
        except _NobodyError:
            return None
        except (_NoValueError, ValueError):
            self.dialogue.show(self.say("review.ask.bad_value", value=typed))
            return None
        said = self.say(f"review.done.{place.kind}.{field}", value=self._shown(field, value), quote=shown(place.quote))
        if not self._put(index, correction, said):
            return None
        if place.kind == "meeting":
            return place
        with self.desk.reading() as db:
            rows = rows_of_corrections(db, [self.answered[-1][1][-1].id])
            return place_of_row(db, place.kind, rows[0]) if rows else None

    def _whom(self, known: Assignees, names: Sequence[str]) -> list[str]:
        """Whom the names mean; asks where several are meant, or nobody is known.

        Raises:
            _NobodyError: no answer tells.
            MinutesError: her name is also somebody else's.
        """
        found = []
        for name in names:
            try:
                found.append(known.only(name).name)
            except ReviewError:
                answer = ask_whom(self.dialogue, name, known)
                if answer is None:
                    raise _NobodyError from None
                found.append(answer.name)
        return list(dict.fromkeys(found))

    def _shown(self, field: str, value: object) -> str:
        text = (
            self.say("help.quoted", text=shown(value.quote))
            if isinstance(value, Evidence)
            else cell(value, field, self.say)
        )
        return text or self.say("review.nothing")

    def _question(self, kind: str, field: str) -> str:
        if choices := _CHOICES.get((kind, field)):
            return self.say("review.ask.choice_value", values=", ".join(self._words(field, choices)))
        if field in ("owners", "due", "quote"):
            return self.say(f"review.ask.{field}_value")
        optional = field == "organisation" or kind == "meeting"
        return self.say("review.ask.optional_value" if optional else "review.ask.text_value")

    def _words(self, field: str, choices: Sequence[str]) -> list[str]:
        """The choices in the user's language."""
        return [cell(choice, field, self.say) for choice in choices]

    def _value(self, place: Place, field: str, typed: str, text: str) -> Any:
        """The value that was typed.

        Raises:
            _NoValueError: it is none.
            MinutesError: likewise, with what is wrong.
        """
        if choices := _CHOICES.get((place.kind, field)):
            return self._chosen(field, choices, typed)
        parsers: dict[str, Callable[[], Any]] = {
            "owners": lambda: [] if typed == _NONE else [name for part in typed.split(";") if (name := part.strip())],
            "due": lambda: None if typed == _NONE else parse_due(typed),
            "quote": lambda: find_passage(text, typed),
            "organisation": lambda: None if typed == _NONE else typed,
            **dict.fromkeys(("date", "next_meeting"), lambda: None if typed == _NONE else parse_day(typed).isoformat()),
        }
        if place.kind == "meeting" and field not in parsers:
            return None if typed == _NONE else typed
        return parsers.get(field, lambda: typed)()

    def _chosen(self, field: str, choices: Sequence[str], typed: str) -> str | None:
        """The choice whose word in the user's language, or English name, begins as typed."""
        words = zip(choices, self._words(field, choices), strict=True)
        begun = typed.casefold()
        found = [choice for choice, word in words if word.casefold().startswith(begun) or choice.startswith(begun)]
        if len(found) != 1:
            raise _NoValueError
        return None if found[0] == _NONE else found[0]
