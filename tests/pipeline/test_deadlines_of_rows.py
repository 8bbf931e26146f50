"""In a table with a column of deadlines, only that column gives them."""

from minutes_nlp.pipeline import build_pipeline
from minutes_nlp.reading import read_content

TABLE = """Verslag werkgroep Speelplein, 12 maart 2025

## Actielijst

| wie | wat | wanneer | status |
|---|---|---|---|
| Toon | stoelen bestellen | 1 april 2025 | open |
| Ilse | lijst van 3 mei nakijken | | open |
"""


def test_an_empty_cell_is_no_deadline_whatever_else_the_row_says() -> None:
    record = build_pipeline().process(read_content(TABLE.encode(), name="a.md"))
    found = {action.owners[0].name: action.due for action in record.actions}
    assert set(found) == {"Toon", "Ilse"}
    assert found["Toon"] is not None
    assert (found["Toon"].value, found["Toon"].evidence.quote) == ("2025-04-01", "1 april 2025")
    assert found["Ilse"] is None
