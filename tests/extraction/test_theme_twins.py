"""The trained themes: a Dutch item and its French twin are about the same; the items are invented."""

import pytest

from minutes_nlp.extraction.theme_model import shipped_themes, theme_features
from minutes_nlp.extraction.themes import ItemTexts, items_of

TWINS = [
    (
        ("Begroting 2027", "De penningmeester licht de inkomsten en uitgaven toe."),
        ("Budget 2027", "Le trésorier présente les recettes et les dépenses."),
    ),
    (
        ("Jaarrekening", "De rekeningen sluiten af met een overschot."),
        ("Comptes annuels", "Les comptes se clôturent par un excédent."),
    ),
    (
        ("Subsidies", "De subsidieaanvraag wordt ingediend bij het gewest."),
        ("Subventions", "La demande de subvention est introduite auprès de la région."),
    ),
    (
        ("Nieuwe website", "De website en de nieuwsbrief worden vernieuwd."),
        ("Nouveau site web", "Le site web et la lettre d'information sont renouvelés."),
    ),
    (
        ("Zomerfeest", "Het evenement vindt plaats in juli; we zoeken helpers voor het feest."),
        ("Fête d'été", "L'événement a lieu en juillet ; nous cherchons de l'aide pour la fête."),
    ),
    (
        ("Goedkeuring verslag", "Het verslag van de vorige vergadering wordt goedgekeurd."),
        ("Approbation du procès-verbal", "Le procès-verbal de la réunion précédente est approuvé."),
    ),
    (("Rondvraag", ""), ("Tour de table", "")),
    (("Varia", ""), ("Divers", "")),
    (("Opening en welkom", ""), ("Ouverture et bienvenue", "")),
    (
        ("Personeel", "Voor de vacature van boekhouder zijn er vier kandidaten."),
        ("Personnel", "Quatre personnes ont répondu à l'offre d'emploi de comptable."),
    ),
    (
        ("Aankoop bestelwagen", "Drie offertes zijn ontvangen voor deze overheidsopdracht."),
        ("Achat d'une camionnette", "Trois offres ont été reçues pour ce marché public."),
    ),
    (
        ("Bescherming van persoonsgegevens", "De privacyverklaring volgt de AVG."),
        ("Protection des données personnelles", "La déclaration de vie privée suit le RGPD."),
    ),
    (
        ("Opleiding vrijwilligers", "De vorming over eerste hulp gaat in mei door."),
        ("Formation des bénévoles", "La formation aux premiers secours a lieu en mai."),
    ),
    (
        ("Statuten", "De raad van bestuur stelt nieuwe statuten voor."),
        ("Statuts", "Le conseil d'administration propose de nouveaux statuts."),
    ),
    (
        ("Verkiezing van het bestuur", "De bestuursleden worden voor drie jaar verkozen."),
        ("Élection du comité", "Les membres du comité sont élus pour trois ans."),
    ),
    (
        ("Verkeersveiligheid", "Het fietspad langs de steenweg wordt heraangelegd."),
        ("Sécurité routière", "La piste cyclable le long de la chaussée est réaménagée."),
    ),
    (
        ("Ruimtelijke ordening", "De omgevingsvergunning en de verkaveling worden besproken."),
        ("Aménagement du territoire", "Le permis d'urbanisme et le lotissement sont examinés."),
    ),
    (
        ("Samenwerking", "De samenwerkingsovereenkomst met de partners wordt verlengd."),
        ("Collaboration", "La convention de partenariat est prolongée avec les partenaires."),
    ),
    (
        ("Evaluatie", "De resultaten van de enquête en de evaluatie worden toegelicht."),
        ("Évaluation", "Les résultats de l'enquête et de l'évaluation sont présentés."),
    ),
    (
        ("Gebouw", "Het dak van het lokaal lekt; de zaal wordt hersteld."),
        ("Bâtiment", "Le toit du local fuit ; la salle sera réparée."),
    ),
    (
        ("Afval en milieu", "Het sorteren van afval en de natuur in het park."),
        ("Déchets et environnement", "Le tri des déchets et la nature dans le parc."),
    ),
    (
        ("Energie", "Zonnepanelen op het dak en isolatie verlagen het energieverbruik."),
        ("Énergie", "Des panneaux solaires sur le toit et l'isolation réduisent la consommation d'énergie."),
    ),
    (
        ("Onderwijs", "De school en de leerkrachten vragen meer klassen."),
        ("Enseignement", "L'école et les enseignants demandent plus de classes."),
    ),
    (
        ("Leden", "De ledenwerving loopt goed; nieuwe leden betalen lidgeld."),
        ("Membres", "Le recrutement de membres va bien ; les nouveaux membres paient leur cotisation."),
    ),
    (
        ("Bibliotheek en cultuur", "De tentoonstelling in het museum en de concerten."),
        ("Bibliothèque et culture", "L'exposition au musée et les concerts."),
    ),
    (
        ("Huisvesting", "Sociale woningen en de huurprijs van woningen."),
        ("Logement", "Les logements sociaux et le loyer des logements."),
    ),
    (
        ("Inspraak", "De bewoners geven hun mening in een participatietraject."),
        ("Participation", "Les habitants donnent leur avis dans un processus participatif."),
    ),
    (
        ("Servers", "De software en de databank verhuizen naar een nieuwe server."),
        ("Serveurs", "Le logiciel et la base de données déménagent vers un nouveau serveur."),
    ),
    (
        ("Datastandaarden", "Het model en de woordenlijst van de standaard worden gepubliceerd."),
        ("Standards de données", "Le modèle et le vocabulaire du standard sont publiés."),
    ),
    (
        ("Jeugd", "De speelpleinwerking en de jeugdvereniging krijgen een lokaal."),
        ("Jeunesse", "La plaine de jeux et le mouvement de jeunesse reçoivent un local."),
    ),
]


def themes_of(language: str, item: tuple[str, str]) -> frozenset[str]:
    title, content = item
    (seen,) = items_of([ItemTexts({language: [title]}, {language: [content]} if content else {})])
    return frozenset(shipped_themes().choose(theme_features(seen)))


def test_most_twins_have_the_same_themes() -> None:
    different = [(nl[0], themes_of("nl", nl), themes_of("fr", fr)) for nl, fr in TWINS]
    different = [entry for entry in different if entry[1] != entry[2]]
    assert len(different) <= 0.15 * len(TWINS), different


def test_nearly_all_twins_share_a_theme() -> None:
    apart = [(nl[0], fr[0]) for nl, fr in TWINS if not themes_of("nl", nl) & themes_of("fr", fr)]
    assert len(apart) <= 1, apart


@pytest.mark.parametrize(
    ("language", "item", "theme"),
    [
        ("nl", TWINS[0][0], "finance"),
        ("fr", TWINS[0][1], "finance"),
        ("nl", TWINS[3][0], "communication"),
        ("fr", TWINS[3][1], "communication"),
        ("nl", ("Varia", ""), "meeting-procedure"),
        ("fr", ("Divers", ""), "meeting-procedure"),
    ],
)
def test_plain_items_have_their_theme(language: str, item: tuple[str, str], theme: str) -> None:
    assert theme in themes_of(language, item)


@pytest.mark.parametrize("item", [twin for pair in TWINS for twin in pair])
def test_one_to_three_themes_and_procedure_alone(item: tuple[str, str]) -> None:
    found = themes_of("fr", item)
    assert 1 <= len(found) <= 3
    assert "meeting-procedure" not in found or found == {"meeting-procedure"}
