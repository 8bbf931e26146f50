"""The canned queries: questions in SQL that a page asks with one click.

`{date}` and the like stand for a column heading in the reader's language, `{label}` for the column of theme labels in
that language, `{names}` for the owners of the action `v` in one text, `{most}` for how many rows are enough.
`minutes_nlp.browse.functions` gives the functions `fold` and `match_words`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_PARAMETER = re.compile(r":([a-z]+)")
_MOST = 2001  # one more than Datasette shows, so that it says that there is more
_OWNER_NAMES = "(SELECT group_concat(value, ', ') FROM json_each(v.owners))"

_QUESTIONS = {
    "open-actions": """
SELECT v.due AS {due}, {names} AS {owners}, v.action AS {action}, v.item AS {item},
  v.date AS {date}, v.meeting AS {meeting}, v.document AS {document}
FROM (SELECT id FROM ledger_actions WHERE status = 'open' ORDER BY due_last_day IS NULL, due_last_day LIMIT {most}) l
CROSS JOIN actions_view v ON v.id = l.id
ORDER BY v.due_last_day IS NULL, v.due_last_day, v.date, v.document, v.start_offset
""",
    "overdue-actions": """
SELECT v.due AS {due}, {names} AS {owners}, v.action AS {action}, v.item AS {item},
  v.date AS {date}, v.meeting AS {meeting}, v.document AS {document}
FROM (
  SELECT id FROM ledger_actions
  WHERE status = 'open' AND due_last_day < coalesce(nullif(trim(:today), ''), date('now', 'localtime'))
  ORDER BY due_last_day LIMIT {most}
) l CROSS JOIN actions_view v ON v.id = l.id
ORDER BY v.due_last_day, v.date, v.document, v.start_offset
""",
    "actions-per-owner": """
SELECT min(o.name) AS {owner}, count(*) AS {actions},
  sum(coalesce(a.due_last_day < date('now', 'localtime'), 0)) AS {overdue}, min(a.due_last_day) AS {next}
FROM ledger_actions a CROSS JOIN action_owners o ON o.action_id = a.owners_action_id
WHERE a.status = 'open'
GROUP BY o.name_folded ORDER BY count(*) DESC, o.name_folded
""",
    "actions-of-owner": """
SELECT v.due AS {due}, v.status AS {status}, {names} AS {owners}, v.action AS {action}, v.date AS {date},
  v.meeting AS {meeting}, v.document AS {document}
FROM actions_view v
WHERE v.id IN (SELECT action_id FROM action_owners WHERE instr(name_folded, fold(:owner)))
ORDER BY v.status DESC, v.due_last_day IS NULL, v.due_last_day, v.date
""",
    "decisions-per-theme": """
SELECT t.{label} AS {theme}, count(*) AS {decisions}, min(m.date) AS {first}, max(m.date) AS {last}
FROM decisions d CROSS JOIN agenda_items i ON i.id = d.agenda_item_id
CROSS JOIN item_themes x ON x.agenda_item_id = i.main_item_id CROSS JOIN themes t ON t.id = x.theme_id
CROSS JOIN meetings m ON m.id = d.meeting_id
WHERE d.is_repeat = 0 AND m.superseded_by IS NULL
GROUP BY t.id ORDER BY count(*) DESC, t.{label}
""",
    "decisions-of-theme": """
SELECT v.date AS {date}, t.{label} AS {theme}, v.decision AS {decision}, v.item AS {item}, v.meeting AS {meeting},
  v.document AS {document}
FROM decisions_view v JOIN agenda_items i ON i.id = v.agenda_item_id
JOIN item_themes x ON x.agenda_item_id = i.main_item_id JOIN themes t ON t.id = x.theme_id
WHERE instr(fold(t.{label}), fold(:theme)) OR t.id = :theme
ORDER BY v.date DESC, v.document, v.start_offset
""",
    "search": """
SELECT snippet(passages_fts, 0, '', '', '…', 40) AS {passage}, m.date AS {date}, m.title AS {meeting},
  d.path AS {document}
FROM passages_fts JOIN passages p ON p.number = passages_fts.rowid JOIN documents d ON d.id = p.document_id
JOIN meetings m ON m.document_id = d.id
WHERE passages_fts MATCH match_words(:words)
ORDER BY bm25(passages_fts), m.date DESC LIMIT 200
""",
}


def questions(words: Mapping[str, Any], label: str) -> dict[str, dict[str, Any]]:
    """The canned queries by name, as Datasette wants them.

    Args:
        words: the section `browse` of the reader's language.
        label: the column of `themes` with the labels in that language.
    """
    headings = {name: '"{}"'.format(text.replace('"', '""')) for name, text in words["headers"].items()}
    return {
        name: {
            "sql": sql.format(label=label, names=_OWNER_NAMES, most=_MOST, **headings).strip(),
            "params": _PARAMETER.findall(sql),  # Datasette would look for them itself, but trips over quotation marks
            "hide_sql": True,
            **words["queries"][name],
        }
        for name, sql in _QUESTIONS.items()
    }
