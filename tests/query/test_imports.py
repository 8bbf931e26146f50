"""A question loads neither a language model nor what only writing needs."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("modules", "absent"),
    [
        (
            "store.connect query.actions query.decisions query.meetings query.people query.organisations query.search "
            "query.history query.issues query.states",
            "spacy torch pydantic sqlite_utils datasette typer minutes_nlp.records",
        ),
        ("ledger ledger.corrected", "spacy torch datasette typer minutes_nlp.pipeline minutes_nlp.query"),
        ("store.write store.load export.records", "spacy torch datasette typer minutes_nlp.pipeline"),
        ("browse.server", "spacy torch typer minutes_nlp.pipeline"),
    ],
)
def test_what_a_part_loads(modules: str, absent: str) -> None:
    names = ", ".join(f"minutes_nlp.{module}" for module in modules.split())
    loaded = f"import sys, {names}; print(*[name for name in {absent.split()} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split() == []
