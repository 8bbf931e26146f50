"""Conditions on an action (`a`, with its row `l` of the ledger): it is owned by one person or one body."""

from __future__ import annotations

from typing import Final

OWNED_BY_PERSON: Final = """coalesce(l.owners_action_id, a.id) IN (
    SELECT action_id FROM action_owners WHERE person_id = ?)
  AND (l.id IS NULL OR l.owners_action_id IS NOT NULL)
  OR l.owners_action_id IS NULL AND EXISTS (
    SELECT 1 FROM json_each(l.owners) JOIN person_names n ON n.name_folded = fold(value) WHERE n.person_id = ?)"""
"""By the person with the id that fills both `?`, in the passage that names the present owners or in a correction."""

OWNED_BY_BODY: Final = """coalesce(l.owners_action_id, a.id) IN (
    SELECT o.action_id FROM action_owners o LEFT JOIN attendance t ON t.id = o.attendance_id
    WHERE ? IN (o.organisation_id, t.organisation_id))
  AND (l.id IS NULL OR l.owners_action_id IS NOT NULL)
  OR l.owners_action_id IS NULL AND EXISTS (
    SELECT 1 FROM json_each(l.owners) JOIN organisation_names n ON n.name_folded = fold(value)
    WHERE n.organisation_id = ?)"""
"""By the body with the id that fills both `?` itself, or by somebody who stood for it in the attendance list."""
