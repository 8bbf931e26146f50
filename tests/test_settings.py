"""`minutes.toml`: what it may say, and how a mistake in it is told."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from minutes_nlp.errors import SettingsError
from minutes_nlp.pipeline.settings import DEFAULT_RECOGNISERS, PipelineSettings
from minutes_nlp.reading import Limits
from minutes_nlp.settings import Settings, known_keys, load_settings, read_settings

DOCUMENTATION = (Path(__file__).parent.parent / "docs" / "settings.md").read_text(encoding="utf-8")


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    settings = load_settings(tmp_path)
    assert settings == Settings(folder=tmp_path)
    assert settings.raw_folder == tmp_path / "raw"
    assert settings.database_path == tmp_path / "structured" / "minutes.db"
    assert settings.words_folder is None


def test_what_the_file_says_replaces_the_defaults(tmp_path: Path) -> None:
    (tmp_path / "woorden").mkdir()
    (tmp_path / "minutes.toml").write_text(
        'language = "nl"\nraw = "verslagen"\nstructured = "uit"\nwords = "woorden"\n[limits]\nbytes = 10\n'
        '[pipeline.recognisers]\nactions = "mine.actions.v2"\n[pipeline.options.actions]\nspeed = 2\n',
        encoding="utf-8-sig",
    )
    settings = load_settings(tmp_path)
    assert settings.language == "nl"
    assert settings.raw_folder == tmp_path / "verslagen"
    assert settings.database_path == tmp_path / "uit" / "minutes.db"
    assert settings.words_folder == tmp_path / "woorden"
    assert settings.reading_limits() == Limits(bytes=10)
    assert settings.pipeline_settings() == PipelineSettings(
        {**DEFAULT_RECOGNISERS, "actions": "mine.actions.v2"}, {"actions": {"speed": 2}}
    )


def test_a_database_of_ones_own_place() -> None:
    assert read_settings({"database": "/srv/m.db"}, Path("here")).database_path == Path("/srv/m.db")
    assert read_settings({"database": "m.db"}, Path("here")).database_path == Path("here/m.db")


@pytest.mark.parametrize(
    ("text", "code", "named"),
    [
        ("lanugage = 'nl'", "settings.unknown", "lanugage"),
        ("folder = 'x'", "settings.unknown", "folder"),
        ("[limits]\nsize = 3", "settings.unknown", "limits.size"),
        ("[pipeline]\nrecogniser = 'x'", "settings.unknown", "pipeline.recogniser"),
        ("[pipeline.recognisers]\nowners = 'x'", "settings.unknown", "pipeline.recognisers.owners"),
        ("[pipeline.options.owners]\na = 1", "settings.unknown", "pipeline.options.owners"),
        ("language = 3", "settings.value", "language"),
        ("language = 'de'", "settings.value", "language"),
        ("words = 'nergens'", "settings.value", "words"),
        ("limits = 3", "settings.value", "limits"),
        ("pipeline = 3", "settings.value", "pipeline"),
        ("[limits]\nbytes = true", "settings.value", "limits.bytes"),
        ("[limits]\nbytes = 1.5", "settings.value", "limits.bytes"),
        ("[limits]\nline = 0", "settings.value", "limits.line"),
        ("[pipeline]\nrecognisers = 'x'", "settings.value", "pipeline.recognisers"),
        ("[pipeline.recognisers]\nactions = 1", "settings.value", "pipeline.recognisers.actions"),
        ("[pipeline.options]\nactions = 1", "settings.value", "pipeline.options.actions"),
    ],
)
def test_a_mistake_names_the_key(tmp_path: Path, text: str, code: str, named: str) -> None:
    (tmp_path / "minutes.toml").write_text(text)
    with pytest.raises(SettingsError) as refused:
        load_settings(tmp_path)
    assert refused.value.code == code
    assert refused.value.values["key"] == named


def test_an_unknown_key_is_told_with_the_known_ones() -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings({"limits": {"size": 3}}, Path())
    assert refused.value.hint == f"Known: {', '.join(f'limits.{key}' for key in known_keys(Limits))}."


@pytest.mark.parametrize(
    ("content", "code"), [(b"= nothing", "settings.toml"), (b"language = '\xe9'", "settings.unreadable")]
)
def test_a_file_that_is_no_toml(tmp_path: Path, content: bytes, code: str) -> None:
    (tmp_path / "minutes.toml").write_bytes(content)
    with pytest.raises(SettingsError) as refused:
        load_settings(tmp_path)
    assert refused.value.code == code


def test_every_key_is_documented_with_its_default() -> None:
    for key in known_keys(Settings):
        if key not in ("limits", "pipeline"):
            assert f"| `{key}` |" in DOCUMENTATION
    for key in known_keys(Limits):
        assert f"| `limits.{key}` | {getattr(Limits(), key)} |" in DOCUMENTATION
    for key in known_keys(PipelineSettings):
        assert f"| `pipeline.{key}` |" in DOCUMENTATION


def test_the_documented_example_says_the_defaults() -> None:
    example = DOCUMENTATION.split("```toml\n")[1].split("```")[0]
    settings = read_settings(tomllib.loads(example), Path())
    assert settings.reading_limits() == Limits()
    assert settings.pipeline_settings().recognisers == DEFAULT_RECOGNISERS
    assert settings.database_path == Settings().database_path
    assert settings.raw_folder == Settings().raw_folder
