"""Which sentences say that something is done, dropped or postponed."""

import pytest

from minutes_nlp.resolution.closing import is_routine, says_open, sign_of


@pytest.mark.parametrize(
    ("sentence", "language", "sign"),
    [
        ("De contactgegevens werden bezorgd.", "nl", "done"),
        ("De zaal is intussen gereserveerd.", "nl", "done"),
        ("Noor heeft de offerte gevraagd.", "nl", "done"),
        ("De handleiding werd in maart doorgestuurd.", "nl", "done"),
        ("Les coordonnées ont été transmises.", "fr", "done"),
        ("Noor a envoyé le budget.", "fr", "done"),
        ("La liste a bien été établie.", "fr", "done"),
        ("The list was sent to all members.", "en", "done"),
        ("Die Liste wurde verschickt.", "de", "done"),
        ("De affiche wordt geschrapt.", "nl", "dropped"),
        ("L'activité est annulée.", "fr", "dropped"),
        ("De enquête wordt uitgesteld tot mei.", "nl", "postponed"),
        ("La visite est reportée au mois de mai.", "fr", "postponed"),
    ],
)
def test_what_became_of_something(sentence: str, language: str, sign: str) -> None:
    assert sign_of(sentence, language) == (sign, False)


@pytest.mark.parametrize(
    ("sentence", "language"),
    [("Punt afgesloten.", "nl"), ("Dit punt is afgehandeld.", "nl"), ("Point clôturé.", "fr"), ("Item closed.", "en")],
)
def test_a_closed_point(sentence: str, language: str) -> None:
    assert sign_of(sentence, language) == ("done", True)


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("De contactgegevens werden nog niet bezorgd.", "nl"),
        ("De contactgegevens zullen bezorgd worden.", "nl"),
        ("Als de lijst bezorgd is, volgt de brief.", "nl"),
        ("De lijst moet verstuurd worden.", "nl"),
        ("De zaal is groot.", "nl"),
        ("Le devis n'a pas été demandé.", "fr"),
        ("La liste sera envoyée.", "fr"),
        ("Il faut que la liste soit envoyée.", "fr"),
        ("The list will be sent.", "en"),
        ("Bezorgd", "xx"),
    ],
)
def test_what_is_not_is_to_come_or_might_be(sentence: str, language: str) -> None:
    assert sign_of(sentence, language) is None


@pytest.mark.parametrize("text", ["De lijst: nog niet gebeurd", "Rédiger la lettre (pas fait)", "Call (not done)"])
def test_an_item_that_says_it_is_open(text: str) -> None:
    assert says_open(text)


@pytest.mark.parametrize("text", ["De lijst bezorgen", "Rédiger la lettre", "Call"])
def test_an_item_that_says_nothing_of_it(text: str) -> None:
    assert not says_open(text)


def test_what_comes_back_at_every_meeting() -> None:
    assert is_routine("Noor stelt de agenda van de volgende vergadering op", "nl")
    assert is_routine("Envoyer l'ordre du jour de la prochaine réunion", "fr")
    assert not is_routine("Noor bestelt de tent", "nl")
