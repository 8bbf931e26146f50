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
