"""Dates and clock times are found where they stand, and what merely looks like one is not.

In the sentences `<…>` marks the whole phrase that is found, and `{…}` inside it the date without its preposition.
"""

import datetime
import re
import time

import dateparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_nlp.extraction.dates import (
    DayMonth,
    DayOnly,
    ExactDay,
    Expression,
    Feast,
    InTime,
    Month,
    NextMeeting,
    NthWeekday,
    Offset,
    Past,
    Range,
    Recurring,
    RelativePeriod,
    RelativeWeekday,
    TimeSpan,
    Vague,
    WeekNumber,
    WeekOf,
    Year,
    YearPart,
    find_dates,
    find_days,
    find_times,
)
from minutes_nlp.resources import lexicon


def plain(marked: str) -> str:
    """The sentence without its marks."""
    return re.sub(r"[<>{}]", "", marked)


def marked_again(text: str, language: str) -> str:
    """The sentence with marks where expressions are found."""
    marks: list[tuple[int, int, str]] = []
    for one in find_dates(text, language):
        marks += [(one.span.start, 0, "<"), (one.core.start, 1, "{"), (one.core.end, 2, "}"), (one.span.end, 3, ">")]
    for offset, _, sign in sorted(marks, reverse=True):
        text = text[:offset] + sign + text[offset:]
    return text


@pytest.mark.parametrize(
    ("language", "marked"),
    [
        ("nl", "Wim bezorgt de nota <uiterlijk op {22 maart}>."),
        ("nl", "Wim bezorgt de nota <tegen {eind januari}>."),
        ("nl", "De werf start <in de {maand juni}>."),
        ("nl", "Els belt <graag {ma 9/1}> en mailt <vóór {Pasen}>."),
        ("nl", "Klaar <tegen {vrijdag 14/10}, 17u>."),
        ("nl", "Els mailt <{volgende week maandag}>."),
        ("nl", "Els mailt <binnen de {14 dagen}>."),
        ("nl", "Els mailt <{zo snel mogelijk}>."),
        ("nl", "| Nota | Wim | <{31/12}> |"),
        ("fr", "Anne transmet la note <d'ici {la fin du mois}>."),
        ("fr", "Anne transmet la note <au plus tard le {lundi 3 juin}>."),
        ("fr", "Anne transmet la note <sous {huitaine}>."),
        ("fr", "Anne transmet la note <pour le {1ᵉʳ mai} au plus tard>."),
        ("fr", "Ce point revient <à la {prochaine réunion}>."),
        ("en", "Ann sends the note <by {May 3rd}> or <at the {next meeting}>."),
        ("de", "Uwe schickt die Liste <bis {Ende April}>."),
    ],
)
def test_the_phrase_is_found_with_and_without_its_preposition(language: str, marked: str) -> None:
    assert marked_again(plain(marked), language) == marked


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "Punt 3.5 en artikel 12/4 worden besproken."),
        ("nl", "De haag is 2.05 m hoog en kost 11.09 euro."),
        ("nl", "Jan en Mei Lin zijn verontschuldigd."),
        ("nl", "Het dossier 2018/15 kreeg een score van 8.5."),
        ("nl", "De printer staat op 192.168.4.20."),
        ("nl", "Bel 052 11 12 13."),
        ("nl", "Lees bladzijde 4-6 van de brochure."),
        ("nl", "Op 31 februari gebeurt niets."),
        ("fr", "Mme Juin accompagne M. Avril."),
        ("fr", "Les casiers 5 à 9 sont vides."),
        ("en", "Ann may march on with version 1.2."),
        ("de", "Die Sitzung beginnt um 18 Uhr."),
    ],
)
def test_what_only_looks_like_a_date_is_none(language: str, text: str) -> None:
    assert find_dates(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "meaning"),
    [
        ("nl", "27/06/2018", ExactDay(datetime.date(2018, 6, 27))),
        ("nl", "1 maart '22", ExactDay(datetime.date(2022, 3, 1))),
        ("nl", "15 mei", DayMonth(15, 5)),
        ("nl", "7 febuari", DayMonth(7, 2)),  # one slip of the pen
        ("fr", "avant le 16 aout", DayMonth(16, 8)),
        ("fr", "pour le quinze avril", DayMonth(15, 4)),
        ("nl", "donderdag de 16e", DayOnly(16, 4)),
        ("nl", "uiterlijk de 15de dezer", DayOnly(15, None, 0)),
        ("fr", "le 15 du mois prochain", DayOnly(15, None, 1)),
        ("nl", "juni 2023", Month(6, 2023)),
        ("fr", "mi-mai", Month(5, None, "middle")),
        ("nl", "eind februari", Month(2, None, "end")),
        ("nl", "eind Q3 2025", YearPart(3, 4, 2025, "end")),
        ("fr", "fin du 3e trimestre", YearPart(3, 4, None, "end")),
        ("nl", "eind 2025", Year(2025, "end")),
        ("nl", "deze week", RelativePeriod("week", 0)),
        ("fr", "la fin de l'année prochaine", RelativePeriod("year", 1, "end")),
        ("de", "bis zum Monatsende", RelativePeriod("month", 0, "end")),
        ("nl", "wk 2", WeekNumber(2)),
        ("fr", "S 15", WeekNumber(15)),
        ("fr", "semaine 2 de 2026", WeekNumber(2, 2026)),
        ("nl", "in de week van 22 april", WeekOf(DayMonth(22, 4))),
        ("nl", "vrijdag", RelativeWeekday(5)),
        ("nl", "volgende week maandag", RelativeWeekday(1, 1)),
        ("fr", "lundi en huit", RelativeWeekday(1, None, 7)),
        ("nl", "de derde donderdag van september", NthWeekday(3, 4, 9)),
        ("fr", "le dernier vendredi de mars 2025", NthWeekday(-1, 5, 3, 2025)),
        ("nl", "binnen 48 uur", InTime(TimeSpan(hours=48))),
        ("nl", "binnen een half jaar", InTime(TimeSpan(months=6))),
        ("nl", "overmorgen", InTime(TimeSpan(days=2))),
        ("fr", "sous quinze jours", InTime(TimeSpan(days=15))),
        ("nl", "drie dagen vóór de volgende vergadering", Offset(TimeSpan(days=3), True, NextMeeting())),
        ("fr", "dix jours avant le 5 mars", Offset(TimeSpan(days=10), True, DayMonth(5, 3))),
        ("en", "at the February meeting", NextMeeting(2)),
        ("nl", "op pinkstermaandag", Feast(0, 50)),
        ("fr", "avant Noël", Feast(12, 25)),
        ("nl", "tussen 21 en 25 juni", Range(DayMonth(21, 6), DayMonth(25, 6))),
        ("fr", "9-10/12", Range(DayMonth(9, 12), DayMonth(10, 12))),
        ("nl", "1 en 2 juni", DayMonth(1, 6)),  # several dates: the first
        ("fr", "avant les vacances de Noël", Vague()),
        ("nl", "vorige week", Past()),
        ("fr", "tous les lundis ou chaque lundi", Recurring()),
    ],
)
def test_what_an_expression_says(language: str, text: str, meaning: Expression) -> None:
    assert [one.meaning for one in find_dates(text, language)][-1:] == [meaning]


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("Els mailt tegen 15 mei.", True),
        ("Els mailt 15 mei ten laatste.", True),
        ("Els mailt binnen een week.", True),
        ("Els mailt op 15 mei.", False),
        ("Het verslag van 15 mei is klaar.", False),
        ("Els mailde vorige week.", False),
    ],
)
def test_a_deadline_is_introduced_as_one_or_is_one_by_its_meaning(text: str, deadline: bool) -> None:
    assert [one.is_deadline for one in find_dates(text, "nl")] == [deadline]


def test_words_of_all_languages_count_where_the_language_is_unknown_or_wrong() -> None:
    for language in ("unknown", "fr", "nl"):
        assert [one.meaning for one in find_dates("Els mailt tegen 5 april.", language)] == [DayMonth(5, 4)]


def test_a_name_in_another_language_is_no_date() -> None:
    assert find_dates("Karim Sonntag est excusé.", "fr") == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3 april 2023", "2023-04-03"),
        ("08-11-2018", "2018-11-08"),
        ("2019-11-08", "2019-11-08"),
        ("25-2-2005", "2005-02-25"),
        ("17/02/17", "2017-02-17"),
        ("24/10/05", "2005-10-24"),
        ("Réunion du lundi 1er mars 2021", "2021-03-01"),
        ("Sitzung vom 12. Dezember 2014", "2014-12-12"),
        ("am 22. Februar 2025 um 11 Uhr", "2025-02-22"),
        ("January 10, 2019", "2019-01-10"),
        ("6 NOVEMBER 2024", "2024-11-06"),
        ("24 sep 2024", "2024-09-24"),
        ("du 3 au 5 avril 2023", "2023-04-03"),
        ("réunion n° 3 – 28 avril 2022", "2022-04-28"),
        ("bulletin n°3 mai 2022", None),
        ("31/02/2020", None),
        ("15 mei", None),
        ("versie 2.1.12", None),
    ],
)
def test_complete_days_are_found_for_the_facts_of_a_meeting(text: str, day: str | None) -> None:
    assert [found.isoformat() for _, found in find_days(text, "unknown")] == ([day] if day else [])


def test_the_span_of_a_complete_day_leaves_out_its_preposition() -> None:
    text = "Verslag van 3 april 2023, Gent"
    assert [span.text(text) for span, _ in find_days(text, "nl")] == ["3 april 2023"]


_FORMATS = {
    "nl": ("%d/%m/%Y", "%d-%m-%Y", "%d %B %Y"),
    "fr": ("%d/%m/%Y", "%d.%m.%Y", "le %d %B %Y"),
    "de": ("%d.%m.%Y", "%d. %B %Y"),
    "en": ("%d %B %Y",),
}


@pytest.mark.parametrize("language", sorted(_FORMATS))
@given(day=st.dates(datetime.date(1990, 1, 1), datetime.date(2089, 12, 31)), choice=st.integers(0, 2))
def test_a_written_day_is_read_back(language: str, day: datetime.date, choice: int) -> None:
    form = _FORMATS[language][choice % len(_FORMATS[language])]
    name = lexicon.section(language, "dates")["months"][str(day.month)][0].capitalize()
    text = day.strftime(form.replace("%B", name))
    assert [found for _, found in find_days(f"({text})", language)] == [day]


@pytest.mark.parametrize("text", ["3 april 2023", "le 31 mai 2009", "27/06/2018", "12. Dezember 2014", "24 sep 2024"])
def test_an_independent_parser_reads_the_same_day(text: str) -> None:
    oracle = dateparser.parse(text, languages=["nl", "fr", "de", "en"], settings={"DATE_ORDER": "DMY"})
    assert oracle is not None
    assert [day for _, day in find_days(text, "unknown")] == [oracle.date()]


_PIECES = (
    "tegen voor de le 15 31 12/4 2023 mei mars eind fin volgende week maandag lundi vergadering réunion en et - | : . "
    "d'ici binnen twee jours 9u 14.30 Q3 '22 1er x Å 1ᵉʳ van du tussen entre"
)


@given(st.lists(st.sampled_from(_PIECES.split()), max_size=14), st.sampled_from(["nl", "fr", "en", "de", "unknown"]))
def test_spans_are_ordered_disjoint_and_hold_their_date(pieces: list[str], language: str) -> None:
    text = " ".join(pieces)
    end = 0
    for one in find_dates(text, language):
        assert end <= one.span.start < one.span.end <= len(text)
        assert one.span.contains(one.core)
        assert one.core.length > 0
        end = one.span.end


@given(st.text(max_size=60))
def test_any_text_can_be_searched(text: str) -> None:
    for one in find_dates(text, "unknown"):
        assert one.span.text(text).strip()
    for moment in find_times(text):
        datetime.time.fromisoformat(moment.value)


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("9u00 onthaal", {"9u00": "09:00"}),
        ("Einde 21.43 uur", {"21.43 uur": "21:43"}),
        ("levée à 19h42", {"19h42": "19:42"}),
        ("de 9 h 45 à 11 h", {"9 h 45": "09:45", "11 h": "11:00"}),
        ("14:00 – 15:30", {"14:00": "14:00", "15:30": "15:30"}),
        ("om 14.30u", {"14.30u": "14:30"}),
        ("à 18 heures 30", {"18 heures 30": "18:30"}),
        ("11:00-12.00 uur", {"11:00": "11:00", "12.00 uur": "12:00"}),
        ("at 7 pm", {"7 pm": "19:00"}),
        ("van 19.30 tot 22.15", {"19.30": "19:30", "22.15": "22:15"}),
        ("8.30-9.15 Inleiding", {"8.30": "08:30", "9.15": "09:15"}),
        ("14 – 16u", {"14": "14:00", "16u": "16:00"}),
        ("um 18 Uhr", {"18 Uhr": "18:00"}),
        ("La séance est levée à midi.", {"à midi": "12:00"}),
        ("fin : 20h30.", {"20h30": "20:30"}),
        ("12.00", {}),
        ("12.00 euro", {}),
        ("Punt 3.15 van versie 1.2.3", {}),
        ("zaal 3.12 – 3.14", {}),
        ("binnen 48 uur", {}),
        ("2 heures de pause", {}),
        ("schaal 1:20000", {}),
        ("tel. 052 11 12 13", {}),
    ],
)
def test_clock_times(text: str, times: dict[str, str]) -> None:
    assert {found.span.text(text): found.value for found in find_times(text)} == times


def test_a_sentence_without_date_words_costs_next_to_nothing() -> None:
    text = "De voorzitter dankt alle aanwezigen voor hun inbreng en sluit daarna de zitting af met een hapje."
    find_dates(text, "nl")
    begin = time.process_time()
    for _ in range(200):
        find_dates(text, "nl")
    assert (time.process_time() - begin) / 200 < 0.0005  # 0.01 ms here; of the processor, as others may use it too


@pytest.mark.parametrize(
    ("text", "core", "day"),
    [
        ("12mei 2021", "12mei 2021", "2021-05-12"),
        ("le 3mars 2019", "3mars 2019", "2019-03-03"),
        ("07/okt/19", "07/okt/19", "2019-10-07"),
        ("7-feb-20", "7-feb-20", "2020-02-07"),
        ("8 mars/maart 2023", "8 mars/maart 2023", "2023-03-08"),
        ("Board meeting March 9, 2020", "March 9, 2020", "2020-03-09"),
        ("Compte rendu réunion du 4 mai 2017", "4 mai 2017", "2017-05-04"),
        ("Verslag van de vergadering van 6 juni 2018", "6 juni 2018", "2018-06-06"),
    ],
)
def test_a_date_is_found_by_itself_whatever_is_glued_to_it_or_leads_to_it(text: str, core: str, day: str) -> None:
    assert [(span.text(text), found.isoformat()) for span, found in find_days(text, "unknown")] == [(core, day)]


@pytest.mark.parametrize("text", ["3maanden 2021", "12/abc/19", "versie 7mars2"])
def test_numbers_glued_to_other_words_are_no_dates(text: str) -> None:
    assert find_days(text, "unknown") == []


@pytest.mark.parametrize(
    ("text", "times"),
    [("9-12 u., zaal", ["09:00", "12:00"]), ("20 uur", ["20:00"]), ("17 h, local", ["17:00"]), ("3 uur", [])],
)
def test_a_whole_hour_is_a_time_only_where_one_is_expected(text: str, times: list[str]) -> None:
    assert [time.value for time in find_times(text, expected=True)] == times
    assert find_times(text) == []
