"""Tasks for calendars: two other programs read every field, and importing them again updates them."""

from __future__ import annotations

import datetime

import icalendar
import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_tasks import event, task

from minutes_nlp.errors import ExportError
from minutes_nlp.export.calendar import calendar_bytes, read_calendar
from minutes_nlp.export.words import Words
from minutes_nlp.query.tasks import Task

NOON = datetime.datetime(2026, 5, 4, 12, 0, 30, 999, tzinfo=datetime.UTC)
LATER = NOON + datetime.timedelta(days=3)
NL = Words("nl")
STRANGE = "Wie; wat, waar\\n: “été” – naïef\t€ 😀\nnieuwe regel ﬀ " + "lang " * 40
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"))).map(lambda text: " ".join(text.split()))


def written(*tasks: Task, now: datetime.datetime = NOON, before: bytes | None = None) -> bytes:
    return calendar_bytes(tasks, NL, now=now, before=read_calendar(before) if before else None)


def by_icalendar(content: bytes) -> list[dict[str, object]]:
    """The fields of every task as the package icalendar reads them."""
    found = []
    for todo in icalendar.Calendar.from_ical(content).walk("VTODO"):
        contacts = todo.get("contact", [])
        found.append(
            {
                "uid": str(todo["uid"]),
                "summary": str(todo["summary"]),
                "description": str(todo["description"]),
                "status": str(todo["status"]),
                "percent": int(todo["percent-complete"]),
                "due": todo["due"].dt if "due" in todo else None,
                "created": todo["created"].dt if "created" in todo else None,
                "completed": todo["completed"].dt if "completed" in todo else None,
                "contacts": [str(name) for name in (contacts if isinstance(contacts, list) else [contacts])],
                "categories": [str(name) for name in todo["categories"].cats] if "categories" in todo else [],
                "quote": str(todo["x-minutes-quote"]),
                "document": str(todo["x-minutes-document"]),
                "place": str(todo["x-minutes-place"]),
                "sequence": int(todo["sequence"]),
                "modified": todo["last-modified"].dt,
                "stamp": todo["dtstamp"].dt,
            }
        )
    return found


def by_vobject(content: bytes) -> list[dict[str, object]]:
    """The same as the package vobject reads them."""
    found = []
    for todo in vobject.readOne(content.decode()).vtodo_list:

        def one(name: str, todo: object = todo) -> object:
            lines = todo.contents.get(name, [])
            return lines[0].value if lines else None

        found.append(
            {
                "uid": one("uid"),
                "summary": one("summary"),
                "description": one("description"),
                "status": one("status"),
                "percent": int(one("percent-complete")),
                "due": one("due"),
                "created": _moment(one("created")),
                "completed": _moment(one("completed")),
                "contacts": [line.value for line in todo.contents.get("contact", [])],
                "categories": one("categories") or [],
                "quote": one("x-minutes-quote"),
                "document": one("x-minutes-document"),
                "place": one("x-minutes-place"),
                "sequence": int(one("sequence")),
                "modified": _moment(one("last-modified")),
                "stamp": _moment(one("dtstamp")),
            }
        )
    return found


def _moment(value: object) -> object:
    """vobject gives moments of some fields as text."""
    if isinstance(value, str):
        return datetime.datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=datetime.UTC)
    return value.astimezone(datetime.UTC) if isinstance(value, datetime.datetime) else value


def expected(one: Task) -> dict[str, object]:
    row = one.action
    moments = {"created": one.opened_on, "completed": one.closed_on if one.status == "done" else None}
    midday = datetime.time(12, tzinfo=datetime.UTC)
    return {
        "uid": f"{one.id}@minutes-nlp",
        "summary": one.text,
        "status": {"open": "NEEDS-ACTION", "done": "COMPLETED", "dropped": "CANCELLED"}[one.status],
        "percent": 100 if one.status == "done" else 0,
        "due": datetime.date.fromisoformat(row.due_last_day) if row.due_last_day else None,
        "contacts": list(row.owners),
        "categories": [row.meeting_body] if row.meeting_body else [],
        "quote": row.action,
        "document": row.document,
        "place": f"{row.start}-{row.end}",
        **{
            name: datetime.datetime.combine(datetime.date.fromisoformat(day), midday) if day else None
            for name, day in moments.items()
        },
    }


CASES = {
    "open": task(),
    "done": task(status="done", closed_on="2024-04-10", events=(event("created", "2024-03-04"), event("done", None))),
    "dropped": task(status="dropped", closed_on="2024-04-10"),
    "month": task(due="2024-02", due_last_day="2024-02-29"),
    "bare": task(
        owners=(), due=None, due_text=None, due_last_day=None, meeting_date=None, meeting_body=None, meeting_title=None
    ),
    "several owners": task(owners=("Noor Verbiest", "José Ampère; d'Été, x")),
    "strange": task(action=STRANGE, owners=(STRANGE.split("\n")[0],), document="map é/ver;slag, 1.txt"),
}


@pytest.mark.parametrize("one", CASES.values(), ids=CASES)
@pytest.mark.parametrize("read", [by_icalendar, by_vobject])
def test_every_field_is_read_back(read, one: Task) -> None:
    (found,) = read(written(one))
    assert expected(one).items() <= found.items()
    assert (found["sequence"], found["stamp"]) == (max(len(one.events) - 1, 0), NOON.replace(microsecond=0))
    assert found["modified"] == found["stamp"]
    assert one.action.document in found["description"]


def test_the_description_tells_who_when_and_where_in_the_language_asked_for() -> None:
    (found,) = by_icalendar(calendar_bytes([task()], Words("fr"), now=NOON))
    assert found["description"].splitlines() == [
        "Qui\u00a0: Noor Verbiest",
        "Pour le\u00a0: 15 avril 2024",
        "Réunion\u00a0: Verslag werkgroep Wilgenhof, 4 mars 2024",
        "Point\u00a0: 2.1 Affiche",
        "Passage\u00a0: 2.1 Affiche. Noor maakt de affiche tegen 15 april.",
        "Document\u00a0: wilgenhof/2024-03-04.txt, caractères 210 à 247",
    ]


@given(action=TEXT, owner=TEXT, body=TEXT)
@settings(deadline=None)
def test_any_text_is_read_back_by_both(action: str, owner: str, body: str) -> None:
    one = task(action=f"a{action}z", owners=(f"a{owner}z",), meeting_body=f"a{body}z")
    content = written(one)
    for read in (by_icalendar, by_vobject):
        (found,) = read(content)
        assert expected(one).items() <= found.items()


@given(st.text(max_size=30))
@settings(deadline=None)
def test_whatever_stands_in_the_minutes_gives_a_file_that_can_be_read(text: str) -> None:
    (found,) = by_icalendar(written(task(action=f"a{text}z", passage=text)))
    assert found["uid"] == "0123456789abcdef@minutes-nlp"


def test_exporting_again_without_a_change_gives_the_same_bytes() -> None:
    first = written(*CASES.values())
    assert read_calendar(first).keys() == {"0123456789abcdef"}
    one = written(CASES["strange"])
    assert written(CASES["strange"], now=LATER, before=one) == one


def test_a_change_keeps_the_uid_and_raises_the_sequence() -> None:
    first = written(task())
    postponed = task(due="2024-05-01", due_last_day="2024-05-01")
    second = written(postponed, now=LATER, before=first)
    third = written(postponed, now=LATER + datetime.timedelta(days=1), before=second)
    done = written(task(status="done", closed_on="2024-05-02"), now=LATER, before=third)
    found = [by_vobject(content)[0] for content in (first, second, third, done)]
    assert {one["uid"] for one in found} == {"0123456789abcdef@minutes-nlp"}
    assert [one["sequence"] for one in found] == [0, 1, 1, 2]
    assert [one["modified"] for one in found] == [NOON.replace(microsecond=0), *[LATER.replace(microsecond=0)] * 3]


def test_without_the_earlier_file_the_sequence_follows_what_became_of_the_action() -> None:
    many = task(events=(event("created", None), event("postponed", None), event("done", None)))
    assert by_icalendar(written(many))[0]["sequence"] == 2


def test_a_task_that_is_no_more_is_cancelled_once() -> None:
    first = written(task(), task(id="fedcba9876543210"))
    second = written(task(), now=LATER, before=first)
    found = {one["uid"][:4]: (one["status"], one["sequence"]) for one in by_vobject(second)}
    assert found == {"0123": ("NEEDS-ACTION", 0), "fedc": ("CANCELLED", 1)}
    assert written(task(), now=LATER + datetime.timedelta(days=1), before=second) == second


def test_tasks_of_others_in_the_file_are_left_out() -> None:
    theirs = b"BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nUID:1@theirs\r\nSUMMARY:x\r\nEND:VTODO\r\nEND:VCALENDAR\r\n"
    assert read_calendar(theirs) == {}


@pytest.mark.parametrize("content", [b"", b"no calendar", b"\xff\xfe", b"BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\n"])
def test_a_file_that_is_no_calendar_is_not_overwritten(content: bytes) -> None:
    with pytest.raises(ExportError) as error:
        read_calendar(content)
    assert error.value.code == "export.no-calendar"


def test_lines_are_folded_and_ended_as_the_norm_says() -> None:
    content = written(CASES["strange"])
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
