"""The facts of a meeting; samples are invented (`meeting_cases` says how they are marked)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from meeting_cases import check, read


def test_keys_with_values_tell_the_facts() -> None:
    found = check(
        "# <title>Verslag <body>werkgroep Fietsstraten</body></title>\n\n"
        "Datum: <date>12 maart 2024</date>\nTijd: <start_time>14u00</start_time> - <end_time>15u30</end_time>\n"
        "Locatie: <location>Huis van de Wijk, Merelbeek</location>\n\n"
        "## Stand van zaken\n\nDe straten worden opnieuw geteld.\n\n"
        "Volgende vergadering: <next_meeting>9 april</next_meeting> om 14u\n",
        {"date": "2024-03-12", "start_time": "14:00", "end_time": "15:30", "next_meeting": "2024-04-09"},
    )
    assert found.languages == ("nl",)


def test_sentences_tell_the_facts_where_there_are_no_keys() -> None:
    check(
        "<title>Procès-verbal du <body>Comité des Fêtes</body> du <date>7 mai 2023</date></title>\n\n"
        "La séance est ouverte à <start_time>19 h 40</start_time> par la présidente.\n\n"
        "Le budget de la kermesse est approuvé par tous les membres.\n\n"
        "La séance est levée à <end_time>21h05</end_time>.\n",
        {"date": "2023-05-07", "start_time": "19:40", "end_time": "21:05"},
    )


def test_a_table_with_keys_in_its_first_cells() -> None:
    check(
        "# <title>Verslag overleg</title>\n\n|  |  |\n|---|---|\n"
        "| **Datum** | <date>2021-11-08</date>, <start_time>16:10</start_time> |\n"
        "| **Aanwezig** | Wout Pirlot |\n\n## Punten\n\n- De server is gekocht en staat klaar.\n",
        {"date": "2021-11-08", "start_time": "16:10"},
    )


def test_a_key_above_its_value() -> None:
    _, found = read(
        "Verslag\n\nStuurgroep Waterpeil\n\n| vergaderdatum | aanwezig |\n|---|---|\n| 15-6-2022 | Noor Verbiest |\n"
    )
    assert {name: value.value for name, value in found.fields.items()} == {
        "title": "Verslag Stuurgroep Waterpeil",
        "body": "Stuurgroep Waterpeil",
        "date": "2022-06-15",
    }


def test_the_front_matter_date_comes_last_and_gives_the_year() -> None:
    check(
        "---\ntitle: <title>Compte rendu réunion du <date>11 février</date></title>\ndate: 2013-02-14\n---\n\n"
        "Douze personnes sont venues malgré la neige.\n",
        {"date": "2013-02-11"},
        "note.md",
    )
    check(
        "---\ntitle: <title>Notities</title>\ndate: <date>2013-02-14</date>\n---\n\n"
        "Twaalf mensen waren er ondanks de sneeuw.\n",
        {"date": "2013-02-14"},
        "note.md",
    )


def test_the_date_of_earlier_minutes_is_not_the_meetings() -> None:
    _, found = read("Verslag werkgroep Zwaluwen\n\nHet verslag van 3 mei 2024 wordt goedgekeurd.\n")
    assert "date" not in found.fields


def test_a_date_of_printing_or_publication_is_not_the_meetings() -> None:
    _, found = read(
        "Gepubliceerd op 23/05/2024\n\nBesluitenlijst Gemeenteraad\n\nma 13/05/2024 - 20:00\n\n1. Jaarrekening.\n"
    )
    assert (found.fields["date"].value, found.fields["start_time"].value) == ("2024-05-13", "20:00")


def test_a_front_matter_date_of_publication_gives_way_to_the_day_said_shortly_before_it() -> None:
    text = (
        "---\ntitle: Terugkoppeling\ndate: 2022-03-{day}\n---\n\nDe vergadering van 4 maart 2022 ging over de vijver.\n"
    )
    assert read(text.format(day="09"), "a.md")[1].fields["date"].value == "2022-03-04"
    assert read(text.format(day="31"), "a.md")[1].fields["date"].value == "2022-03-31"


def test_a_sign_before_a_key_does_not_hide_it() -> None:
    _, found = read(
        "# Assemblée des voisins\n\n📅 **Date** : 6 novembre 2025 à 20h30\n\n📍 **Lieu** : Salle du Hêtre\n", "a.md"
    )
    assert [found.fields[name].value for name in ("date", "start_time", "location")] == [
        "2025-11-06",
        "20:30",
        "Salle du Hêtre",
    ]


def test_a_column_of_dates_is_no_date_of_the_meeting() -> None:
    _, found = read("Lijst van besluiten\n\n| Datum | Wat |\n|---|---|\n| 3-5-2021 | Tent |\n| 7-6-2021 | Tafel |\n")
    assert "date" not in found.fields


def test_a_time_behind_the_place_is_no_part_of_it() -> None:
    _, found = read("Verslag werkgroep Sluis\n\nLocatie: Brugstraat, zaal 2.A – 13:30 – 16:00\n\nDe sluis gaat open.\n")
    assert [found.fields[name].value for name in ("location", "start_time", "end_time")] == [
        "Brugstraat, zaal 2.A",
        "13:30",
        "16:00",
    ]


def test_a_conference_address_on_a_line_of_the_head_is_the_place() -> None:
    _, found = read(
        "# Point CD\n\n- https://meet.google.com/abc-defg-hij\n\n## Budget\n\nLe budget est voté.\n", "a.md"
    )
    assert found.fields["location"].value == "https://meet.google.com/abc-defg-hij"


def test_attendance_without_a_title_gives_no_title() -> None:
    _, found = read("aanwezig: Noor Verbiest, Wout Pirlot\n\n1. Mededelingen\n\nDe nieuwe website staat online.\n")
    assert found.fields == {}


def test_a_letterhead_is_no_title() -> None:
    check(
        "Dienst Waterlopen\nHavenkaai 12\n9990 Merelbeek\nT +32 9 555 01 02\ninfo@waterlopen.example\n\n"
        "//////////////////////////////\n\n<title><body>Werkgroep Grachten</body></title>\n\n"
        "//////////////////////////////\n\n"
        "Datum: <date>07/05/2018</date>\n\nLocatie: <location>Merelbeek</location>\n",
        {"date": "2018-05-07"},
    )


def test_a_title_cut_in_a_phrase_runs_over_lines() -> None:
    _, found = read(
        "        PROCES-VERBAL DE LA RENCONTRE DU COMITE DES RIVERAINS DU\n                 QUAI DES TILLEULS\n\n"
        "                  4 mars 2015\n\nOrdre du jour :\n- Piscine\n"
    )
    assert found.fields["title"].value == "PROCES-VERBAL DE LA RENCONTRE DU COMITE DES RIVERAINS DU QUAI DES TILLEULS"
    assert found.fields["date"].value == "2015-03-04"


@pytest.mark.parametrize(
    "text",
    [
        "Verslag overleg huurders – *Compte rendu rencontre locataires*\n",
        "Verslag overleg huurders\nCompte rendu rencontre locataires\n",
    ],
)
def test_a_bilingual_title_is_given_whole(text: str) -> None:
    _, found = read(text + "\nAanwezig: Noor Verbiest\n\nDe huurders vragen een nieuwe lift.\n")
    assert found.fields["title"].value == "Verslag overleg huurders – Compte rendu rencontre locataires"
    assert found.languages == ("nl", "fr")


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Verslag Werkgroep Groen en Water sessie 23/5 14:00", "Werkgroep Groen en Water"),
        ("Notulen bestuursvergadering 28 januari 2011", "bestuur"),
        ("Commission Vie du quartier du 11 septembre 2025", "Commission Vie du quartier"),
        ("Compte rendu de la réunion du Conseil d'administration du 8 mars 2022", "Conseil d'administration"),
        ("Minutes Harbour Executive Council meeting January 12, 2018", "Harbour Executive Council"),
        ("VERSLAG Eerste Thematische Werkgroep Sluizen", "Thematische Werkgroep Sluizen"),
        ("Protokoll Vorstandssitzung 12.03.2020", "Vorstand"),
        ("Verslag vergadering 5", None),
        ("Compte-rendu de la réunion #7", None),
    ],
)
def test_the_body_is_read_from_the_title(title: str, body: str | None) -> None:
    _, found = read(f"# {title}\n\nDe volgende punten komen aan bod.\n", "x.md")
    assert (found.fields["body"].value if "body" in found.fields else None) == body


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("De volgende vergadering is op woensdag 12 december om 18.30 uur.", "2023-12-12"),
        ("Prochaine réunion le 9 janvier à 18h30.", "2024-01-09"),
        ("The next meeting will be held on December 4th, 2023.", "2023-12-04"),
        ("Nächstes Treffen: 10.12.2023", "2023-12-10"),
        ("De volgende vergadering zal ergens in september plaatsvinden.", None),
        ("De vorige vergadering was op 3 mei 2023.", None),
    ],
)
def test_the_next_meeting_is_worked_out_from_the_meetings_own_date(sentence: str, day: str | None) -> None:
    _, found = read(f"Verslag van de vergadering van 20 november 2023\n\nAlles is besproken.\n\n{sentence}\n")
    assert (found.fields["next_meeting"].value if "next_meeting" in found.fields else None) == day


def test_a_next_meeting_under_its_heading() -> None:
    _, found = read(
        "# Réunion du 4 octobre 2023\n\nTout est dit.\n\n## Prochaine réunion\n\n- 8 novembre à 19h30 au local\n"
    )
    assert found.fields["next_meeting"].value == "2023-11-08"


def test_times_of_the_programme_count_where_nothing_else_is_said() -> None:
    programme = "9u00 tot 9u30: Onthaal\n9u30 tot 10u15: Rondgang\n10u15 tot 11u00: Debat\n"
    _, found = read(f"Verslag netwerkdag\n\nAgenda:\n\n{programme}")
    assert (found.fields["start_time"].value, found.fields["end_time"].value) == ("09:00", "11:00")
    _, found = read(f"Verslag netwerkdag\n\nDe voorzitter opent de vergadering om 9.12 uur.\n\n{programme}")
    assert found.fields["start_time"].value == "09:12"


def test_times_in_the_discussion_are_not_the_meetings() -> None:
    _, found = read("Verslag overleg speelplein\n\nDe speeltuin sluit voortaan om 20 uur en opent om 9 uur.\n")
    assert "end_time" not in found.fields
    assert "start_time" not in found.fields


def test_a_place_in_the_sentence_that_opens_the_minutes() -> None:
    _, found = read(
        "Notulen bestuursvergadering, 28 januari 2011 gehouden bij De Pelikaan in Merelbeek. Aanwezig: Noor.\n"
    )
    assert found.fields["location"].value == "De Pelikaan in Merelbeek"


@pytest.mark.parametrize("bar", ["|", " | ", "/", " / "])
def test_keys_in_two_languages(bar: str) -> None:
    _, found = read(
        f"**Werkgroep Water{bar}Groupe de travail Eau**\n\n**Datum{bar}Date**: 21.02.2023\n"
        f"**Plaats{bar}Lieu**: raadzaal\n\n### 1. Volgende vergadering{bar}Prochaine réunion\n28.03.2023\n",
        "x.md",
    )
    values = [found.fields[name].value for name in ("date", "location", "next_meeting")]
    assert values == ["2023-02-21", "raadzaal", "2023-03-28"]


@pytest.mark.parametrize(
    ("sentence", "day", "time"),
    [
        ("Op 3 maart 2023 om 20 uur kwamen de leden bijeen in zaal De Linde.", "2023-03-03", "20:00"),
        ("Es versammelten sich am 22. Februar 2025 um 11:00 Uhr vierzehn Personen.", "2025-02-22", "11:00"),
        ("The committee met on 4 May 2022 at 7.30 pm in the library.", "2022-05-04", "19:30"),
    ],
)
def test_a_sentence_that_says_who_met_gives_day_and_time(sentence: str, day: str, time: str) -> None:
    _, found = read(f"# Heemkundige kring\n\n{sentence}\n")
    assert (found.fields["date"].value, found.fields["start_time"].value) == (day, time)


def test_the_date_of_the_letter_gives_way_to_the_line_with_the_time() -> None:
    _, found = read(
        "Service Habitat          Corbais, le 3 mai 2022\n\nCOMPTE RENDU DU COMITÉ D'ACCOMPAGNEMENT\n"
        "Étude « Logement léger » – réunion n° 3 – 28 avril 2022, 14h-16h, visioconférence\n\n"
        "Étaient présents : Mme Noël\n"
    )
    values = [found.fields[name].value for name in ("date", "start_time", "end_time", "location")]
    assert values == ["2022-04-28", "14:00", "16:00", "visioconférence"]


def test_a_place_and_a_day_alone_are_those_of_the_meeting() -> None:
    _, found = read("COMPTE RENDU DU COMITÉ DE QUARTIER\n\nCorbais, le 3 mai 2022\n\nÉtaient présents : Mme Noël\n")
    assert found.fields["date"].value == "2022-05-03"


def test_keys_in_the_report_are_those_of_something_else() -> None:
    _, found = read(
        "Verslag ouderraad\n5 december 2023\n\n1) Quiz\nDatum: 24/10 om 19u30\nzaal: Joke regelt dit\n\n"
        "2) Varia\nGeen vragen.\n"
    )
    assert found.fields["date"].value == "2023-12-05"
    assert {"location", "start_time"}.isdisjoint(found.fields)


def test_a_place_ends_where_another_key_begins() -> None:
    _, found = read("# Réunion du 12/09/2023\n\nLieu : salle BBB — Animation : lise — Secrétariat : nono\n")
    assert found.fields["location"].value == "salle BBB"


def test_numbered_keys_are_no_report() -> None:
    _, found = read("Verslag ouderraad\n\n1. Datum: 5 december 2023\n2. Plaats: raadzaal\n3. Varia\nGeen vragen.\n")
    assert [found.fields[name].value for name in ("date", "location")] == ["2023-12-05", "raadzaal"]


def test_foreign_words_and_names_make_no_second_language() -> None:
    _, found = read(
        "Verslag werkgroep software\n\nDe release notes en de roadmap van OpenHarbour worden besproken.\n\n"
        "Iedereen leest de pull requests na voor de volgende sprint review.\n\nLe Monde Diplomatique wordt bedankt.\n"
    )
    assert found.languages == ("nl",)


def test_full_sentences_in_another_language_make_it_a_second_one() -> None:
    _, found = read(
        "Verslag begeleidingscomité\n\nDe voorzitter heet alle leden van harte welkom.\n\n"
        "Le président souhaite la bienvenue à tous les membres du comité.\n\n"
        "Het budget van volgend jaar wordt door iedereen goedgekeurd.\n\n"
        "Le budget de l'année prochaine est approuvé par toutes les personnes présentes.\n"
    )
    assert set(found.languages) == {"nl", "fr"}


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=" \nabé:|-0123456789hu/.#*<>!", max_size=120))
def test_any_text_gives_spans_that_lie_in_it(text: str) -> None:
    if not text.strip():
        return
    normalised, found = read(text)
    for value in found.fields.values():
        assert value.span is None or 0 <= value.span.start < value.span.end <= len(normalised.text)
