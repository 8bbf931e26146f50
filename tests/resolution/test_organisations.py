"""Bodies under all their names, in three languages; and names that are no body's."""

from collections.abc import Iterator

import pytest

from minutes_nlp.resolution.local_bodies import LocalBody, local_body
from minutes_nlp.resolution.organisations import Bodies, Body, BodyName, in_register, registered
from minutes_nlp.resources.registers import Municipality, municipalities, registered_bodies

SAINT_NICOLAS = "46021"  # Sint-Niklaas: its French name is the own name of another municipality
OCMW = {
    "nl": ("OCMW {}", "OCMW van {}", "{} OCMW", "OCMW-{}", "Openbaar centrum voor maatschappelijk welzijn van {}"),
    "fr": ("CPAS {}", "CPAS de {}", "CPAS d’{}", "Centre public d'action sociale de {}"),
    "de": ("ÖSHZ {}", "ÖSHZ von {}"),
}


def named(place: Municipality) -> Iterator[tuple[str, str]]:
    for language, forms in OCMW.items():
        for form in forms:
            yield language, form.format(place.names[language])


def test_every_ocmw_is_one_body_under_its_names_in_dutch_french_and_german() -> None:
    wrong = [
        name
        for nis, place in municipalities().items()
        for language, name in named(place)
        if in_register(name).key != f"social-centre:{nis}" and (nis, language) != (SAINT_NICOLAS, "fr")
    ]
    assert wrong == []
    assert len(municipalities()) == 601


def test_a_name_that_two_municipalities_bear_is_that_of_the_one_whose_own_it_is() -> None:
    assert local_body("CPAS de Saint-Nicolas") == LocalBody("social-centre", "62093")
    assert local_body("CPAS de Saint-Nicolas (Flandre orientale)") == LocalBody("social-centre", SAINT_NICOLAS)
    assert local_body("OCMW Sint-Niklaas") == LocalBody("social-centre", SAINT_NICOLAS)


def test_the_bodies_of_merged_municipalities_stay_and_lead_to_their_successor() -> None:
    merged = {nis: place for nis, place in municipalities().items() if place.successor}
    assert len(merged) == 36
    for nis, place in merged.items():
        body = registered(f"social-centre:{nis}")
        assert body is not None
        assert body.successor == f"social-centre:{place.successor}"
        assert municipalities()[place.successor or ""].successor is None
        assert (place.until or 0) in (2019, 2025)
    meulebeke = in_register("OCMW Meulebeke").key
    assert registered(meulebeke or "") == Body(
        "social-centre:37007",
        "social-centre",
        (BodyName("OCMW Meulebeke", "nl"), BodyName("CPAS Meulebeke", "fr"), BodyName("ÖSHZ Meulebeke", "de")),
        in_register("CPAS de Tielt").key,
        "register",
    )


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("CPAS du Rœulx", "social-centre:55035"),
        ("CPAS des Bons Villers", "social-centre:52075"),
        ("OCMW De Haan", "social-centre:35029"),
        ("CPAS de La Louvière", "social-centre:58001"),
        ("OCMW St.-Niklaas", f"social-centre:{SAINT_NICOLAS}"),
        ("OCMW 's-Gravenbrakel", "social-centre:55004"),
        ("OCMW-CPAS Ixelles-Elsene", "social-centre:21009"),
        ("OCMW Brussel / CPAS Bruxelles", "social-centre:21004"),
        ("het OCMW van de stad Gent", "social-centre:44021"),
        ("OCMW Gent (sociale dienst)", "social-centre:44021"),
        ("OCMW Gent, dienst wonen", "social-centre:44021"),
        ("ocmw gent", "social-centre:44021"),
        ("Stad Leuven", "municipality:24062"),
        ("Ville de Louvain", "municipality:24062"),
        ("gemeenteraad van Torhout", "council:31033"),
        ("conseil communal d'Ath", "council:51004"),
        ("Gemeinderat Eupen", "council:63023"),
        ("POD MI", "body:pod-mi"),
        ("POD MI-IS", "body:pod-mi"),
        ("SPP IS", "body:pod-mi"),
        ("FOD BiZa", "body:fod-biza"),
        ("SPF Intérieur", "body:fod-biza"),
        ("FOD Financiën - Patrimoniumdocumentatie", "body:fod-financien"),
        ("Agentschap Integratie & Inburgering", "body:agii"),
        ("CIRB/CIBG/BRIC", "body:paradigm"),
        ("Nationaal Geografisch Instituut (NGI)", "body:ngi"),
        ("Province de Hainaut", "body:provincie-henegouwen"),
    ],
)
def test_a_body_is_found_however_it_is_written(name: str, key: str) -> None:
    assert in_register(name).key == key


@pytest.mark.parametrize("name", ["", "OCMW", "Gent", "One", "Victor", "OCMW Atlantis", "Stadsbibliotheek Gent", "Tec"])
def test_other_names_are_no_body_of_the_register(name: str) -> None:
    assert in_register(name).key is None


def test_two_bodies_on_both_sides_of_a_slash_are_candidates_and_none_is_chosen() -> None:
    found = in_register("VVSG / OCMW Gent")
    assert (found.key, found.candidates) == (None, ("body:vvsg", "social-centre:44021"))


def test_no_two_bodies_of_the_register_share_a_name() -> None:
    owners: dict[str, str] = {}
    for body in registered_bodies():
        for name in [n for listed in (*body.names.values(), *body.short.values()) for n in listed]:
            assert owners.setdefault(name, body.id) == body.id, name


def test_names_that_only_the_minutes_print_are_one_body_by_their_letters() -> None:
    bodies = Bodies(printed={"Huis Wilgenhof vzw": 1, "Huis-Wilgenhof": 3, "Huis Wilgenhoek": 1})
    key = bodies.find("HUIS WILGENHOF").key
    assert key == bodies.find("Huis Wilgenhof vzw").key != bodies.find("Huis Wilgenhoek").key
    assert [name.text for name in bodies.body(key or "").names] == ["Huis-Wilgenhof", "Huis Wilgenhof vzw"]


def test_a_name_beside_an_attendee_is_a_body_unless_it_has_a_first_name() -> None:
    bodies = Bodies(printed={"Huis Wilgenhof": 1, "Sofie Tolhuis": 1})
    assert bodies.known("huis wilgenhof") == bodies.find("Huis Wilgenhof").key
    assert bodies.known("Sofie Tolhuis") is None  # a list read wrongly makes nobody a body
    assert bodies.known("Huis Elders") is None


def test_an_abbreviation_in_brackets_is_learnt_if_it_stands_for_one_name_only() -> None:
    once = Bodies(printed={"Netwerk Digitale Buurt (NDB)": 1, "NDB": 1})
    assert once.find("NDB").key == once.find("Netwerk Digitale Buurt").key
    twice = Bodies(printed={"Netwerk Digitale Buurt (NDB)": 1, "Noordelijke Dansbond (NDB)": 1})
    assert twice.find("NDB").key not in (
        twice.find("Netwerk Digitale Buurt").key,
        twice.find("Noordelijke Dansbond").key,
    )


def test_a_body_is_shown_as_the_minutes_mostly_print_it() -> None:
    bodies = Bodies(printed={"CPAS de Liège": 2, "OCMW Luik": 1})
    assert bodies.body("social-centre:62063").names[0].text == "CPAS de Liège"


def test_the_users_list_is_read_first_and_adds_names_to_the_register() -> None:
    listed = [
        Body("directory:noord", "", (BodyName("Koepel Noord"), BodyName("SPP IS", short=True))),
        Body("directory:mi", "", (BodyName("Onze POD"), BodyName("POD MI"))),
    ]
    bodies = Bodies(listed, {"POD MI": 1})
    assert bodies.find("Onze POD").key == bodies.find("POD Maatschappelijke Integratie").key == "body:pod-mi"
    assert bodies.find("SPP IS").key == bodies.find("Koepel Noord").key
    assert bodies.body("body:pod-mi").names[0].text == "Onze POD"


def test_a_correction_makes_two_bodies_one_and_names_it() -> None:
    bodies = Bodies(printed={"Huis Wilgenhof": 2, "HW": 1})
    stays, goes = bodies.find("Huis Wilgenhof").key or "", bodies.find("HW").key or ""
    bodies.merge(stays, goes)
    assert bodies.find("HW").key == stays
    assert bodies.all_keys() == (stays,)
    bodies.rename(stays, "Wilgenhof")
    assert [name.text for name in bodies.body(stays).names] == ["Wilgenhof", "Huis Wilgenhof", "HW"]
    assert bodies.find("wilgenhof").key == stays
