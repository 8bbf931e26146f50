"""Correcting in the browser: the queue of doubts, what was said, and the forms of the pages."""

from __future__ import annotations

import asyncio
import json
import re
import urllib.parse
from collections.abc import Callable, Mapping
from typing import Any

from datasette.utils.asgi import AsgiStream, Forbidden, Response

from minutes_nlp.browse.access.accounts import Account
from minutes_nlp.browse.access.correcting import Change, Desk, Passage, Written
from minutes_nlp.browse.access.pages import account_of_request, texts
from minutes_nlp.browse.exports import csv_rows
from minutes_nlp.browse.page import Page
from minutes_nlp.browse.pages.checking import issue_text
from minutes_nlp.browse.pages.checks import json_links
from minutes_nlp.browse.pages.languages import local_address
from minutes_nlp.browse.words import excerpt
from minutes_nlp.errors import MinutesError
from minutes_nlp.query.doubts import Doubt, find_doubts
from minutes_nlp.query.places import TABLES
from minutes_nlp.resources import section

SHOWN = 25
"""Doubts on one page, and corrections in the list of the latest."""

_DOUBT = ("message", "confidence", "action", "quote", "date", "meeting", "document")
_SAID = ("at", "who", "message", "value", "on", "quote", "document", "undone")
_ID = re.compile(r"[0-9a-f]{16}")
_FIELDS = ("status", "owners", "due", "exists")
_SHOWN = 200  # characters of a name, and of what was sent that an error repeats
_LONGEST = 10_000


class Reviewing:
    """The pages and forms by which somebody corrects.

    A row can be corrected by those who are shown it: every form looks for it in the database of its own site first.

    Args:
        desk: takes the corrections.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def routes(self) -> list[tuple[str, Callable[..., Any]]]:
        """The addresses and their views."""
        return [
            (r"/review(?P<format>\.csv)?$", self.queue),
            (r"/review/log(?P<format>\.csv)?$", self.log),
            (r"/review/change$", self.change),
            (r"/review/passage$", self.passage),
            (r"/review/judge$", self.judge),
            (r"/review/undo$", self.undo),
        ]

    async def queue(self, datasette: Any, request: Any) -> Response | AsgiStream:
        """What is doubtful, worst first; with `.csv` all of it."""
        _corrector(request)
        page = Page(datasette, request)
        doubts = await page.ask(find_doubts)
        if request.url_vars["format"]:
            return csv_rows(page, "review", _DOUBT, [_listed(doubt, page) for doubt in doubts])
        return await page.show(
            "review.html",
            doubts=[_shown(doubt, page) for doubt in doubts[:SHOWN]],
            count=len(doubts),
            csv=page.address("/review.csv"),
            json=json_links(page, errors=False),
        )

    async def log(self, datasette: Any, request: Any) -> Response | AsgiStream:
        """What was corrected, the newest first; with `.csv` all of it."""
        _corrector(request)
        page = Page(datasette, request)
        said = await page.ask(self._desk.history)
        about = section(page.words.language, "messages")["review"]["about"]
        known = {one.id: one for one in said}
        settled = await page.ask(_issues, [str(one.value) for one in said if one.kind == "issue"])
        rows: list[dict[str, Any]] = []
        is_file, told = bool(request.url_vars["format"]), texts(page.words.language)
        for one in said if is_file else said[: 4 * SHOWN]:
            text = about[one.kind][one.field].rstrip(" :")
            meant = known.get(one.undoes or "")
            issue = settled.get(str((meant or one).value))
            quote = issue_text(*issue, page.words) if issue else (meant or one).quote
            value = "" if one.kind == "issue" else _value(one.value, page)
            rows.append({"said": one, "about": text, "value": value, "quote": quote, "taken_back": meant})
        if is_file:
            return csv_rows(page, "corrections", _SAID, [_written_down(row, told("review.yes")) for row in rows])
        names = {one.id: about[one.kind][one.field].rstrip(" :") for one in said}
        return await page.show(
            "review_log.html",
            rows=rows,
            names=names,
            csv=page.address("/review/log.csv"),
            json=page.address(f"/{page.database}/corrections.json", _shape="objects", _nofacet="1"),
        )

    async def change(self, datasette: Any, request: Any) -> Response:
        """A field of a row: `kind`, `row`, `field`, `value`, and `on` for what happened on a day."""
        page, who, form = await self._begin(datasette, request)
        kind, row, field = form.get("kind", ""), form.get("row", ""), form.get("field", "")
        if field not in _FIELDS or not await _exists(page, kind, row):
            raise page.missing()
        text = "".join(sign for sign in form.get("value", "") if sign.isprintable() or sign == "\n").strip()
        value: Any = text or None
        if field == "owners":
            names = [name.strip()[:_SHOWN] for name in re.split(r"[;\n]", text)]
            value = list(dict.fromkeys(filter(None, names)))
        elif field == "exists":
            value = text == "yes"
        on = form.get("on", "").strip() or None if kind == "action" and field != "exists" else None
        new = form.get("new") == "yes"
        return await _done(page, form, self._desk.change, who, Change(kind, row, field, value, on, new))

    async def passage(self, datasette: Any, request: Any) -> Response:
        """Words of a meeting's text for a row (`target`: `action:<id>`) or for a new one (`new:action`)."""
        page, who, form = await self._begin(datasette, request)
        meeting, (kind, _, name) = form.get("meeting", ""), form.get("target", "").partition(":")
        near = form.get("near", "")
        selected = Passage(form.get("quote", "")[:_LONGEST], int(near) if near.isdecimal() and len(near) < 10 else 0)
        if not await page.ask(_has, "meetings", meeting):
            raise page.missing()
        if kind == "new" and name in ("action", "decision"):
            return await _done(page, form, self._desk.add, who, name, meeting, selected)
        if kind not in ("action", "decision") or not await _exists(page, kind, name):
            raise page.missing()
        return await _done(page, form, self._desk.move, who, kind, name, selected)

    async def judge(self, datasette: Any, request: Any) -> Response:
        """Whether the machine was right: `doubt` is the id of the row, proposal or issue, `right` is `yes` or `no`."""
        page, who, form = await self._begin(datasette, request)
        doubts = await page.ask(find_doubts)
        found = next((doubt for doubt in doubts if doubt.id == form.get("doubt")), None)
        if found is None:
            raise page.missing()
        return await _done(page, form, self._desk.judge, who, found, form.get("right") == "yes")

    async def undo(self, datasette: Any, request: Any) -> Response:
        """Take a correction back."""
        page, who, form = await self._begin(datasette, request)
        correction = form.get("correction", "")
        if not await page.ask(_has, "corrections", correction):
            raise page.missing()
        return await _done(page, form, self._desk.undo, who, correction)

    async def _begin(self, datasette: Any, request: Any) -> tuple[Page, str, dict[str, str]]:
        who = _corrector(request).name
        page = Page(datasette, request)
        if request.method != "POST":
            raise page.missing()
        return page, who, await request.post_vars()


def may_correct(account: Account | None) -> bool:
    """Whether forms to correct are shown to an account."""
    return account is not None and account.may_correct


def said_in(request: Any) -> str:
    """The id of the correction that led to the page (`?said=…`), to be taken back at once; empty if there is none."""
    said = str(request.args.get("said") or "") if request is not None else ""
    return said if _ID.fullmatch(said) else ""


def _corrector(request: Any) -> Account:
    account = account_of_request(request)
    if account is None or not account.may_correct:
        raise Forbidden("403")
    return account


async def _exists(page: Page, kind: str, row: str) -> bool:
    """Whether the database of this site has the row."""
    return kind in TABLES and await page.ask(_has, TABLES[kind], row)


def _issues(db: Any, ids: list[str]) -> dict[str, tuple[str, dict[str, Any]]]:
    """The code and the details of issues that somebody has looked at, by id."""
    sql = "SELECT id, code, details FROM issues WHERE id IN (SELECT value FROM json_each(?))"
    return {row[0]: (row[1], json.loads(row[2])) for row in db.execute(sql, (json.dumps(ids),))}


def _has(db: Any, table: str, row: str) -> bool:
    if not _ID.fullmatch(row):
        return False
    return db.execute(f"SELECT 1 FROM {table} WHERE id = ?", (row,)).fetchone() is not None  # noqa: S608 - ours


async def _done(page: Page, form: dict[str, str], correct: Callable[..., Written | None], *values: Any) -> Response:
    """Correct, and go back to the page that the form stands on, where it can be undone; or tell why not."""
    to = local_address(form.get("to") or "/review")
    told = texts(page.words.language)
    try:
        written = await asyncio.to_thread(correct, *values)
    except MinutesError as error:
        page.datasette.add_message(page.request, _error(error, page), page.datasette.ERROR)
        return Response.redirect(to)
    except ValueError:
        page.datasette.add_message(page.request, told("review.no_value"), page.datasette.ERROR)
        return Response.redirect(to)
    if written is None:
        return Response.redirect(to)
    if written.later:
        page.datasette.add_message(page.request, told("review.later"), page.datasette.WARNING)
    address = urllib.parse.urlsplit(to)
    query = [(name, value) for name, value in urllib.parse.parse_qsl(address.query) if name != "said"]
    if form.get("correction") is None:
        query.append(("said", written.id))
    else:
        page.datasette.add_message(page.request, told("review.taken_back"))
    return Response.redirect(urllib.parse.urlunsplit(("", "", address.path, urllib.parse.urlencode(query), "")))


def _error(error: MinutesError, page: Page) -> str:
    """What is wrong, short enough for the cookie that carries it to the next page."""
    text = section(page.words.language, "messages").get("errors", {}).get(error.code, {}).get("message")
    values = {name: excerpt(str(value), _SHOWN) for name, value in error.values.items()}
    try:
        return str(text).format_map(values) if text else excerpt(error.message, _SHOWN)
    except (KeyError, IndexError, ValueError):
        return excerpt(error.message, _SHOWN)


def _shown(doubt: Doubt, page: Page) -> dict[str, Any]:
    if doubt.kind == "issue":
        about = issue_text(doubt.about, doubt.details, page.words)
    elif doubt.kind == "proposal":
        about = page.words(f"events.{doubt.about}") + page.words("base.question")
    else:
        about = texts(page.words.language)(f"review.kinds.{doubt.kind}")
    return {"doubt": doubt, "about": about}


def _listed(doubt: Doubt, page: Page) -> dict[str, Any]:
    """A row of the queue as a file."""
    return {
        "message": _shown(doubt, page)["about"],
        "confidence": doubt.confidence,
        "action": doubt.action.quote if doubt.action else None,
        "quote": doubt.quote,
        "date": doubt.meeting_date,
        "meeting": doubt.meeting_title,
        "document": doubt.document,
    }


def _written_down(row: Mapping[str, Any], yes: str) -> dict[str, Any]:
    """A row of the log as a file."""
    said = row["said"]
    meant = row["taken_back"] or said
    about = {"message": row["about"], "value": row["value"], "on": said.on, "quote": row["quote"]}
    return {"at": said.at, "who": said.who, **about, "document": meant.document, "undone": yes if said.undone else None}


def _value(value: Any, page: Page) -> str:
    if isinstance(value, bool):
        return texts(page.words.language)(f"review.{'yes' if value else 'no'}")
    if value is None:
        return ""
    return ", ".join(value) if isinstance(value, tuple) else page.words.find(f"status.{value}") or page.words.day(value)
