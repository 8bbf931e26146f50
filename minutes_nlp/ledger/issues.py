"""What does not add up in the minutes of a series, as rows of `issues`."""

from __future__ import annotations

import itertools
import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set

from minutes_nlp.ledger.lists import TakenOver, remarked
from minutes_nlp.ledger.sessions import main_language
from minutes_nlp.ledger.twins import Pairs
from minutes_nlp.records.corrections import Correction
from minutes_nlp.resolution.invariants import Attendee, Deadline, Facts, Owner, check, left_out, listed_otherwise
from minutes_nlp.resolution.versions import Versions
from minutes_nlp.resources.lexicon import languages, phrases, section, words_cache
from minutes_nlp.store.identity import stable_id
from minutes_nlp.store.ledger import Row, Tables, add_evidence, document_text

_NO_NAMES = ("groups", "functions", "pronouns")
_BEFORE = 24  # characters before the date of a meeting in which its weekday may stand


def issue_rows(
    db: sqlite3.Connection,
    tables: Tables,
    versions: Versions,
    pairs: Pairs,
    dated: Set[str | None],
    corrections: Mapping[str, Correction],
    lists: Mapping[str, TakenOver],
) -> list[Row]:
    """The issues of a series, each with the correction that settled it, if one did.

    Args:
        db: gives the texts.
        tables: the rows of the series.
        versions, pairs: what was found of versions and languages.
        dated: the action items (ids) that give an action a deadline; one that says an earlier one again may well be
            overdue.
        corrections: those in force, by id.
        lists: the action lists that were taken over, by the meeting (id).
    """
    settled = {str(c.value): c.id for c in corrections.values() if (c.kind, c.field) == ("issue", "settled")}
    found: dict[str, Row] = {}
    of_minutes = _all(db, tables, versions, pairs, dated - _of_lists(tables, lists), corrections)
    for row in itertools.chain(of_minutes, _rows(db, tables, lists)):
        row["settled_by"] = settled.get(row["id"])
        found.setdefault(row["id"], row)
    return list(found.values())


def _of_lists(tables: Tables, lists: Mapping[str, TakenOver]) -> set[str]:
    """The action items (ids) of lists: a list is of the day on which it was taken over, whatever was due before."""
    return {row["id"] for row in tables["actions"] if row["meeting_id"] in lists}


def _rows(db: sqlite3.Connection, tables: Tables, lists: Mapping[str, TakenOver]) -> Iterator[Row]:
    """The rows of lists that can't be used, or not whole."""
    for meeting in tables["meetings"]:
        if meeting["id"] in lists:
            for code, evidence, details in remarked(db, meeting, lists[meeting["id"]]):
                yield _issue(code, meeting["id"], evidence, None, details)


def _all(
    db: sqlite3.Connection,
    tables: Tables,
    versions: Versions,
    pairs: Pairs,
    dated: Set[str | None],
    corrections: Mapping[str, Correction],
) -> Iterator[Row]:
    facts = _facts(db, tables, dated)
    for meeting, about in facts.items():
        if meeting not in versions.superseded:
            for problem in check(about):
                yield _issue(problem.code, meeting, problem.evidence, problem.other, problem.details)
            yield from _of_text(db, tables, meeting, about)
    paths = {row["id"]: row["path"] for row in tables["meetings"]}
    for one, other in versions.same:
        yield _issue("same-meeting-twice", one, None, None, {"first": paths[one], "second": paths[other]}, other)
    yield from _twins(tables, pairs)
    yield from _lost(tables, corrections)


def _issue(
    code: str,
    meeting: str,
    evidence: str | None,
    other: str | None,
    details: Mapping[str, object],
    *more: str,
) -> Row:
    return {
        "id": stable_id("issue", code, meeting, evidence or "", other or "", *more),
        "code": code,
        "meeting_id": meeting,
        "evidence_id": evidence,
        "other_evidence_id": other,
        "details": json.dumps(details, ensure_ascii=False, sort_keys=True),
    }


def _of_text(db: sqlite3.Connection, tables: Tables, meeting: str, about: Facts) -> Iterator[Row]:
    """Whoever the text lists with two statuses, and numbers out of order: of these the record holds but one."""
    if not about.attendees and not about.items:
        return
    document = next(row["document_id"] for row in tables["meetings"] if row["id"] == meeting)
    text = document_text(db, document)
    items = [row for row in tables["items"] if row["meeting_id"] == meeting and row["level"] == 1]
    for start, end, number, after in left_out(text, [(row["start_offset"], row["number"]) for row in items]):
        passage, following = add_evidence(db, document, start, end, text[start:end]), items[after]
        details = {"before": number, "number": str(following["number"])}
        yield _issue("items-out-of-order", meeting, following["evidence_id"], passage, details)
    for entry, start, end in listed_otherwise(text, about.attendees):
        other = add_evidence(db, document, start, end, text[start:end])
        yield _issue("present-and-excused", meeting, entry.evidence, other, {"name": entry.name})


def _twins(tables: Tables, pairs: Pairs) -> Iterator[Row]:
    evidence = {row["id"]: row["evidence_id"] for name in ("actions", "decisions") for row in tables[name]}
    for _, pair, difference in pairs.disagreeing():
        details = {"field": difference.field, "first": difference.first, "second": difference.second}
        one, other = pair.first.key, pair.second.key
        yield _issue("twins-differ", pairs.meetings[one], evidence[one], evidence[other], details, difference.field)


def _lost(tables: Tables, corrections: Mapping[str, Correction]) -> Iterator[Row]:
    """The corrections whose passage is no longer there."""
    meetings = {row["document_id"]: row["id"] for row in tables["meetings"]}
    for row in tables["targets"]:
        correction = corrections.get(row["correction_id"])
        if correction is None or row["start_offset"] is not None or row["document_id"] not in meetings:
            continue
        passages = {"passage": correction.span, "other": correction.other.span if correction.other else None}
        span = passages[row["role"]]
        if span is None:
            continue
        details = {"correction": correction.id, "quote": span.quote, "kind": correction.kind, "field": correction.field}
        yield _issue("correction-lost", meetings[row["document_id"]], None, None, details, correction.id, row["role"])


def _facts(db: sqlite3.Connection, tables: Tables, dated: Set[str | None]) -> dict[str, Facts]:
    """What is checked of each meeting (id)."""
    by_meeting = {name: _grouped(tables[name]) for name in ("actions", "attendance", "items", "dates")}
    owners: dict[str, list[Row]] = defaultdict(list)
    for row in tables["owners"]:
        owners[row["action_id"]].append(row)
    found = {}
    for meeting in tables["meetings"]:
        key = meeting["id"]
        actions = [row for row in by_meeting["actions"][key] if not row["is_repeat"]]
        dates = by_meeting["dates"][key]
        found[key] = Facts(
            path=meeting["path"],
            day=meeting["date"],
            day_evidence=dates[0]["evidence_id"] if dates else None,
            day_text=_with_weekday(db, meeting["document_id"], dates[0]) if dates else "",
            language=main_language(meeting),
            attendees=[
                Attendee(row["evidence_id"], row["name"], row["person_id"], row["status"])
                for row in by_meeting["attendance"][key]
            ],
            owners=[
                Owner(owner["evidence_id"] or row["evidence_id"], owner["name"], _is_known(owner, row["language"]))
                for row in actions
                if tables["attendance"]  # where no list says who is who, nobody is known
                for owner in owners[row["id"]]
            ],
            deadlines=[
                Deadline(row["due_evidence_id"], row["due_last_day"])
                for row in actions
                if row["due_last_day"] and row["status"] == "open" and row["id"] in dated
            ],
            items=[(row["evidence_id"], row["number"]) for row in by_meeting["items"][key] if row["level"] == 1],
        )
    return found


def _grouped(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["meeting_id"]].append(row)
    return found


def _with_weekday(db: sqlite3.Connection, document_id: str, date: Row) -> str:
    """The date of a meeting with what stands right before it on its line."""
    text = document_text(db, document_id)
    start = max(0, date["start_offset"] - _BEFORE)
    return text[start : date["end_offset"]].rsplit("\n", 1)[-1] if "\n" not in date["quote"] else date["quote"]


def _is_known(owner: Row, language: str | None) -> bool:
    """Whether an owner is in the attendance list or the directory, may be one of several there, or is a group."""
    if owner["attendance_id"] or owner["person_id"] or owner["organisation_id"] or owner["has_candidates"]:
        return True
    if _has_lower_case_only(owner["name"]):
        return True  # `iedereen`, `de werkgroep`: no name
    return _groups(language if language in languages() else None).search(owner["name"]) is not None


def _has_lower_case_only(name: str) -> bool:
    return name == name.lower()


@words_cache()
def _groups(language: str | None) -> re.Pattern[str]:
    """The groups, functions and pronouns that stand for people whom the minutes need not list."""
    known = [language] if language else list(languages())
    lists = [section(code, "actions").get("owners", {}) for code in known]
    return phrases(tuple(phrase for words in lists for key in _NO_NAMES for phrase in words.get(key, ())))
