"""Several processes give the same records as one."""

from pathlib import Path

import pytest

from minutes_nlp.pipeline.parallel import process_all
from minutes_nlp.reading import read_document


def test_two_processes_give_the_records_of_one_in_the_same_order(samples: Path) -> None:
    paths = [path for path in sorted(samples.rglob("*")) if path.is_file()][:6]
    documents = [read_document(path) for path in paths]
    alone = list(process_all(documents))
    assert [record.document.path for record in alone] == [path.name for path in paths]
    assert list(process_all(documents, jobs=2)) == alone


def test_no_process_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="0 processes"):
        list(process_all([], jobs=0))
