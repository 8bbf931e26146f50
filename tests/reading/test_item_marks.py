"""How items of typed lists are marked: kinds of numbers, hollow bullets printed as letters, titles above text."""

import pytest

from minutes_nlp.reading.blocks import split_blocks
from minutes_nlp.reading.document import BlockKind


def kinds(text: str) -> list[tuple[str, str, str]]:
    """Kind, marker and content of every block."""
    blocks = split_blocks(text)
    return [(b.kind.value, b.marker, " ".join(line.text(text) for line in b.lines)) for b in blocks]


@pytest.mark.parametrize("sign", ["1.", "1)", "(1)", "1/", "1°", "1°)", "1.-", "1.–", "2.1/", "12/"])
def test_a_number_with_its_sign_marks_an_item(sign: str) -> None:
    assert kinds(f"{sign} Nieuwe fietsenstalling\n") == [("list-item", sign, "Nieuwe fietsenstalling")]


@pytest.mark.parametrize(
    "line", ["1/2 litre par personne", "20°C dans la salle", "3.-5. Klasse", "12/03 vergadering", "/ Divers"]
)
def test_a_fraction_a_temperature_or_a_date_marks_none(line: str) -> None:
    assert [kind for kind, *_ in kinds(f"{line}\n")] == ["paragraph"]


def test_an_indented_letter_o_is_a_bullet() -> None:
    text = "À faire :\n o contacter les écoles\n o imprimer l'affiche\n"
    items = [content for kind, _, content in kinds(text) if kind == "list-item"]
    assert items == ["contacter les écoles", "imprimer l'affiche"]


def test_letters_o_below_one_another_are_bullets_at_the_margin_too() -> None:
    items = [content for kind, _, content in kinds("o stoelen huren\no koffie zetten\n") if kind == "list-item"]
    assert items == ["stoelen huren", "koffie zetten"]


def test_a_single_letter_o_at_the_margin_is_a_word() -> None:
    assert kinds("o tempora, zei de voorzitter\n")[0][0] == "paragraph"


WRAPPED = """De leden bespreken het voorstel van de werkgroep over het nieuwe reglement,
dat in januari al eens op de agenda stond en toen werd uitgesteld omdat de
cijfers van het voorbije jaar nog niet volledig waren. Iedereen is het eens.
"""


def test_text_below_a_numbered_title_that_was_not_full_is_no_part_of_it() -> None:
    text = WRAPPED + "\n2. Stand van zaken van de projecten in de deelgemeenten\nKarim bezorgt de cijfers tegen mei.\n"
    assert kinds(text)[1:] == [
        (BlockKind.LIST_ITEM.value, "2.", "Stand van zaken van de projecten in de deelgemeenten"),
        (BlockKind.PARAGRAPH.value, "", "Karim bezorgt de cijfers tegen mei."),
    ]


def test_a_numbered_sentence_goes_on_in_lower_case() -> None:
    text = WRAPPED + "\n2. Stand van zaken van de projecten in de deelgemeenten\nen in de wijken van de stad.\n"
    assert [kind for kind, *_ in kinds(text)] == ["paragraph", "list-item"]


def test_lines_that_begin_with_the_same_word_in_capitals_are_apart() -> None:
    text = WRAPPED + "\nTODO [marco] relancer les adhérents qui n'ont pas encore payé leur cotisation\n"
    text += "TODO [nono] déclarer le changement de bureau à la préfecture\n"
    assert len(kinds(text)) == 3
