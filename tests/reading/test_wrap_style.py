"""Notes typed line by line stay lines; text that a program wrapped is put together."""

from minutes_nlp.reading.blocks import split_blocks

NOTE = """verslagje dinsdag

sleutels van de turnzaal zijn eindelijk binnen, overeenkomst getekend door Bram
judo start pas in september
vijf koks hebben ja gezegd, twee twijfelen nog
geen tombola dit jaar
de makelaar heeft de polis nog niet aangepast
etentje op vrijdag
menukaart is nagelezen, maar de drukker wacht
subsidie goedgekeurd
rookmelders piepen niet meer
peter zoekt een tent
vlaggen hangen al
afwas was snel gedaan
volgende keer beginnen we een half uur later
"""
WRAPPED = """Verslag

De penningmeester geeft een overzicht van de rekeningen en wijst erop
dat de huur van de zaal sinds januari hoger ligt dan wat begroot was,
zodat er voor het zomerfeest minder overblijft dan vorig jaar.
"""


def texts(text: str) -> list[str]:
    return [block.text(text) for block in split_blocks(text)]


def test_what_follows_a_short_line_of_a_typed_note_is_a_line_of_its_own() -> None:
    found = texts(NOTE)
    for short in ("judo start pas in september", "etentje op vrijdag", "peter zoekt een tent", "vlaggen hangen al"):
        assert any(block.endswith(short) for block in found), short


def test_lines_that_fill_the_width_are_one_paragraph() -> None:
    assert texts(WRAPPED) == ["Verslag", " ".join(WRAPPED.split("\n")[2:]).strip()]


def test_sentences_of_a_line_each_stay_apart_where_no_line_goes_on_in_lower_case() -> None:
    lines = [
        "De penningmeester geeft een overzicht van de rekeningen.",
        "De huur van de zaal ligt hoger dan wat er begroot was.",
        "Voor het feest blijft er dus minder over dan vorig jaar.",
        "B. Zomerfeest",
        "Het feest vindt plaats op de weide achter de oude molen.",
    ]
    assert texts("\n".join(lines)) == lines


OFFERS = """
Het bestuur vraagt drie offertes op en beslist in de maand mei over
de aankoop van de tent, die elk jaar dienst doet op het zomerfeest.
"""
THANKS = """
De voorzitter dankt voor hun inzet bij de opbouw en de afbraak ook
B. Jansma en alle anderen die op het zomerfeest hebben geholpen.
"""
PRESENT = """
Aanwezig : Bernard Moriaan, Alice Gerinck, Didier Leclair, Monique R
Volmachten : Jean Pickaert aan Alice Gerinck
"""
PEOPLE = """Réunion de coordination du 12 juin 2024 à Namur
Participants : Inès Morvan, Hugo Blanchet, Zoé Mart
Excusés : Luc
"""


def test_a_title_with_a_letter_or_a_part_begins_a_block_of_its_own_in_wrapped_text() -> None:
    for title in ("B. Begroting 2028", "3.b Nieuwe tent"):
        assert title in texts(f"{WRAPPED}{OFFERS}{title}\nDe contributie stijgt.")


def test_initials_in_wrapped_text_begin_nothing() -> None:
    assert not any(block.startswith("B. Jansma") for block in texts(WRAPPED + THANKS))


def test_a_known_key_begins_a_block_though_the_line_above_is_full() -> None:
    assert texts(PEOPLE) == PEOPLE.strip().split("\n")


def test_two_keys_below_each_other_are_two_facts() -> None:
    assert texts(WRAPPED + PRESENT)[-2:] == PRESENT.strip().split("\n")


BELOW_ITEMS = """- De zaal van de abdij wordt gevraagd aan de dienst jeugd van de stad
**6. Varia**
- Er is een nieuwe verzekering voor de leden, die ook geldt voor het
  lokaal en voor al wat er in staat.
"""


def test_a_line_all_in_bold_begins_a_block_of_its_own() -> None:
    assert texts(WRAPPED + BELOW_ITEMS)[-3:-1] == [
        "De zaal van de abdij wordt gevraagd aan de dienst jeugd van de stad",
        "**6. Varia**",
    ]


BOLD = """
**1. Volgende vergadering: woensdag 14 februari om 18 uur bij de penningmeester,**
**Lindestraat 3**
"""


def test_bold_over_two_lines_is_one_paragraph_in_bold() -> None:
    text = WRAPPED + OFFERS + BOLD
    last = split_blocks(text)[-1]
    assert (last.text(text).endswith("3**"), last.strong) == (True, True)
