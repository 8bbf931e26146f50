"""Action lists that people kept in a spreadsheet, taken over as documents.

| module | what it does |
|---|---|
| `sheet` | a CSV file or a workbook as rows of text |
| `columns` | what each column of a list means |
| `document` | the list as a text of its own, which says what its columns mean; and that text read again |
"""

from minutes_nlp.reading.lists.columns import ROLES, Guess, Role, guess_columns, has_only_headings
from minutes_nlp.reading.lists.document import MEDIA_TYPE, ActionList, Row, actions_of, compose, parse
from minutes_nlp.reading.lists.sheet import numbered_rows, read_sheet

__all__ = [
    "MEDIA_TYPE",
    "ROLES",
    "ActionList",
    "Guess",
    "Role",
    "Row",
    "actions_of",
    "compose",
    "guess_columns",
    "has_only_headings",
    "numbered_rows",
    "parse",
    "read_sheet",
]
