"""Several minutes of one meeting: versions, the same text in two files, two languages."""

import json
import sqlite3

import pytest

from minutes_nlp.ledger import refresh
from minutes_nlp.query.decisions import find_decisions
from minutes_nlp.store.write import mark_missing
from tests.invented_minutes import NOON, events, minutes, put

DUTCH = """
# 1. Budget
= De werkgroep keurt een krediet van 1.250 euro voor de speelpleinen goed.
# 2. Verwarming
! Noor vraagt een offerte voor de verwarmingsketel van de school {tegen 15 april 2024=2024-04-15} @Noor Verbiest
! Fien bezorgt de lijst van de leden aan de gemeente @Fien Draulans
"""
FRENCH = """
# 1. Budget
= Le groupe approuve un crédit de 1.250 euros pour les plaines de jeux.
# 2. Chauffage
! Noor demande un devis pour la chaudière de l'école {pour le 15 avril 2024=2024-04-15} @Noor Verbiest
! Fien transmet la liste des membres à la commune @Fien Draulans
"""
DRAFT = "! Noor maakt de affiche voor het zomerfeest @Noor\nDe leden bespreken de planning van de winter."


def count(db: sqlite3.Connection, table: str) -> int:
    return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def issues(db: sqlite3.Connection, code: str) -> list[dict[str, str]]:
    return [json.loads(row[0]) for row in db.execute("SELECT details FROM issues WHERE code = ? ORDER BY 1", (code,))]


@pytest.mark.parametrize(
    ("draft", "approved"),
    [
        ("2024-03-04-ontwerp.txt", "2024-03-04.txt"),
        ("2024-03-04.txt", "2024-03-04-goedgekeurd.txt"),
        ("2024-03-04_v1.txt", "2024-03-04_v2.txt"),
        ("projet-de-pv.txt", "pv-approuvé.txt"),
    ],
)
def test_the_approved_version_counts(db: sqlite3.Connection, draft: str, approved: str) -> None:
    changed = DRAFT.replace("affiche", "affiche en de flyer")
    put(db, minutes(draft, "2024-03-04", DRAFT), minutes(approved, "2024-03-04", changed))
    sql = """SELECT d.path, n.path FROM meetings m JOIN documents d ON d.id = m.document_id
        JOIN meetings s ON s.id = m.superseded_by JOIN documents n ON n.id = s.document_id"""
    assert db.execute(sql).fetchall() == [(draft, approved)]
    assert db.execute("SELECT action FROM actions_view").fetchall() == [
        ("Noor maakt de affiche en de flyer voor het zomerfeest",)
    ]
    assert issues(db, "same-meeting-twice") == []


def test_two_files_that_nothing_tells_apart_are_an_issue_and_one_action(db: sqlite3.Connection) -> None:
    put(db, minutes("a.txt", "2024-03-04", DRAFT), minutes("b.txt", "2024-03-04", DRAFT))
    assert issues(db, "same-meeting-twice") == [{"first": "a.txt", "second": "b.txt"}]
    assert db.execute("SELECT count(*) FROM meetings WHERE superseded_by IS NOT NULL").fetchone() == (0,)
    assert count(db, "open_actions") == 1
    assert events(db, "Noor maakt") == [("2024-03-04", "created"), ("2024-03-04", "restated")]
    assert count(db, "pairs") == 0


def test_a_decision_in_two_files_of_the_same_minutes_is_listed_once(db: sqlite3.Connection) -> None:
    put(db, minutes("a.txt", "2024-03-04", DUTCH), minutes("b.txt", "2024-03-04", DUTCH))
    assert [row.document for row in find_decisions(db)] == ["a.txt"]
    assert [row.document for row in find_decisions(db, repeats=True)] == ["a.txt", "b.txt"]


def test_other_decisions_of_the_same_minutes_are_listed_each(db: sqlite3.Connection) -> None:
    more = f"{DUTCH}= De werkgroep kiest Noor als voorzitter van het zomerfeest."
    put(db, minutes("a.txt", "2024-03-04", DUTCH), minutes("b.txt", "2024-03-04", more))
    assert [(row.document, row.decision[:19]) for row in find_decisions(db)] == [
        ("a.txt", "De werkgroep keurt "),
        ("b.txt", "De werkgroep kiest "),
    ]


@pytest.mark.parametrize("day", ["2024-03-04", None])
def test_a_renamed_file_counts_once_under_its_new_name(db: sqlite3.Connection, day: str | None) -> None:
    put(db, minutes("old.txt", day, DRAFT), minutes("other.txt", "2024-05-06", "! Fien telt de fietsen"))
    put(db, minutes("new.txt", day, DRAFT))
    mark_missing(db, ["old.txt"], at=NOON)
    refresh(db, directory=None, corrections=())
    assert sorted(row[0] for row in db.execute("SELECT document FROM open_actions")) == ["new.txt", "other.txt"]
    assert issues(db, "same-meeting-twice") == []


def test_a_file_that_is_gone_without_another_in_its_place_still_counts(db: sqlite3.Connection) -> None:
    put(db, minutes("old.txt", "2024-03-04", DRAFT), minutes("new.txt", "2024-03-04", "! Fien telt de fietsen"))
    mark_missing(db, ["old.txt"], at=NOON)
    refresh(db, directory=None, corrections=())
    assert count(db, "open_actions") == 2


def test_two_meetings_of_one_day_stay_two(db: sqlite3.Connection) -> None:
    put(
        db,
        minutes("a.txt", "2024-03-04", DRAFT),
        minutes("b.txt", "2024-03-04", "! Fien telt de fietsen bij het station"),
    )
    assert count(db, "issues") == 0
    assert count(db, "open_actions") == 2


def test_twins_are_one_decision_and_one_action_each_with_two_passages(db: sqlite3.Connection) -> None:
    put(db, minutes("a.txt", "2024-03-04", DUTCH), minutes("b.txt", "2024-03-04", FRENCH, language="fr"))
    assert db.execute("SELECT kind, count(*) FROM pairs GROUP BY kind").fetchall() == [("action", 2), ("decision", 1)]
    assert count(db, "open_actions") == 2
    assert count(db, "decisions_view") == 1
    assert events(db, "Noor vraagt") == [("2024-03-04", "created"), ("2024-03-04", "translated")]
    assert issues(db, "twins-differ") == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            ("{pour le 15 avril 2024=2024-04-15}", "{pour le 15 mai 2024=2024-05-15}"),
            {"field": "date", "first": "2024-04-15", "second": "2024-05-15"},
        ),
        (("1.250 euros", "1.520 euros"), {"field": "amount", "first": "1250", "second": "1520"}),
    ],
    ids=["date", "amount"],
)
def test_twins_that_disagree_are_an_issue(
    db: sqlite3.Connection, change: tuple[str, str], expected: dict[str, str]
) -> None:
    french = FRENCH.replace(*change)
    put(db, minutes("a.txt", "2024-03-04", DUTCH), minutes("b.txt", "2024-03-04", french, language="fr"))
    assert issues(db, "twins-differ") == [expected]


def test_twins_that_name_other_people_are_an_issue(db: sqlite3.Connection) -> None:
    present = "+ Noor Verbiest\n+ Fien Draulans\n+ Wout Pirlot\n"
    dutch = present + DUTCH.strip()
    french = present + FRENCH.strip().replace("@Fien Draulans", "@Wout Pirlot")
    put(db, minutes("a.txt", "2024-03-04", dutch), minutes("b.txt", "2024-03-04", french, language="fr"))
    assert [found["field"] for found in issues(db, "twins-differ")] == ["name"]


def test_twins_that_count_other_votes_are_an_issue(db: sqlite3.Connection) -> None:
    dutch = "# 1. Budget\n= De werkgroep keurt het budget goed: 12 stemmen voor, 3 tegen, 1 onthouding."
    french = "# 1. Budget\n= Le groupe approuve le budget : 12 voix pour, 2 contre, 1 abstention."
    put(db, minutes("a.txt", "2024-03-04", dutch), minutes("b.txt", "2024-03-04", french, language="fr"))
    assert [found["field"] for found in issues(db, "twins-differ")] == ["vote"]


def test_one_document_with_both_languages_is_paired_too(db: sqlite3.Connection) -> None:
    both = minutes("a.txt", "2024-03-04", DUTCH.strip() + "\n" + FRENCH.strip())
    languages = ["nl", "nl", "fr", "fr"]
    actions = tuple(
        action.model_copy(update={"language": language})
        for action, language in zip(both.actions, languages, strict=True)
    )
    decisions = tuple(
        decision.model_copy(update={"language": language})
        for decision, language in zip(both.decisions, ("nl", "fr"), strict=True)
    )
    put(db, both.model_copy(update={"actions": actions, "decisions": decisions}))
    assert db.execute("SELECT kind, count(*) FROM pairs GROUP BY kind").fetchall() == [("action", 2), ("decision", 1)]
    assert count(db, "open_actions") == 2
