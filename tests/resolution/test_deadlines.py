"""Date expressions become days by the conventions of the guideline, and an action item gets its deadline.

All sentences are of a meeting on Wednesday 13 March 2024; the next is on 10 April.
"""

import datetime
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from dateutil.easter import easter as oracle_easter
from hypothesis import given
from hypothesis import strategies as st

from minutes_nlp.extraction.dates import TimeSpan, find_dates
from minutes_nlp.resolution.dates import find_due, resolve
from minutes_nlp.resolution.days import add_span, easter

MEETING = datetime.date(2024, 3, 13)
NEXT = datetime.date(2024, 4, 10)

DUTCH = {
    "Wim bezorgt de nota uiterlijk op 22 maart.": "2024-03-22",
    "Wim bezorgt de nota tegen 1 maart.": "2025-03-01",
    "Wim bezorgt de nota tegen ten laatste maandag 25/03/2024.": "2024-03-25",
    "Wim bezorgt de nota in mei.": "2024-05",
    "Wim bezorgt de nota begin mei.": "2024-05",
    "Wim bezorgt de nota eind mei.": "2024-05-31",
    "Wim bezorgt de nota in februari.": "2025-02",
    "Wim bezorgt de nota deze week.": "2024-03-15",
    "Wim bezorgt de nota volgende week.": "2024-03-22",
    "Wim bezorgt de nota in week 14.": "2024-04-05",
    "Wim bezorgt de nota in week 2.": "2025-01-10",
    "Wim bezorgt de nota dit weekend.": "2024-03-17",
    "Wim bezorgt de nota binnen twee weken.": "2024-03-27",
    "Wim bezorgt de nota binnen 2 à 3 weken.": "2024-04-03",
    "Wim bezorgt de nota over een maand.": "2024-04-13",
    "Wim bezorgt de nota woensdag.": "2024-03-20",
    "Wim bezorgt de nota woensdag over veertien dagen.": "2024-04-03",
    "Wim bezorgt de nota volgende week maandag.": "2024-03-18",
    "Wim bezorgt de nota op de laatste vrijdag van april.": "2024-04-26",
    "Wim bezorgt de nota tegen de volgende vergadering.": "2024-04-10",
    "Wim bezorgt de nota drie dagen vóór de volgende vergadering.": "2024-04-07",
    "Wim bezorgt de nota uiterlijk 3 dagen na deze vergadering.": "2024-03-16",
    "Wim bezorgt de nota vóór Pasen.": "2024-03-31",
    "Wim bezorgt de nota tegen nieuwjaar.": "2025-01-01",
    "Wim bezorgt de nota tegen het eind van het jaar.": "2024-12-31",
    "Wim bezorgt de nota eind Q2.": "2024-06-30",
    "Q2 2024: Wim bezorgt de nota": "2024-06-30",
    "Wim bezorgt de nota van 3/5 tot 5/5.": "2024-05-05",
    "Wim bezorgt de nota zo snel mogelijk, ten laatste 5 april.": "2024-04-05",
    "Wim bezorgt de nota tegen de vergadering van 10/4.": "2024-04-10",
    "De fuif op 8 juni: Wim bezorgt de nota vier weken vóór 8 juni.": "2024-05-11",
    "| nota | Wim | 5/4 | open |": "2024-04-05",
    "| nota | Wim | 31/12/2023 | open |": "2023-12-31",
}
FRENCH = {
    "Anne transmet la note pour le 22 mars au plus tard.": "2024-03-22",
    "Anne transmet la note d'ici fin avril.": "2024-04-30",
    "Anne transmet la note d’ici la fin de la semaine.": "2024-03-15",
    "Anne transmet la note dans les quinze jours.": "2024-03-28",
    "Anne transmet la note sous huitaine.": "2024-03-20",
    "Anne transmet la note le mercredi 20.": "2024-03-20",
    "Anne transmet la note vendredi en quinze.": "2024-03-29",
    "Anne transmet la note mardi de la semaine prochaine.": "2024-03-19",
    "Anne transmet la note avant l'Ascension.": "2024-05-09",
    "Anne transmet la note au cours du mois de mai.": "2024-05",
    "Anne transmet la note d'ici à la prochaine réunion.": "2024-04-10",
    "Anne transmet la note le mois prochain.": "2024-04",
    "Anne transmet la note le 5 du mois prochain.": "2024-04-05",
    "Anne transmet la note en juillet-août.": "2024-08",
    "Anne revoit la convention du 12 mai 2021 en juin.": "2024-06",
    "Échéance : 30 avril": "2024-04-30",
}
OTHERS = {
    "Ann sends the note by next Friday.": "2024-03-15",
    "Ann sends the note by the end of the month.": "2024-03-31",
    "Ann sends the note by Tuesday, April 9.": "2024-04-09",
    "Ann sends the note in a fortnight.": "2024-03-27",
    "Ann sends the note before the next board meeting.": "2024-04-10",
    "Uwe schickt die Liste bis zum 22.03.2024.": "2024-03-22",
    "Uwe schickt die Liste bis 22. März.": "2024-03-22",
    "Uwe schickt die Liste innerhalb von zwei Wochen.": "2024-03-27",
    "Uwe schickt die Liste bis Ende des Monats.": "2024-03-31",
}


def due(text: str, language: str) -> str | None:
    """The value of the deadline, `None` for a vague one and for none alike."""
    found = find_due(text, language, meeting=MEETING, next_meeting=NEXT)
    return found[1] if found else None


@pytest.mark.parametrize(("text", "day"), DUTCH.items())
def test_dutch_deadlines(text: str, day: str) -> None:
    assert due(text, "nl") == day


@pytest.mark.parametrize(("text", "day"), FRENCH.items())
def test_french_deadlines(text: str, day: str) -> None:
    assert due(text, "fr") == day


@pytest.mark.parametrize(("text", "day"), OTHERS.items())
def test_english_and_german_deadlines(text: str, day: str) -> None:
    assert due(text, "en" if text.startswith("Ann") else "de") == day


@pytest.mark.parametrize(("text", "day"), (DUTCH | FRENCH | OTHERS).items())
def test_the_language_need_not_be_known(text: str, day: str) -> None:
    assert due(text, "unknown") == day


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("nl", "Wim bezorgt de nota zo snel mogelijk.", "zo snel mogelijk"),
        ("nl", "Wim bezorgt de nota vóór de zomer.", "vóór de zomer"),
        ("nl", "Wim bezorgt de nota na 10 mei.", "na 10 mei"),
        ("nl", "| nota | Wim | doorlopend |", "doorlopend"),
        ("fr", "Anne transmet la note avant les grandes vacances.", "avant les grandes vacances"),
        ("fr", "Anne transmet la note à terme.", "à terme"),
        ("en", "Ann sends the note as soon as possible.", "as soon as possible"),
    ],
)
def test_a_vague_deadline_has_words_but_no_day(language: str, text: str, words: str) -> None:
    found = find_due(text, language, meeting=MEETING, next_meeting=NEXT)
    assert found is not None
    assert (found[0].text(text), found[1]) == (words, None)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "Wim betaalt de factuur van 15 mei."),
        ("nl", "Het decreet van 7 maart 1999 wordt nagelezen."),
        ("nl", "Op 9 november 2021 viel de stroom uit."),
        ("nl", "De website ging op 10/3 online."),
        ("nl", "Koekenverkoop 14/3: 250 dozen verkocht."),
        ("nl", "Wim stuurt elke maandag een mail."),
        ("nl", "November is altijd een natte maand."),
        ("fr", "Le mois de mai est court."),
        ("fr", "Anne relit le compte rendu du 7 février."),
        ("fr", "La salle Avril est fermée."),
        ("en", "Ann may send the note."),
    ],
)
def test_a_date_of_something_else_is_no_deadline(language: str, text: str) -> None:
    assert find_due(text, language, meeting=MEETING, next_meeting=NEXT) is None


def test_the_words_of_a_deadline_include_its_preposition() -> None:
    text = "Wim bezorgt de nota uiterlijk eind mei aan iedereen."
    found = find_due(text, "nl", meeting=MEETING, next_meeting=None)
    assert found is not None
    assert found[0].text(text) == "uiterlijk eind mei"


def test_without_the_day_of_the_meeting_only_complete_dates_are_worked_out() -> None:
    expressions = find_dates("tegen 15 mei, binnen een week, 3 mei 2024, eind 2025, de volgende vergadering", "nl")
    values = [resolve(one, meeting=None, next_meeting=None) for one in expressions]
    assert values == [None, None, "2024-05-03", "2025-12-31", None]


@pytest.mark.parametrize(
    ("meeting", "text", "day"),
    [
        ("2017-01-31", "over een maand", "2017-02-28"),
        ("2024-02-29", "binnen een jaar", "2025-02-28"),
        ("2023-08-31", "binnen zes maanden", "2024-02-29"),
        ("2020-12-28", "volgende week", "2021-01-08"),
        ("2024-12-30", "deze week", "2025-01-03"),
        ("2022-03-01", "tegen 29 februari", "2024-02-29"),
        ("2019-05-15", "vóór Hemelvaart", "2019-05-30"),
        ("2015-11-30", "tegen het eind van de maand", "2015-11-30"),
    ],
)
def test_the_edges_of_the_calendar(meeting: str, text: str, day: str) -> None:
    found = find_due(text, "nl", meeting=datetime.date.fromisoformat(meeting), next_meeting=None)
    assert found is not None
    assert found[1] == day


@given(st.integers(1900, 2199))
def test_easter_is_that_of_an_independent_computus(year: int) -> None:
    assert easter(year) == oracle_easter(year)


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2199, 1, 1)), st.integers(0, 400))
def test_months_go_by_without_skipping_one(day: datetime.date, months: int) -> None:
    moved = add_span(day, TimeSpan(months=months))
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day <= day.day


@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2099, 1, 1)), st.sampled_from(sorted(DUTCH | FRENCH)))
def test_whatever_the_meeting_a_value_is_a_day_or_a_month(meeting: datetime.date, text: str) -> None:
    found = find_due(text, "unknown", meeting=meeting, next_meeting=meeting + datetime.timedelta(28))
    if found and found[1]:
        datetime.date.fromisoformat(found[1] if len(found[1]) == 10 else f"{found[1]}-01")


def _day(written: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(written) if written else None


def share_right(lines: Iterable[Mapping[str, Any]]) -> dict[str, float]:
    """How often `find_due` gives the right value, per language and in all, over annotated passages.

    A line has `text`, `lang`, `meeting_date`, `next_meeting` and the right `due`.
    """
    right: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for line in lines:
        meeting, following = _day(line["meeting_date"]), _day(line["next_meeting"])
        found = find_due(line["text"], line["lang"], meeting=meeting, next_meeting=following)
        for key in (line["lang"], "all"):
            seen[key] += 1
            right[key] += (found[1] if found else None) == line["due"]
    return {key: right[key] / seen[key] for key in sorted(seen)}


@pytest.mark.shared
def test_the_list_of_deadlines(shared: Path) -> None:
    lines = (shared / "resources" / "dates.jsonl").read_text(encoding="utf-8").splitlines()
    shares = share_right(map(json.loads, lines))
    print(shares)  # noqa: T201 - the figures, for who runs it with -s
    assert min(shares.values()) >= 0.97


@pytest.mark.shared
@pytest.mark.parametrize("split", ["train", "dev"])
def test_the_deadlines_of_annotated_action_items(shared: Path, split: str) -> None:
    lines = []
    for path in sorted((shared / "corpus" / split / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        meeting = gold["meeting"]
        language = meeting["languages"][0] if len(meeting["languages"]) == 1 else "unknown"
        lines += [
            {
                "text": action["quote"],
                "lang": language,
                "meeting_date": meeting["date"],
                "next_meeting": meeting["next_meeting"],
                "due": action["due"],
            }
            for action in gold["actions"]
        ]
    shares = share_right(lines)
    print(shares)  # noqa: T201 - the figures, for who runs it with -s
    assert shares["all"] >= 0.92


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("Voir Odile en début de semaine prochaine (lundi 11 mars).", "fr", "2024-03-11"),
        ("An belt hen volgende week (dinsdag 12 maart).", "nl", "2024-03-12"),
        ("An belt hen volgende week (de zaal is dan al vrij).", "nl", "2024-03-15"),
        ("An belt hen volgende week (de raad is op 29 april).", "nl", "2024-03-15"),
    ],
)
def test_a_day_in_brackets_narrows_the_period_before_it(text: str, language: str, value: str) -> None:
    due = find_due(text, language, meeting=datetime.date(2024, 3, 6), next_meeting=None)
    assert due is not None
    assert due[1] == value


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "Nota nalezen, uitgevoerd op 17 april."),
        ("nl", "Nieuwsbrief: gepubliceerd in mei."),
        ("nl", "Wim verstuurt de uitnodiging voor de vergadering 6 juli."),
        ("fr", "Lettre publiée en mai."),
        ("fr", "Préparer la suite, le devis payé le 3 mai."),
        ("fr", "Préparer la réunion 6 juillet."),
        ("fr", "Inscrivez-vous au souper qui aurait lieu le 28 septembre."),
        ("nl", "Inschrijven voor de quiz die doorgaat op 28 september."),
        ("en", "Sign up for the fair that takes place on 28 September."),
        ("en", "Minutes sent on 3 May."),
        ("de", "Protokoll verschickt am 3. Mai."),
    ],
)
def test_the_day_when_something_was_done_or_an_event_takes_place_is_no_deadline(language: str, text: str) -> None:
    assert due(text, language) is None


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("nl", "De nieuwsbrief wordt gepubliceerd in mei.", "2024-05"),
        ("nl", "De nota moet verstuurd zijn op 17 april.", "2024-04-17"),
        ("nl", "Wim verstuurt de uitnodiging voor de vergadering tegen 6 juli.", "2024-07-06"),
        ("fr", "La lettre sera publiée en mai.", "2024-05"),
        ("en", "Minutes to be sent on 3 May.", "2024-05-03"),
        ("de", "Das Protokoll wird verschickt am 3. Mai.", "2024-05-03"),
    ],
)
def test_the_day_when_something_will_be_done_is_one(language: str, text: str, day: str) -> None:
    assert due(text, language) == day


@pytest.mark.parametrize(
    ("language", "text", "words", "day"),
    [
        ("nl", "Wim stuurt de foto's eind mei door.", "eind mei", "2024-05-31"),
        ("nl", "Wim kiest de thema's deze maand.", "deze maand", "2024-03"),
        ("nl", "Wim drukt de menu’s in april.", "in april", "2024-04"),
        ("unknown", "Wim stuurt de foto's eind mei door.", "eind mei", "2024-05-31"),
        ("nl", "Wim antwoordt binnen 48u.", "binnen 48u", "2024-03-15"),
        ("fr", "Anne répond sous 48h.", "sous 48h", "2024-03-15"),
        ("nl", "| nota | Wim | 15-mei |", "15-mei", "2024-05-15"),
        ("nl", "Wim bezorgt de nota tegen 15-mei.", "tegen 15-mei", "2024-05-15"),
        ("fr", "Anne transmet la note pour le 3-avr.", "pour le 3-avr", "2024-04-03"),
    ],
)
def test_what_is_glued_to_a_word_of_a_date_hides_it_no_more(language: str, text: str, words: str, day: str) -> None:
    found = find_due(text, language, meeting=MEETING, next_meeting=NEXT)
    assert found is not None
    assert (found[0].text(text), found[1]) == (words, day)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "Wim maakt een filmpje over 3D."),
        ("nl", "Wim kocht 20m kabel."),
        ("nl", "Wim reserveert zaal 3-mei."),
        ("fr", "Anne nettoie la place du 11-Novembre."),
    ],
)
def test_what_is_glued_to_a_number_makes_no_deadline_of_it(language: str, text: str) -> None:
    assert due(text, language) is None
