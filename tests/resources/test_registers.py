"""The municipalities that the package brings are those of the federal register."""

import csv
from pathlib import Path

import pytest

from minutes_nlp.resources.lexicon import languages, section
from minutes_nlp.resources.registers import municipalities, registered_bodies

REGISTER = Path(__file__).resolve().parents[3] / "shared" / "resources" / "lex" / "geo"
GONE_IN_2025_BUT_LISTED = {"12034", "44045"}  # Sint-Amands, Moerbeke: merged, and still in the file
SPELT_OTHERWISE = {"12041", "45065", "62119"}  # slips of the file


def test_the_municipalities_of_today_are_565_and_the_merged_ones_lead_to_them() -> None:
    today = {nis for nis, place in municipalities().items() if place.successor is None}
    assert len(today) == 565
    assert {place.successor for place in municipalities().values()} - {None} <= today


@pytest.mark.shared
def test_the_names_are_those_of_the_register_of_2025() -> None:
    with (REGISTER / "belgif-refnis2025.tsv").open(encoding="utf-8") as lines:
        rows = {row["uri"].rsplit("/", 1)[1]: row for row in csv.DictReader(lines, delimiter="\t")}
    local = {nis: row for nis, row in rows.items() if len(nis) == 5 and not nis.endswith("000")}
    local = {nis: row for nis, row in local.items() if not row["nl"].startswith("Provincie")}
    today = {nis: place for nis, place in municipalities().items() if place.successor is None}
    assert set(local) - GONE_IN_2025_BUT_LISTED == set(today)
    different = {
        nis
        for nis, place in today.items()
        if any(place.names[language] != local[nis][language] for language in ("nl", "fr", "de"))
    }
    assert different <= SPELT_OTHERWISE


def test_every_language_names_the_same_types_and_those_of_the_country_say_how_they_are_called() -> None:
    types = {code: set(section(code, "organisations")["types"]) for code in languages()}
    assert len(set(map(frozenset, types.values()))) == 1
    for code in ("nl", "fr", "de"):
        display = section(code, "organisations")["display"]
        assert set(display) == types[code]
        assert all(text.count("{place}") == 1 for text in display.values())


def test_every_registered_body_has_a_name_and_ids_are_unique() -> None:
    bodies = registered_bodies()
    assert len({body.id for body in bodies}) == len(bodies)
    assert all(any(body.names.values()) or body.short for body in bodies)
