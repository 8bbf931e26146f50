"""A model is chosen in `minutes.toml`; another model is another pipeline; without one nothing is connected to."""

import datetime
import re
import socket
import sqlite3
import subprocess
import sys
import tomllib
from contextlib import closing
from pathlib import Path

import pytest
import spacy
from own_cases import MINUTES, swapped
from spacy.language import Language

from minutes_nlp.cli.ingest import processing
from minutes_nlp.cli.messages import Messages
from minutes_nlp.errors import ExtractionError
from minutes_nlp.extraction.base import factory_name
from minutes_nlp.ingest import Entry, Places, ingest
from minutes_nlp.pipeline import build_pipeline, fingerprint
from minutes_nlp.reading import read_document
from minutes_nlp.settings import load_settings, read_settings

DOCUMENTATION = (Path(__file__).parents[3] / "docs" / "own-models.md").read_text(encoding="utf-8")
NAMES = [
    f"minutes.{part}.{kind}.v1"
    for part in ("actions", "attendance", "decisions", "themes")
    for kind in ("endpoint", "spacy", "transformers")
]


def test_the_names_are_registered() -> None:
    nlp = build_pipeline().nlp
    assert all(nlp.has_factory(name.replace(".", "_")) for name in NAMES)


def test_a_path_is_relative_to_the_folder_of_the_settings(tmp_path: Path) -> None:
    (tmp_path / "minutes.toml").write_text(
        '[pipeline.recognisers]\ndecisions = "minutes.decisions.spacy.v1"\n'
        '[pipeline.options.decisions]\npath = "model"\nthreshold = 0.7\n'
        '[pipeline.options.decisions.labels]\nBESLUIT = "decision"\n',
        encoding="utf-8",
    )
    chosen = load_settings(tmp_path).pipeline_settings()
    assert chosen.recognisers["decisions"] == "minutes.decisions.spacy.v1"
    assert chosen.options["decisions"] == {
        "path": str(tmp_path / "model"),
        "threshold": 0.7,
        "labels": {"BESLUIT": "decision"},
    }


def test_another_content_of_the_folder_is_another_fingerprint(tmp_path: Path) -> None:
    model = tmp_path / "model"
    (model / "ner").mkdir(parents=True)
    (model / "ner" / "weights").write_bytes(b"one")
    chosen = swapped("decisions", "spacy", path=str(model))
    before = fingerprint(chosen)
    assert fingerprint(chosen) == before != fingerprint(swapped("decisions", "spacy", path=str(tmp_path / "none")))
    (model / "ner" / "weights").write_bytes(b"two")
    changed = fingerprint(chosen)
    (model / "ner" / "weights").rename(model / "ner" / "others")
    assert len({before, changed, fingerprint(chosen)}) == 3


def test_another_address_model_or_label_is_another_fingerprint() -> None:
    labels = {"A": "decision", "B": "decision"}
    variants = [
        swapped("decisions", "endpoint", url="http://localhost/v1", model="a"),
        swapped("decisions", "endpoint", url="http://localhost/v1", model="b"),
        swapped("decisions", "endpoint", url="http://localhost:1/v1", model="a"),
        swapped("decisions", "spacy", labels=labels),
        swapped("decisions", "spacy", labels={"A": "decision"}),
    ]
    assert len({fingerprint(variant) for variant in variants}) == len(variants)
    turned = swapped("decisions", "spacy", labels=dict(reversed(labels.items())))
    assert fingerprint(turned) == fingerprint(variants[3])


def test_the_default_opens_no_socket(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*arguments: object, **options: object) -> None:
        raise AssertionError("a socket was opened")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, forbidden)
    with pytest.raises(AssertionError):
        socket.create_connection(("127.0.0.1", 9))
    pipeline = build_pipeline()
    records = [pipeline.process(read_document(path, name=path.name)) for path in sorted(samples.rglob("*.*"))]
    assert len(records) == 12
    assert sum(len(record.actions) for record in records) > 12


def test_nothing_is_sent_from_the_first_import_to_the_record(samples: Path) -> None:
    """spaCy brings urllib3, which once binds a socket of this computer to see whether it has IPv6; no more."""
    code = (
        "import sys\n"
        "used = set()\n"
        "sys.addaudithook(lambda event, _: used.add(event) if event.startswith('socket.') else None)\n"
        "sys.argv = ['minutes', 'extract', '--jobs', '1', sys.argv[1]]\n"
        "from minutes_nlp.cli.app import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code\n"
        "print(*sorted(used), file=sys.stderr)"
    )
    command = [sys.executable, "-c", code, str(next(samples.rglob("*.md")))]
    found = subprocess.run(command, check=True, capture_output=True, text=True)
    assert found.stdout.startswith("{")
    assert set(found.stderr.split()) <= {"socket.__new__", "socket.bind"}


def test_the_default_loads_nothing_that_only_some_models_take() -> None:
    code = (
        "import sys, minutes_nlp.pipeline as p; p.build_pipeline(); print({'torch', 'transformers'} & {*sys.modules})"
    )
    found = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert found.stdout.strip() == "set()"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.md").write_text(MINUTES, encoding="utf-8")
    return tmp_path


class Silent:
    """Shows no progress."""

    def start(self, total: int) -> None:
        """See `Progress.start`."""

    def begin(self, name: str) -> None:
        """See `Progress.begin`."""

    def end(self, entry: Entry) -> None:
        """See `Progress.end`."""


def ingest_all(folder: Path, now: datetime.datetime, toml: str = "") -> Entry:
    """What `minutes ingest` does with the only file in a folder, under these settings."""
    (folder / "minutes.toml").write_text(toml, encoding="utf-8")
    settings = load_settings(folder)
    places = Places(settings.raw_folder, settings.structured_folder / "records", settings.database_path)
    (entry,) = ingest([], places, processing(settings), progress=Silent(), clock=lambda: now).entries
    return entry


def stored(folder: Path, table: str) -> list[tuple[str, str]]:
    """The recogniser and the quote of what the database holds."""
    query = f"SELECT recogniser, quote FROM {table} JOIN evidence ON evidence.id = evidence_id ORDER BY quote"
    with closing(sqlite3.connect(folder / "structured" / "minutes.db")) as db:
        return db.execute(query).fetchall()


def test_a_model_that_does_not_answer_leaves_file_and_earlier_results_as_they_are(
    folder: Path, noon: datetime.datetime
) -> None:
    assert ingest_all(folder, noon).kind == "new"
    before = stored(folder, "actions")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    entry = ingest_all(
        folder,
        noon,
        '[pipeline.recognisers]\nactions = "minutes.actions.endpoint.v1"\n'
        f'[pipeline.options.actions]\nurl = "{url}"\nmodel = "klein"\nretries = 0\n',
    )
    assert entry.kind == "failed"
    assert entry.problem is not None
    for language, told in (("nl", f"{url} is niet te bereiken"), ("fr", f"{url} est injoignable")):
        assert Messages(language).error(entry.problem)[0].startswith(told)
    assert (folder / "raw" / "a.md").is_file()
    assert stored(folder, "actions") == before != []


def test_a_swap_reads_every_document_anew(folder: Path, noon: datetime.datetime) -> None:
    assert ingest_all(folder, noon).kind == "new"
    nlp = spacy.blank("xx")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "DECISION", "pattern": "Zwaluwplan"}])  # type: ignore[attr-defined]
    nlp.to_disk(folder / "model")
    toml = (
        '[pipeline.recognisers]\ndecisions = "minutes.decisions.spacy.v1"\n'
        '[pipeline.options.decisions]\npath = "model"\n'
    )
    assert ingest_all(folder, noon, toml).kind == "reread"
    assert stored(folder, "decisions") == [("minutes.decisions.spacy.v1", "Zwaluwplan")]
    assert ingest_all(folder, noon, toml).kind == "unchanged"


def test_a_package_that_is_not_installed_is_told_with_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(ExtractionError, match=r"torch.*pip install") as caught:
        build_pipeline(swapped("decisions", "transformers", path=str(tmp_path)))
    assert caught.value.code == "own.package"


def test_the_documented_examples_are_valid() -> None:
    examples = re.findall(r"```toml\n(.*?)```", DOCUMENTATION, re.DOTALL)
    assert len(examples) == 3
    for example in examples:
        chosen = read_settings(tomllib.loads(example), Path()).pipeline_settings()
        for part, options in chosen.options.items():
            assert chosen.recognisers[part] in NAMES
            assert (
                options.keys()
                <= Language.get_factory_meta(factory_name(chosen.recognisers[part])).default_config.keys()
            )


@pytest.mark.parametrize("name", NAMES)
def test_every_option_is_documented_with_its_default(name: str) -> None:
    for option, default in Language.get_factory_meta(factory_name(name)).default_config.items():
        row = next(line for line in DOCUMENTATION.split("\n") if line.startswith(f"| `{option}` |"))
        assert name.split(".")[2].replace("spacy", "spaCy") in row
        shown = "the last component of use" if option == "use" else str(default or "none")
        assert f"| {shown} |" in row
