"""An action item of a later meeting is the earlier action only where it says nearly the same."""

import sqlite3

import pytest

from tests.invented_minutes import events, minutes, proposals, put

FIRST = "! Noor bezorgt de plannen van het kerkplein aan de architect {tegen 1 mei 2024=2024-05-01} @Noor Verbiest"


def two(db: sqlite3.Connection, later: str, first: str = FIRST, day: str = "2024-06-03", language: str = "nl") -> None:
    put(db, minutes("a.txt", "2024-03-04", first), minutes("b.txt", day, later, language=language))


@pytest.mark.parametrize(
    ("later", "kinds"),
    [
        ("! Noor bezorgt de plannen van het kerkplein aan de architect @Noor Verbiest", ["restated"]),
        ("! Plannen van het kerkplein bezorgen aan de architect @Noor", ["restated"]),
        ("! Plannen van het kerkplein aan de architect bezorgen @Fien Draulans", ["reassigned"]),
        (
            "! Noor bezorgt de plannen van het kerkplein aan de architect {tegen 1 juli=2024-07-01} @Noor Verbiest",
            ["postponed"],
        ),
        (
            "! Fien bezorgt de plannen van het kerkplein aan de architect {tegen 1 juli=2024-07-01} @Fien",
            ["reassigned", "postponed"],
        ),
        ("x Noor bezorgt de plannen van het kerkplein aan de architect: gedaan @Noor Verbiest", ["done"]),
        ("De plannen van het kerkplein werden aan de architect bezorgd.", ["done"]),
        ("De plannen van het kerkplein voor de architect worden geschrapt.", ["dropped"]),
        ("De plannen van het kerkplein voor de architect worden uitgesteld.", ["postponed"]),
    ],
)
def test_what_a_later_passage_changes(db: sqlite3.Connection, later: str, kinds: list[str]) -> None:
    two(db, later)
    assert events(db, "Noor bezorgt") == [("2024-03-04", "created"), *[("2024-06-03", kind) for kind in kinds]]


@pytest.mark.parametrize(
    "later",
    [
        "! De plannen van het stationsplein aan de aannemer bezorgen @Noor Verbiest",
        "! Fien haalt de sleutels van de turnzaal op @Fien Draulans",
        "De plannen van het kerkplein werden nog niet aan de architect bezorgd.",
        "De plannen van het kerkplein zullen aan de architect bezorgd worden.",
        "Als de plannen van het kerkplein aan de architect bezorgd zijn, volgt een offerte.",
        "De plannen van het kerkplein zijn mooi.",
        "De zaal werd gereserveerd.",
    ],
)
def test_what_changes_nothing(db: sqlite3.Connection, later: str) -> None:
    two(db, later)
    assert events(db, "Noor bezorgt") == [("2024-03-04", "created")]


@pytest.mark.parametrize(
    ("first", "later"),
    [
        ("! Jan werkt issue 12 van de woordenlijst bij @Jan", "! Jan werkt issue 14 van de woordenlijst bij @Jan"),
        (
            "! Noor stuurt de uitnodiging van de volgende vergadering rond",
            "! Noor stuurt de uitnodiging van de volgende vergadering rond",
        ),
        ("x De factuur van de drukker betalen @Fien", "! De factuur van de drukker betalen @Fien"),
        (
            "! Het verslag van de werkgroep dienstverlening nalezen",
            "! Het verslag van de werkgroep organisatie nalezen",
        ),
    ],
    ids=["another number", "what comes back at every meeting", "done before", "one word that tells them apart"],
)
def test_what_is_only_alike_stays_another_action(db: sqlite3.Connection, first: str, later: str) -> None:
    two(db, later, first)
    assert db.execute("SELECT count(*) FROM ledger_actions").fetchone() == (2,)


def test_what_is_not_sure_is_proposed_and_changes_nothing(db: sqlite3.Connection) -> None:
    first = "! Noor vraagt een offerte voor het dak van de school en de turnzaal @Noor"
    two(db, "! Een offerte voor het dak, te vragen bij drie firma's @Fien", first)
    assert events(db, "Noor vraagt") == [("2024-03-04", "created")]
    assert [kind for kind, _ in proposals(db)] == ["reassigned"]


def test_an_action_said_to_be_open_again_is_reopened(db: sqlite3.Connection) -> None:
    put(
        db,
        minutes("a.txt", "2024-03-04", FIRST),
        minutes("b.txt", "2024-06-03", "De plannen van het kerkplein werden aan de architect bezorgd."),
        minutes("c.txt", "2024-09-02", "! De plannen van het kerkplein aan de architect bezorgen: niet gebeurd @Noor"),
    )
    assert [kind for _, kind in events(db, "Noor bezorgt")] == ["created", "done", "reopened"]


def test_minutes_without_a_day_close_nothing(db: sqlite3.Connection) -> None:
    put(
        db,
        minutes("a.txt", "2024-03-04", FIRST),
        minutes("b.txt", None, "De plannen van het kerkplein werden aan de architect bezorgd."),
    )
    assert events(db, "Noor bezorgt") == [("2024-03-04", "created")]
    assert proposals(db) == [("done", "De plannen van het kerkplein werden aan de architect bezorgd.")]


def test_another_group_says_nothing_of_it(db: sqlite3.Connection) -> None:
    later = "De plannen van het kerkplein werden aan de architect bezorgd."
    put(
        db,
        minutes("a.txt", "2024-03-04", FIRST),
        minutes("b.txt", "2024-06-03", later, body="stuurgroep Lindebeke"),
        minutes("c.txt", "2024-02-05", later),
    )
    assert events(db, "Noor bezorgt") == [("2024-03-04", "created")]
    assert proposals(db) == []


def test_a_french_sentence_closes_a_dutch_action(db: sqlite3.Connection) -> None:
    first = "! Noor bezorgt de contactgegevens van de huisartsen van de gemeente @Noor"
    two(db, "Les coordonnées des médecins généralistes de la commune ont été transmises.", first, language="fr")
    assert events(db, "Noor bezorgt")[1:] == [("2024-06-03", "done")]


def test_a_french_item_that_says_the_same_goes_on_with_a_dutch_action(db: sqlite3.Connection) -> None:
    first = "! Noor vraagt een offerte voor de verwarmingsketel van de school {tegen 1 mei=2024-05-01} @Noor Verbiest"
    later = "! Noor demande un devis pour la chaudière de l'école {pour le 1er juillet=2024-07-01} @Noor Verbiest"
    two(db, later, first, language="fr")
    assert events(db, "Noor vraagt")[1:] == [("2024-06-03", "postponed")]


def test_a_closed_point_closes_the_only_action_under_it(db: sqlite3.Connection) -> None:
    first = "# 3. Zomerfeest\n! Noor hangt de affiches in de winkels op @Noor"
    two(db, "# 2. Zomerfeest\nDit punt is afgesloten.", first)
    assert events(db, "Noor hangt")[1:] == [("2024-06-03", "done")]


def test_a_closed_point_with_several_actions_is_proposed_for_each(db: sqlite3.Connection) -> None:
    first = "# 3. Zomerfeest\n! Noor hangt de affiches op @Noor\n! Fien bestelt de tent @Fien"
    two(db, "# 2. Zomerfeest\nDit punt is afgesloten.", first)
    assert [kind for kind, _ in proposals(db)] == ["done", "done"]
    assert db.execute("SELECT count(*) FROM ledger_actions WHERE status <> 'open'").fetchone() == (0,)


def test_meetings_that_do_not_speak_of_an_action_are_counted(db: sqlite3.Connection) -> None:
    days = ("2024-03-04", "2024-04-01", "2024-05-06", "2024-06-03")
    texts = (FIRST, "! Noor bezorgt de plannen van het kerkplein aan de architect @Noor", "Niets.", "Niets.")
    put(db, *[minutes(f"{day}.txt", day, text) for day, text in zip(days, texts, strict=True)])
    assert db.execute("SELECT last_sign_on, silent_meetings FROM ledger_actions").fetchall() == [("2024-04-01", 2)]


@pytest.mark.parametrize(
    ("row", "actions"),
    [
        ("! Plannen kerkplein, architect, open {1 mei 2024=2024-05-01} @Noor Verbiest", 1),
        ("! Plannen kerkplein, architect, open {2 mei 2024=2024-05-02} @Noor Verbiest", 2),
        ("! Plannen kerkplein, architect, open {1 mei 2024=2024-05-01} @Fien Draulans", 2),
        ("! Plannen kerkplein, architect, open @Noor Verbiest", 2),
        ("! De sleutels van de turnzaal ophalen {1 mei 2024=2024-05-01} @Noor Verbiest", 2),
    ],
)
def test_a_row_with_the_same_owner_deadline_and_words_is_the_action_above_it(
    db: sqlite3.Connection, row: str, actions: int
) -> None:
    put(db, minutes("a.txt", "2024-03-04", f"{FIRST}\n{row}"))
    assert db.execute("SELECT count(*) FROM open_actions").fetchone() == (actions,)


@pytest.mark.parametrize(
    ("later", "proposed"),
    [
        ("x Plannen van het kerkplein (Noor): afgewerkt en op de schijf geplaatst @Noor Verbiest", True),
        ("x Plannen van het kerkplein (Fien): afgewerkt en op de schijf geplaatst @Fien Draulans", False),
        ("x Sleutels van de turnzaal (Noor): afgehaald en op de schijf geplaatst @Noor Verbiest", False),
    ],
)
def test_what_its_owner_has_done_in_other_words_is_asked(db: sqlite3.Connection, later: str, proposed: bool) -> None:
    two(db, later)
    assert ("done" in {kind for kind, _ in proposals(db)}) is proposed
    assert events(db, "Noor bezorgt") == [("2024-03-04", "created")]
