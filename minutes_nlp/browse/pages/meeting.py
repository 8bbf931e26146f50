"""One meeting: the whole text with what was found at its place, and beside it what was found, in lists."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from datasette.utils.asgi import Response

from minutes_nlp.browse.data.meeting import MeetingPage, load_meeting
from minutes_nlp.browse.data.themes import THEME_LABELS
from minutes_nlp.browse.document import Note, render
from minutes_nlp.browse.page import Page
from minutes_nlp.browse.pages.checking import issue_texts
from minutes_nlp.browse.pages.files import original_of
from minutes_nlp.browse.words import Words, excerpt

Row = dict[str, Any]

_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")
_SURE, _LIKELY = 0.9, 0.6
_LIKELY_OF_OCR = 0.8  # below this the words of a page are often wrong
_SHORT = 140
_MAIL = ("message/rfc822", "application/vnd.ms-outlook")


async def meeting(datasette: Any, request: Any) -> Response:
    """The page of one meeting; `?at=120-180#here` marks those characters of its text as well."""
    page = Page(datasette, request)
    found = await page.ask(load_meeting, request.url_vars["meeting"])
    if found is None:
        raise page.missing()
    labels = (await page.kept(THEME_LABELS))[page.words.language]
    notes = list(_Notes(page.words).all(found, labels))
    if span := _SPAN.fullmatch(page.argument("at")):
        notes.append(Note("here", "here", int(span[1]), int(span[2]), page.words("meeting.here"), pinned=False))
    about = found.meeting
    return await page.show(
        "meeting.html",
        found=found,
        meeting=about,
        title=about["title"] or about["path"],
        text=render(about["text"], found.passages, notes, about["media_type"]),
        notes={note.id: note for note in notes},
        labels=labels,
        present=_by_status(found),
        issues=issue_texts(found.issues, page.words),
        original=await original_of(page, about["path"]),
        is_mail=about["media_type"] in _MAIL,
        ocr=_ocr(about, page.words),
        decisions=[_listed(row, page.words) for row in found.decisions if not row["is_repeat"]],
        actions=[_listed_action(row, found, page) for row in found.actions if not row["is_repeat"]],
        today=page.today.isoformat(),
        csv=page.address(f"/{page.database}/actions_view.csv", meeting_id=about["id"], _size="max"),
        json=page.address(
            f"/{page.database}/meetings/{about['id']}.json", _shape="objects", _extras="foreign_key_tables"
        ),
    )


def _ocr(about: Row, words: Words) -> Row | None:
    """What the page tells of OCR: which pages it read and how surely, which could not be read; `None` without OCR."""
    if about["ocr_pages"] is None:
        return None
    read, unread = json.loads(about["ocr_pages"]), json.loads(about["ocr_unread"])
    sure = about["ocr_confidence"]
    return {
        "pages": words.numbers(read),
        "unread": words.numbers(unread),
        "certainty": "" if sure is None else certainty(sure, words),
        "is_doubtful": sure is not None and sure < _LIKELY_OF_OCR,
    }


def _by_status(found: MeetingPage) -> list[tuple[str, list[Row]]]:
    statuses = ("present", "excused", "absent")
    grouped = [(status, [row for row in found.attendance if row["status"] == status]) for status in statuses]
    return [(status, rows) for status, rows in grouped if rows]


def _listed(row: Row, words: Words) -> Row:
    """What the lists beside the text show of a decision or an action, ready: there may be hundreds."""
    how = f"{certainty(row['confidence'], words)} · {found_by(row['recogniser'], words)}"
    return {**row, "short": excerpt(row["quote"], _SHORT), "how": how}


def _listed_action(row: Row, found: MeetingPage, page: Page) -> Row:
    history = found.histories.get(row["id"])
    now = history or row
    is_late = now["status"] == "open" and now["due_last_day"] and now["due_last_day"] < page.today.isoformat()
    state = "overdue" if is_late else now["status"]
    moved = now["due"] if now["due"] and now["due"] != row["due"] else ""
    return {
        **_listed(row, page.words),
        "state": state,
        "state_text": page.words(f"status.{state}"),
        "owners": found.owners.get(row["id"], ()),
        "due_text": page.words.day(row["due"]),
        "due_now": page.words("meeting.due_now", day=page.words.day(moved)) if moved else "",
        "history": history["history"] if history else None,
    }


class _Notes:
    """Makes the notes of a meeting, in the reader's words."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def all(self, found: MeetingPage, labels: Mapping[str, str]) -> Iterator[Note]:
        """Every note of the page."""
        for fact in found.facts:
            about = {"recogniser": found.meeting["recogniser"], "confidence": found.meeting["confidence"]}
            name = self._words(f"facts.{fact['field']}") if self._words.find(f"facts.{fact['field']}") else ""
            yield self._note(f"fact-{fact['field']}", "fact", {**fact, **about}, name, pinned=False)
        for row in found.attendance:
            yield self._note(f"attendance-{row['id']}", row["status"], row, row["name"])
        for row in found.schedule:
            yield self._note(f"schedule-{row['id']}", "schedule", row, pinned=False)
        for row in found.items:
            themes = ", ".join(labels.get(theme, theme) for theme in row["themes"])
            yield self._note(f"item-{row['place']}", "item", row, themes, level=row["level"])
        for row in found.decisions:
            kind = "repeat" if row["is_repeat"] else "decision"
            yield self._note(f"decision-{row['id']}", kind, row, pinned=not row["is_repeat"])
        for row in found.actions:
            yield from self._action(row, found.owners.get(row["id"], []))

    def _action(self, row: Row, owners: list[Row]) -> Iterator[Note]:
        kind = "repeat" if row["is_repeat"] else "action"
        yield self._note(f"action-{row['id']}", kind, row, pinned=not row["is_repeat"])
        if row["is_repeat"]:
            return
        if row["due_start"] is not None:
            due = {"start": row["due_start"], "end": row["due_end"], "confidence": row["due_confidence"] or 0.0}
            yield self._note(f"due-{row['id']}", "due", {**due, "recogniser": row["recogniser"]}, pinned=False)
        for place, owner in enumerate(owners):
            if owner["start"] is not None:
                about = {**owner, "confidence": row["confidence"], "recogniser": row["recogniser"]}
                yield self._note(f"owner-{row['id']}-{place}", "owner", about, owner["name"], pinned=False)

    def _note(
        self, identifier: str, kind: str, row: Row, subject: str = "", *, level: int = 0, pinned: bool = True
    ) -> Note:
        name = self._words(f"kinds.{kind}")
        title = f"{name}{self._words('base.colon')} {subject}" if subject else name
        told = f"{title} · {certainty(row['confidence'], self._words)} · {found_by(row['recogniser'], self._words)}"
        return Note(identifier, kind, row["start"], row["end"], told, level, pinned)


@functools.lru_cache(4096)
def certainty(confidence: float, words: Words) -> str:
    """How sure the program is, as a percentage and in words."""
    degree = "sure" if confidence >= _SURE else "likely" if confidence >= _LIKELY else "doubtful"
    return words(f"certainty.{degree}", percent=words.percent(confidence))


@functools.lru_cache(256)
def found_by(recogniser: str, words: Words) -> str:
    """What found something, in plain words; a model of the user's own is named."""
    family = re.sub(r"\.v\d+$", "", recogniser).removeprefix("minutes.") or "unknown"
    known = words.find(f"found_by.{family}")
    return known or words("found_by.own", name=recogniser)


ROUTES = ((r"/meetings/(?P<meeting>[0-9a-f]{16})$", meeting),)
