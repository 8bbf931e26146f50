"""Blocks with gold tags to learn from, and how tags are scored."""

from dataclasses import replace

import pytest

from minutes_nlp.training.corpus import Example, written_examples
from minutes_nlp.training.layout import TAGS, TaggedBlocks, tagged
from minutes_nlp.training.layout_scores import corrected, groups_of, score_tags

MARKED = """⟦META|lang=nl|title=Verslag van het bestuur⟧
Verslag van het bestuur

Aanwezig: ⟦P|status=present⟧Lotte Wouters⟦/P⟧, ⟦P|status=present⟧Karim Benali⟦/P⟧

Agenda:
1. Begroting
2. Zomerfeest

⟦H1|themes=finance⟧## Begroting
De raming voor volgend jaar ligt klaar en wordt door het hele bestuur nagelezen.

⟦H2⟧### Subsidies
De aanvraag is vorige week ingediend bij de stad en wacht nog op een antwoord.

⟦H1|themes=events⟧## Zomerfeest
| Wat | Wie |
|---|---|
⟦A|owners=Lotte Wouters⟧| Tent huren voor het feest | Lotte Wouters |⟦/A⟧
"""


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Example:
    folder = tmp_path_factory.mktemp("written")
    (folder / "nl-1.txt").write_text(MARKED, encoding="utf-8")
    (found,) = written_examples(folder)
    return found


@pytest.fixture(scope="module")
def blocks(example: Example) -> TaggedBlocks:
    (found,) = tagged([example])
    return found


def test_every_block_is_tagged_by_what_gold_says_of_it(blocks: TaggedBlocks) -> None:
    assert blocks.tags == [
        *("title", "attendance"),
        *("metadata", "agenda-list", "agenda-list"),
        *("h1", "body", "h2", "body"),
        *("h1", "body", "row"),
    ]


def test_the_rules_give_tags_of_the_same_list(blocks: TaggedBlocks) -> None:
    assert len(blocks.rules) == len(blocks.tags)
    assert set(blocks.rules) <= set(TAGS)
    assert blocks.rules[5] == "h1"


def test_features_tell_form_words_neighbours_and_rules(blocks: TaggedBlocks) -> None:
    begroting = set(blocks.signs[5])
    assert {"r=h1", "s=marked2", "all=begroting", "announced h1"} <= begroting
    assert any(sign.startswith("+1") for sign in begroting)
    assert "+1none" in blocks.signs[-1]


def test_gold_does_not_leak_into_the_features(example: Example, blocks: TaggedBlocks) -> None:
    nothing = {"agenda_items": [], "actions": [], "attendance": [], "schedule": [], "meeting": {"title": None}}
    (blind,) = tagged([replace(example, gold=nothing)])
    assert blind.signs == blocks.signs
    assert blind.tags != blocks.tags


def test_a_document_without_blocks_is_left_out(example: Example) -> None:
    empty = replace(example, document=replace(example.document, text="", blocks=()))
    assert list(tagged([empty])) == []


def test_headings_are_scored_with_and_without_their_level() -> None:
    scores = score_tags([(["h1", "h2", "body", "h1"], ["h1", "h1", "body", "body"])])
    assert scores.agenda == pytest.approx(2 * 1 / (2 + 2))
    assert scores.agenda_all == pytest.approx(2 * 2 / (3 + 2))
    assert scores.level == pytest.approx(1 / 2)
    assert scores.micro == pytest.approx(2 / 4)
    assert scores.of_tag["h2"] == 0.0


def test_no_documents_score_nothing() -> None:
    assert score_tags([]).agenda == score_tags([]).macro == 0.0


def test_a_body_lies_in_one_group_and_groups_are_of_like_size() -> None:
    bodies = ["a"] * 4 + ["b"] * 3 + ["c"] * 2 + ["d"]
    groups = groups_of(bodies, 2)
    assert set(groups) == {"a", "b", "c", "d"}
    assert sorted(sum(groups[body] == number for body in bodies) for number in (0, 1)) == [5, 5]
    assert groups_of(bodies[::-1], 2) == groups


@pytest.mark.parametrize(
    ("rule", "chances", "expected"),
    [
        ("h1", {"h1": 0.3, "body": 0.7}, "h1"),
        ("h1", {"h1": 0.05, "body": 0.95}, "body"),
        ("h1", {"h1": 0.1, "h2": 0.85, "body": 0.05}, "h2"),
        ("h1", {"h1": 0.3, "h2": 0.6, "body": 0.1}, "h1"),
        ("body", {"h1": 0.4, "h2": 0.45, "body": 0.15}, "h2"),
        ("body", {"h1": 0.5, "body": 0.5}, "body"),
        ("attendance", {"title": 0.95, "body": 0.05}, "attendance"),
    ],
)
def test_rules_yield_only_where_the_model_is_sure(rule: str, chances: dict[str, float], expected: str) -> None:
    assert corrected([rule], [chances], 0.8) == [expected]
