"""Getting a record back out of the database, equal to the one that was stored."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from minutes_nlp.errors import StoreError
from minutes_nlp.records import MeetingRecord
from minutes_nlp.store.connect import named_rows

_Row = dict[str, Any]

_MEETING_COLUMNS = (
    "title",
    "body",
    "date",
    "start_time",
    "end_time",
    "location",
    "next_meeting",
    "recogniser",
    "confidence",
)


def load_record(db: sqlite3.Connection, path: str) -> MeetingRecord:
    """The record of the document `path` as it was stored.

    Raises:
        StoreError: `store.no_document`: the database holds no such document.
    """
    loader = _Loader(db, path)
    return MeetingRecord.model_validate(loader.record())


class _Loader:
    """Reads the rows of one document; rows come in the order of the record."""

    def __init__(self, db: sqlite3.Connection, path: str) -> None:
        self._db = db
        documents = self._rows("SELECT * FROM documents WHERE path = ?", path)
        if not documents:
            raise StoreError("store.no_document", f"The database holds no document {path}.", path=path)
        self._document = documents[0]
        self._meeting = self._rows("SELECT * FROM meetings WHERE document_id = ?", self._document["id"])[0]
        evidence = self._rows("SELECT * FROM evidence WHERE document_id = ?", self._document["id"])
        self._evidence = {
            row["id"]: {"start": row["start_offset"], "end": row["end_offset"], "quote": row["quote"]}
            for row in evidence
        }

    def _rows(self, sql: str, *values: str) -> list[_Row]:
        return list(named_rows(self._db.execute(sql, values)))

    def _of_meeting(self, table: str) -> list[_Row]:
        sql = f"SELECT * FROM {table} WHERE meeting_id = ? ORDER BY position"  # noqa: S608 name of our own table
        return self._rows(sql, self._meeting["id"])

    def _entry(self, row: _Row, *columns: str) -> _Row:
        """The named columns of a row, with what every found value has: evidence, recogniser, confidence."""
        found = {name: row[name] for name in (*columns, "recogniser", "confidence")}
        return {**found, "evidence": self._evidence.get(row["evidence_id"])}

    def record(self) -> _Row:
        attendance = self._of_meeting("attendance")
        items = self._of_meeting("agenda_items")
        item_index = {row["id"]: index for index, row in enumerate(items)}
        attendee_index = {row["id"]: index for index, row in enumerate(attendance)}
        decisions = self._of_meeting("decisions")
        return {
            "document": self._document_facts(),
            "text": self._document["text"],
            "meeting": self._meeting_facts(),
            "attendance": [self._entry(row, "name", "status", "organisation", "role") for row in attendance],
            "schedule": [
                self._entry(row, "start_time", "end_time", "title") for row in self._of_meeting("schedule_entries")
            ],
            "agenda_items": self._agenda_items(items),
            "decisions": [
                {
                    **self._entry(row, "language"),
                    "item": item_index.get(row["agenda_item_id"]),
                    "repeat": bool(row["is_repeat"]),
                }
                for row in decisions
            ],
            "actions": self._actions(item_index, attendee_index),
            "themes": [row["theme_id"] for row in self._of_meeting("meeting_themes")],
            "passages": self._passages(),
        }

    def _document_facts(self) -> _Row:
        facts = {name: self._document[name] for name in ("path", "sha256", "media_type", "encoding", "size")}
        if self._document["ocr_pages"] is None:
            return facts
        pages, unread = (json.loads(self._document[name]) for name in ("ocr_pages", "ocr_unread"))
        return {**facts, "ocr": {"pages": pages, "confidence": self._document["ocr_confidence"], "unread": unread}}

    def _meeting_facts(self) -> _Row:
        sql = "SELECT field, evidence_id FROM meeting_evidence WHERE meeting_id = ?"
        evidence = {row["field"]: self._evidence[row["evidence_id"]] for row in self._rows(sql, self._meeting["id"])}
        facts = {name: self._meeting[name] for name in _MEETING_COLUMNS}
        return {**facts, "languages": json.loads(self._document["languages"]), "evidence": evidence}

    def _agenda_items(self, items: list[_Row]) -> list[_Row]:
        themes: dict[str, list[str]] = {}
        sql = """SELECT agenda_item_id, theme_id FROM item_themes JOIN agenda_items ON agenda_items.id = agenda_item_id
            WHERE meeting_id = ? ORDER BY item_themes.position"""
        for row in self._rows(sql, self._meeting["id"]):
            themes.setdefault(row["agenda_item_id"], []).append(row["theme_id"])
        columns = ("number", "title", "level", "language", "extent_end")
        return [{**self._entry(row, *columns), "themes": themes.get(row["id"], [])} for row in items]

    def _actions(self, item_index: dict[str, int], attendee_index: dict[str, int]) -> list[_Row]:
        owners = self._owners(attendee_index)
        return [
            {
                **self._entry(row, "status", "language"),
                "owners": owners.get(row["id"], []),
                "due": self._due(row),
                "item": item_index.get(row["agenda_item_id"]),
                "repeat": bool(row["is_repeat"]),
            }
            for row in self._of_meeting("actions")
        ]

    def _due(self, row: _Row) -> _Row | None:
        if row["due_evidence_id"] is None:
            return None
        found = {"recogniser": row["due_recogniser"], "confidence": row["due_confidence"]}
        return {"value": row["due"], "evidence": self._evidence[row["due_evidence_id"]], **found}

    def _owners(self, attendee_index: dict[str, int]) -> dict[str, list[_Row]]:
        candidates: dict[str, list[int]] = {}
        sql = """SELECT owner_id, owner_candidates.attendance_id FROM owner_candidates
            JOIN action_owners ON action_owners.id = owner_id JOIN actions ON actions.id = action_id
            WHERE meeting_id = ? ORDER BY owner_candidates.position"""
        for row in self._rows(sql, self._meeting["id"]):
            candidates.setdefault(row["owner_id"], []).append(attendee_index[row["attendance_id"]])
        owners: dict[str, list[_Row]] = {}
        sql = """SELECT action_owners.* FROM action_owners JOIN actions ON actions.id = action_id
            WHERE meeting_id = ? ORDER BY action_owners.position"""
        for row in self._rows(sql, self._meeting["id"]):
            owner = self._entry(row, "name")
            owner["attendee"] = attendee_index.get(row["attendance_id"])
            owner["candidates"] = candidates.get(row["id"], [])
            owners.setdefault(row["action_id"], []).append(owner)
        return owners

    def _passages(self) -> list[_Row]:
        sql = "SELECT * FROM passages WHERE document_id = ? ORDER BY position"
        return [
            {
                "start": row["start_offset"],
                "end": row["end_offset"],
                "kind": row["kind"],
                "level": row["level"],
                "language": row["language"],
            }
            for row in self._rows(sql, self._document["id"])
        ]
