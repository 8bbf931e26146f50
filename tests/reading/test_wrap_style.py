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
