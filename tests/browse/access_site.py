"""A site behind its gate, asked in this process."""

from __future__ import annotations

import asyncio
import datetime
import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
from invented_records import NOON, autumn, evidence, facts, passages, spring

from minutes_nlp.browse.access import passwords
from minutes_nlp.browse.access.accounts import AccountBook
from minutes_nlp.browse.access.guarded import Guard, build_guarded
from minutes_nlp.browse.access.limits import Limits
from minutes_nlp.ledger import refresh
from minutes_nlp.records import ActionItem, AgendaItem, Attendance, Decision, Meeting, MeetingRecord
from minutes_nlp.records.corrections import Correction
from minutes_nlp.records.items import Owner
from minutes_nlp.review.desk import Desk
from minutes_nlp.review.statements import of_fact
from minutes_nlp.store.connect import open_database
from minutes_nlp.store.write import save_record

passwords.COSTS = (2**4, 8, 1)  # tests sign in hundreds of times

WORD = "kwetsbaarheid"
"""A word that only the confidential minutes have."""
PERSON = "Odilon Zwartkruis"
BODY = "Tuchtraad Zevenbunder"
SECRETS = (WORD, "Zwartkruis", "Zevenbunder", "tuchtdossier", "vertrouwelijk-2024", "geheimstraat")
PASSWORD = "paard batterij nietje"
NAMES = {"reader": "lies", "editor": "ed", "admin": "ada"}

_TEXT = f"""Verslag {BODY}
Datum: 6 mei 2024
Plaats: Geheimstraat 1
Aanwezig: {PERSON}
1. Tuchtdossier
De raad beslist over de {WORD} van het tuchtdossier.
{PERSON} schrijft de brief over de {WORD} tegen juni.
"""


def confidential(path: str = "vertrouwelijk-2024/mei.txt") -> MeetingRecord:
    """Minutes of which every part has a word that no others have."""
    sure: dict[str, Any] = {"recogniser": "minutes.test.v1", "confidence": 0.4}
    return MeetingRecord(
        document=facts(path, _TEXT),
        text=_TEXT,
        meeting=Meeting(
            title=f"Verslag {BODY}",
            body=BODY,
            date="2024-05-06",
            location="Geheimstraat 1",
            evidence={
                "date": evidence(_TEXT, "6 mei 2024"),
                "body": evidence(_TEXT, BODY),
                "location": evidence(_TEXT, "Geheimstraat 1"),
            },
        ),
        attendance=(
            Attendance(name=PERSON, status="present", organisation=BODY, evidence=evidence(_TEXT, PERSON), **sure),
        ),
        agenda_items=(
            AgendaItem(
                number="1",
                title="Tuchtdossier",
                level=1,
                themes=("staff",),
                evidence=evidence(_TEXT, "1. Tuchtdossier"),
                extent_end=len(_TEXT),
                language="nl",
            ),
        ),
        decisions=(
            Decision(
                evidence=evidence(_TEXT, f"De raad beslist over de {WORD} van het tuchtdossier."),
                item=0,
                language="nl",
                **sure,
            ),
        ),
        actions=(
            ActionItem(
                evidence=evidence(_TEXT, f"{PERSON} schrijft de brief over de {WORD} tegen juni."),
                owners=(Owner(name=PERSON, evidence=evidence(_TEXT, PERSON, 2), attendee=0),),
                item=0,
                language="nl",
                **sure,
            ),
        ),
        passages=passages(_TEXT),
    )


def reckon(db: sqlite3.Connection, corrections: Sequence[Correction]) -> None:
    """What the program works out from documents and corrections."""
    refresh(db, directory=None, corrections=corrections)


def desk(database: Path, who: str = "an") -> Desk:
    """Where somebody corrects, at a moment that goes on."""
    return Desk(database, database.parent / "records", who, lambda: datetime.datetime.now(datetime.UTC))


def restrict(database: Path, value: bool = True, body: str = BODY) -> Correction:
    """Say of the confidential meeting that it is (or is not) so; returns what was written."""
    at = desk(database)
    with at.reading() as db:
        meeting = db.execute("SELECT id FROM meetings WHERE body = ?", (body,)).fetchone()[0]
        correction = of_fact(at, db, meeting, "restricted", value)
    return at.put([correction]).corrections[0]


def make_secret_database(folder: Path) -> Path:
    """A database of two open meetings and one to be kept from most."""
    path = folder / "minutes.db"
    with closing(open_database(path, mode="write")) as db:
        for record in (spring(), autumn(), confidential()):
            save_record(db, record, ingested_at=NOON)
        reckon(db, [])
    return path


def make_book(database: Path) -> AccountBook:
    """An account of each role."""
    book = AccountBook.of(database)
    for role, name in NAMES.items():
        book.add(name, PASSWORD, role)  # type: ignore[arg-type] # the roles
    return book


class Browser:
    """Asks a site as one user's browser does, with cookies."""

    def __init__(self, served: Served, address: str = "10.0.0.7") -> None:
        self._served = served
        self._transport = httpx.ASGITransport(app=served.gate, client=(address, 40000))
        self.cookies = httpx.Cookies()
        self.base = "http://minutes.test"

    def ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        """One request; redirections are not followed."""

        async def once() -> httpx.Response:
            async with httpx.AsyncClient(transport=self._transport, base_url=self.base, cookies=self.cookies) as client:
                answer = await client.request(method, path, **options)
                self.cookies = client.cookies
                return answer

        answer: httpx.Response = self._served.run(once())
        return answer

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.ask("GET", path, **options)

    def post(self, path: str, page: str | None = None, **form: str) -> httpx.Response:
        """Send a form with the token of the page that it stands on."""
        found = re.search(r'name="csrftoken" value="([^"]+)"', self.get(page or path).text)
        return self.ask("POST", path, data={**form, "csrftoken": found[1] if found else ""})

    def sign_in(self, role: str, password: str = PASSWORD) -> Browser:
        answer = self.post("/login", name=NAMES.get(role, role), password=password)
        assert answer.status_code == 302, answer.text
        return self


class Served:
    """A guarded site in a loop of its own."""

    def __init__(self, database: Path, folder: Path, desk: Any = None, *, https: bool = False, **options: Any) -> None:
        self.loop = asyncio.new_event_loop()
        self.now = [0.0]
        self.book = AccountBook.of(database)
        self.database = database
        guarded = build_guarded(
            database,
            folder,
            Guard(self.book, reckon, desk, https),
            limits=Limits(lambda: self.now[0]),
            language="nl",
            **options,
        )
        self.gate, self.copy = guarded.gate, guarded.copy

    def run(self, task: Any) -> Any:
        return self.loop.run_until_complete(task)

    def browser(self, role: str | None = None, address: str = "10.0.0.7") -> Browser:
        browser = Browser(self, address)
        return browser if role is None else browser.sign_in(role)

    def close(self) -> None:
        self.copy.close()
        self.loop.close()
