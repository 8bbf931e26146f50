"""What the first lines and the closing sentences of minutes of many bodies say of the meeting; samples are invented."""

import pytest
from meeting_cases import read


@pytest.mark.parametrize(
    ("lines", "location", "times"),
    [
        (
            "14 maart 2024 – 19.30-21.45 – raadzaal, Kerkplein 2, Oosterzele",
            "raadzaal, Kerkplein 2, Oosterzele",
            "19:30 21:45",
        ),
        (
            "Stadhuis Wijngem, zaal 1.12 – 14 maart 2024 – van 9u tot 12u15",
            "Stadhuis Wijngem, zaal 1.12",
            "09:00 12:15",
        ),
        ("Jeudi 14 mars 2024, de 14 à 16 h, salle des fêtes de Bornival", "salle des fêtes de Bornival", "14:00 16:00"),
        ("14/03/2024\n(refter, 20u – 22u10)", "refter", "20:00 22:10"),
        ("14 mars 2024 / refuge des Crêtes / 19h15", "refuge des Crêtes", "19:15"),
        ("donderdag 14 maart 2024\nbij Roos thuis, vanaf 19.30 uur", "bij Roos thuis", "19:30"),
        ("14 mars 2024\n20h15 buvette", "buvette", "20:15"),
        (
            "Local des jeunes, rue du Puits 3. Début 19h35, fin 21h50.\n14/03/2024",
            "Local des jeunes, rue du Puits 3",
            "19:35 21:50",
        ),
    ],
)
def test_a_line_of_the_head_tells_when_and_where(lines: str, location: str, times: str) -> None:
    _, found = read(f"Verslag werkgroep Klimop\n{lines}\n\nAanwezig: Noor Verbiest\n")
    values = {name: value.value for name, value in found.fields.items()}
    assert (values["title"], values["date"], values["location"]) == ("Verslag werkgroep Klimop", "2024-03-14", location)
    assert [values[name] for name in ("start_time", "end_time") if name in values] == times.split()


@pytest.mark.parametrize(
    "line",
    [
        "14 maart 2024, opgemaakt door Noor Verbiest, 20u",
        "Gemeente Wijngem, 14 maart 2024, 20 uur",
        "14 maart 2024 – werkgroep Klimop",
        "De fietstelling van 14 maart 2024 leverde weinig op voor Wijngem.",
    ],
)
def test_other_words_beside_a_date_are_no_place(line: str) -> None:
    _, found = read(f"Verslag werkgroep Klimop\n{line}\n\nAanwezig: Noor Verbiest\n")
    assert "location" not in found.fields


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("Het netwerk was te gast in het oude Stationsgebouw van Lier.", "oude Stationsgebouw van Lier"),
        (
            "Les voisins se sont réunis en la salle des combles, rue du Puits 3 à Lobbes, sur convocation.",
            "salle des combles, rue du Puits 3 à Lobbes",
        ),
    ],
)
def test_a_place_in_a_sentence(sentence: str, place: str) -> None:
    _, found = read(f"Verslag netwerk Lijsterbes\n\n{sentence}\n")
    assert found.fields["location"].value == place


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("Jaarvergadering 2023\nZaterdag 6 mei, 14.00 uur\n", "2023-05-06"),
        ("Compte rendu du comité du 6 mai\n(2023, 18h30)\n", "2023-05-06"),
        ("Verslag ouderraad 6 mei\n", None),
    ],
)
def test_a_day_without_its_year_takes_the_only_one_that_the_head_prints(head: str, day: str | None) -> None:
    _, found = read(f"{head}\nAlles is besproken.\n")
    assert (found.fields["date"].value if "date" in found.fields else None) == day


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (
            "Verslag algemene vergadering\nzaterdag 9 maart 2024 – turnzaal, Weststraat 1\n",
            "Verslag algemene vergadering",
        ),
        ("Wijkcomité Dreef – bijeenkomst 4 maart 2025\nbij Roos thuis, vanaf 19.30 uur\n", None),
        ("Teamvergadering crèche De Wilg\n12/12/2023 – 13u30\n", None),
        ("Kringverslag winkel De Korf\n29/8/2024, 19u-21u\n", None),
        ("Betreft: Verslag overleg bibliotheek\nVan: Noor\n", "Verslag overleg bibliotheek"),
        ("Notes de la rencontre entre voisins et commune\n3 mai 2024, 18h\n", None),
    ],
)
def test_a_title_ends_before_the_line_that_says_when(head: str, title: str | None) -> None:
    _, found = read(f"{head}\nAanwezig: Noor Verbiest\n\nDe tuin wordt omgespit.\n")
    assert found.fields["title"].value == (title or head.split("\n")[0])


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("Notulen OR-vergadering 3 mei 2024", "OR"),
        ("Verslag CPBZ mei 2024", "CPBZ"),
        ("BGX Werksessie 3 mei 2024", None),
        ("PV de la réunion du comité de quartier Les Hauts Prés – 3 mai 2024", "comité de quartier Les Hauts Prés"),
        ("Comité de concertation local du 3 mai 2024", "Comité de concertation local"),
        ("Réunion d'équipe – Maison de jeunes Le Tilleul", "Maison de jeunes Le Tilleul"),
        ("Notulen jaarvergadering VvE Zeezicht (nrs. 2 t/m 64)", "VvE Zeezicht"),
        ("Zwemclub De Otters vzw\nAlgemene vergadering 3 mei 2024", "Zwemclub De Otters vzw"),
        ("Verslag AV cultuurraad 3 mei 2024", "cultuurraad"),
        ("Notes call technique\n3 mai 2024 14h – équipe Tram-API", "équipe Tram-API"),
        ("Informatiebeveiligingscel", "Informatiebeveiligingscel"),
    ],
)
def test_bodies_of_many_kinds_are_named_in_the_head(head: str, body: str | None) -> None:
    _, found = read(f"{head}\n\nAanwezig: Noor Verbiest\n\nDe volgende punten komen aan bod.\n")
    assert (found.fields["body"].value if "body" in found.fields else None) == body


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("Volgende keer: donderdag 14 december, zelfde uur", "2023-12-14"),
        ("Prochaine : 7 décembre chez Roos", "2023-12-07"),
        ("Next call: 28/11, same link", "2023-11-28"),
        ("De kas klopt. Volgende jeugdraad: 12 december.", "2023-12-12"),
        ("Fuif was top // volgende JR 9 december", "2023-12-09"),
        ("De volgende netwerkdag vindt plaats op 23 april 2024.", "2024-04-23"),
        ("De firma komt tegen de volgende raad terug.\nLevering op 2 december.", None),
        ("Volgende week wordt de kelder leeggemaakt, op 2 december de zolder.", None),
    ],
)
def test_words_for_the_next_meeting_of_any_body(sentence: str, day: str | None) -> None:
    _, found = read(f"Verslag van de vergadering van 20 november 2023\n\nAlles is besproken.\n\n{sentence}\n")
    assert (found.fields["next_meeting"].value if "next_meeting" in found.fields else None) == day


@pytest.mark.parametrize(
    ("sentence", "time"),
    [
        ("Roos propose la levée, appuyée par Wim, à 19 h 41.", "19:41"),
        ("Plus rien n'étant à l'ordre du jour, la présidente clôt l'assemblée à 20h45.", "20:45"),
        ("Il est proposé de lever la séance à 21 h 12.", "21:12"),
        ("De voorzitter dankt iedereen. Einde om 16.40 uur.", "16:40"),
    ],
)
def test_the_end_in_a_closing_sentence(sentence: str, time: str) -> None:
    _, found = read(f"Verslag comité Vlierstraat\n\nAlles is besproken.\n\n{sentence}\n")
    assert found.fields["end_time"].value == time


@pytest.mark.parametrize(
    ("opening", "day", "time"),
    [
        ("L'an deux mille vingt-quatre, le trois mai à vingt heures trente", "2024-05-03", "20:30"),
        ("L'an 2024, le premier juin à dix-neuf heures", "2024-06-01", "19:00"),
        ("Le trois mai deux mille vingt-quatre à dix-huit heures et quart", "2024-05-03", "18:15"),
        ("L'an deux mille vingt-quatre, le 3 mai à 20h30", "2024-05-03", "20:30"),
    ],
)
def test_a_day_and_a_time_written_out_in_words(opening: str, day: str, time: str) -> None:
    text = f"{opening}, le conseil municipal de la commune de Rochebrune s'est réuni en séance ordinaire à la mairie.\n"
    _, found = read(f"{text}\nDate de convocation : 27 avril 2024\n")
    facts = {name: value.value for name, value in found.fields.items()}
    assert (facts["date"], facts["start_time"], facts["location"]) == (day, time, "mairie")
    assert facts["body"] == "conseil municipal de la commune de Rochebrune"


def test_a_day_written_out_in_dutch() -> None:
    _, found = read("Op drie mei tweeduizend vierentwintig om twintig uur vergaderde de kerkraad.\n")
    facts = {name: value.value for name, value in found.fields.items()}
    assert (facts["date"], facts["start_time"]) == ("2024-05-03", "20:00")


@pytest.mark.parametrize(
    "sentence",
    [
        "Les deux mille affiches sont livrées le trois mai.",
        "Le conseil a discuté pendant deux heures.",
        "L'an deux mille trente-deux est loin, mai aussi.",
    ],
)
def test_numbers_in_words_that_are_no_day_and_no_time(sentence: str) -> None:
    _, found = read(f"Compte rendu du comité des Ormes\n\n{sentence}\n")
    assert not {"date", "start_time", "end_time"} & set(found.fields)


@pytest.mark.parametrize(
    ("announced", "sentence", "time"),
    [
        ("Zitting van donderdag 2 mei 2024 om 20.00 uur", "De voorzitter opent de zitting om 20.05 uur.", "20:05"),
        ("Séance du 2 mai 2024, début à 19h", "Le président ouvre la séance à 19h10.", "19:10"),
        ("Zitting van donderdag 2 mei 2024 om 20.00 uur", "De fanfare opent het bal om 21.00 uur.", "20:00"),
    ],
)
def test_the_time_of_the_opening_outweighs_the_one_announced(announced: str, sentence: str, time: str) -> None:
    _, found = read(f"Gemeenteraad Veldham\n{announced}\n\n{sentence}\n")
    assert found.fields["start_time"].value == time


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("La séance est ouverte à 19h30 dans la salle du conseil.", "salle du conseil"),
        ("De voorzitter opent de vergadering om 20u in de raadzaal.", "raadzaal"),
        ("De kerkraad vergadert in de pastorie.", "pastorie"),
        ("Le comité s'est réuni en séance extraordinaire afin de préparer l'emménagement au foyer.", None),
        ("De voorzitter opent de vergadering om 20u. Morgen is er een rondleiding in de raadzaal.", None),
    ],
)
def test_the_place_in_the_sentence_that_opens_the_meeting(sentence: str, place: str | None) -> None:
    _, found = read(f"Verslag comité Vlierstraat\n\n{sentence}\n")
    assert (found.fields["location"].value if "location" in found.fields else None) == place


def test_the_line_that_says_when_the_minutes_were_approved_is_no_title() -> None:
    text = (
        "Raad van bestuur\n12/06/2025 - 18u30 tot 20u30\n\nVerslag goedgekeurd op 10/07/2025\n\nAlles is besproken.\n"
    )
    _, found = read(text)
    assert (found.fields["title"].value, found.fields["date"].value) == ("Raad van bestuur", "2025-06-12")


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("Verslag van de vergadering van de GECORO\n3 mei 2024", "GECORO"),
        ("OVERLEGCOMITE VLIERSTRAAT\n3 mei 2024", "OVERLEGCOMITE VLIERSTRAAT"),
        ("Samenvatting teamoverleg, week 18 (vrijdag 3 mei 2024)", "team"),
        ("Rapport de réunion\nÉquipe pédagogique – 5e primaire\nLe 3 mai 2024", "Équipe pédagogique"),
        ("Minutes of the meeting held on 3 May 2024 in the Council Chamber", None),
    ],
)
def test_more_bodies_of_the_head(head: str, body: str | None) -> None:
    _, found = read(f"{head}\n\nAanwezig: Noor Verbiest\n\nAlles is besproken.\n")
    assert (found.fields["body"].value if "body" in found.fields else None) == body


def test_times_given_in_two_languages_are_start_and_end() -> None:
    _, found = read("Vergadering van / Réunion du 03/05/2024\nBegin / Début : 9u30 / 9h30   Einde / Fin : 12u / 12h\n")
    assert (found.fields["start_time"].value, found.fields["end_time"].value) == ("09:30", "12:00")


@pytest.mark.parametrize("year", ["24", "'24", "2024"])
def test_a_year_with_an_apostrophe(year: str) -> None:
    _, found = read(f"Bestuur Zwemclub De Otters\nVergadering nr. 4 - dd. 27/11/{year}\nBegin 20u / einde 22u15\n")
    facts = {name: value.value for name, value in found.fields.items()}
    assert (facts["date"], facts["start_time"], facts["end_time"]) == ("2024-11-27", "20:00", "22:15")
