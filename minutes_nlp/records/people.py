"""Who attended a meeting."""

from __future__ import annotations

from typing import Literal

from minutes_nlp.records.evidence import Evidence, Found

Status = Literal["present", "excused", "absent"]
Role = Literal["chair", "secretary"]


class Attendance(Found):
    """One person (or organisation, where only organisations are listed) of an attendance list.

    `name` is as printed, without titles; `organisation` as printed beside it; `evidence` is where the name stands.
    """

    name: str
    status: Status
    organisation: str | None = None
    role: Role | None = None
    evidence: Evidence
