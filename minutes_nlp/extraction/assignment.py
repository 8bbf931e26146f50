"""The owners of an action that was found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from minutes_nlp.extraction.base import OwnerMention
from minutes_nlp.extraction.columns import Column
from minutes_nlp.extraction.linear import LinearModel
from minutes_nlp.extraction.names import Mention, Named, Names, is_first_name, is_no_name, owner_words
from minutes_nlp.extraction.owner_candidates import candidates
from minutes_nlp.extraction.owners import Held, Holder, opening_of
from minutes_nlp.extraction.signals import Signals, announces
from minutes_nlp.extraction.units import Shape, Unit
from minutes_nlp.language.normalise import CELL_SEPARATOR
from minutes_nlp.resources.lexicon import either, words_cache
from minutes_nlp.spans import CharSpan

_EDGES = " .;:*_()[]"
_UNLIKELY = 0.1  # a probability below which a name is no owner, whatever the rules say
_INITIAL = re.compile(r"[^\W\d_]\.")  # as only a person has before the name
_INFINITIVE = "S=cue.infinitive_start"
_APART = frozenset({"bracket", "arrow"})
_ANNOUNCING = (":", "?")  # how a line ends that announces a list


def owners_of(
    units: Sequence[Unit], seen: Sequence[Signals], names: Names, ranker: LinearModel | None = None
) -> tuple[OwnerMention, ...]:
    """Who has to do what the units say, spans in the normalised text; empty if nobody is named.

    The cell of an action table that tells who comes before any words of the row; else the surest way of naming an
    owner that the units use: label, prefix, bracket, subject, addressee, agent; else whom a sentence begins with; else
    whom the list or the heading names. A ranker takes out whom it thinks unlikely, and names those whom it
    thinks likely where the rules find nobody; but a name within a task put as an infinitive (`Contacter Odile`) is
    what the task is about.
    """
    cell = units[0].cell(Column.WHO)
    if cell:
        return tuple(_of_cell(units[0], cell, names))
    found = _by_rules(units, seen, names)
    if ranker is not None:
        found = _ranked(found, units, seen, names, ranker)
    return tuple({owner.name: owner for owner in found}.values())


def _ranked(
    found: Sequence[OwnerMention], units: Sequence[Unit], seen: Sequence[Signals], names: Names, ranker: LinearModel
) -> list[OwnerMention]:
    """The owners found whom the ranker does not think unlikely; if none was found, those whom it thinks likely."""
    likely: dict[str, float] = {}
    offered: list[OwnerMention] = []
    for candidate in candidates(units, seen, names):
        unit = units[candidate.unit]
        owner = _owner(candidate.mention, unit.span.start, unit.language)
        probability = ranker.probability(dict.fromkeys(candidate.features, 1.0))
        likely[owner.name] = max(probability, likely.get(owner.name, 0.0))
        if _INFINITIVE not in candidate.features or candidate.features & _APART:
            offered.append(owner)
    if not found:
        return [owner for owner in offered if likely[owner.name] >= ranker.threshold]
    return [owner for owner in found if owner.span is None or likely.get(owner.name, 1.0) >= _UNLIKELY]


def _by_rules(units: Sequence[Unit], seen: Sequence[Signals], names: Names) -> list[OwnerMention]:
    found = list(_of_row(units[0], names)) if units[0].shape is Shape.ROW else []
    if not found:
        found = list(_of_holders(units, seen))
    if not found:
        found = next((owners for unit in units if (owners := _of_opening(unit, names))), [])
    if not found:
        found = _of_sentence_before(units[0], names)
    if not found:
        listed = bool(seen[0].features & {"place.heading_action", "place.lead_action", "place.above_action"})
        found = list(_of_list(units[0], names, listed))
    return found


def _of_sentence_before(unit: Unit, names: Names) -> list[OwnerMention]:
    """The attendee of the sentence before, if the passage begins with a pronoun (`Zij schrijft de brief.`).

    It is the one whom that sentence begins with, or the only one in it; a pronoun that stands for nobody (`il faut`)
    has none.
    """
    words = owner_words(unit.language)
    at = opening_of(unit.text, words)[0]
    if not words.pronouns.match(unit.text, at) or words.impersonal.match(unit.text, at):
        return []
    if unit.first and unit.shape is not Shape.PROSE:
        return []
    people = [mention for mention in names.mentions(unit.before, unit.language) if _is_person(mention, names)]
    first = people[0].name if people and people[0].span.start <= opening_of(unit.before, words)[0] else None
    named = {mention.name for mention in people}
    joined = any(len(series) > 1 and series[0] == people[0] for series in names.coordinated(unit.before, unit.language))
    if first and not joined:
        return [OwnerMention(first)]
    return [OwnerMention(name) for name in named] if len(named) == 1 else []


def _is_person(mention: Mention, names: Names) -> bool:
    return mention.kind is Named.ATTENDEE and mention.name not in names.organisations


def announcements(unit: Unit, text: str) -> Iterator[CharSpan]:
    """The lines that announce the list a unit stands in (`Tegen vrijdag:`), the nearest first.

    Args:
        unit: of the normalised text.
        text: the whole normalised text; the spans count from its start.
    """
    for lead in reversed(unit.leads):
        start = text.rfind(lead, 0, unit.span.start) if lead.rstrip().endswith(_ANNOUNCING) else -1
        if start >= 0:
            yield CharSpan(start, start + len(lead))


@words_cache()
def _parts() -> re.Pattern[str]:
    """What stands between the owners in a cell; an ampersand within an abbreviation (`P&O`) does not."""
    return re.compile(rf"\s*(?:[,;/+\n]|&(?![A-ZÀ-Ý]{{1,3}}(?!\w))|\s(?:{either('conjunctions')})\s)\s*")


def _of_holders(units: Sequence[Unit], seen: Sequence[Signals]) -> Iterator[OwnerMention]:
    """The owners that the units name in the surest way that the first of them uses."""
    parts: set[Holder] = set()
    for unit, signals in zip(units, seen, strict=True):
        for held in _surest(signals.held):
            if parts and held.part not in parts:
                continue
            mentions = _people(held.mentions, unit)
            if mentions:
                parts.add(held.part)
            yield from (_owner(mention, unit.span.start, unit.language) for mention in mentions)


def _people(mentions: Sequence[Mention], unit: Unit) -> list[Mention]:
    """Those that are owners: no label, article or single letter, nor the function of one named beside it."""
    words = owner_words(unit.language)
    kept: list[Mention] = []
    for mention, following in zip_longest(mentions, mentions[1:]):
        if mention.kind is Named.PROPER and is_no_name(mention.name, unit.language):
            continue
        if kept and words.functions.fullmatch(mention.name) and kept[-1].kind is Named.ATTENDEE and not following:
            between = unit.text[kept[-1].span.end : mention.span.start]
            if between.strip() == ",":
                continue  # `An Claes, voorzitter`
        if following and following.kind in (Named.ATTENDEE, Named.PROPER) and words.functions.search(mention.name):
            between = unit.text[mention.span.end : following.span.start]
            if words.titles.fullmatch(between.lstrip()):
                continue  # `schepen Claes`
        kept.append(mention)
    return kept


def _of_opening(unit: Unit, names: Names) -> list[OwnerMention]:
    """The attendees, handles or groups that a sentence begins with, whatever it says that they do.

    Functions and titles may stand before them; a word in lower case that is no preposition follows.
    """
    series = names.coordinated(unit.text, unit.language)
    if not series or any(mention.kind is Named.PROPER for mention in series[0]):
        return []
    words = owner_words(unit.language)
    opening, _ = opening_of(unit.text, words)
    start, end = series[0][0].span.start, series[0][-1].span.end
    titles = words.titles.match(unit.text, opening)
    if start > max(opening, titles.end() if titles else 0) or not words.before_verb.match(unit.text, end):
        return []
    return [_owner(mention, unit.span.start, unit.language) for mention in _people(series[0], unit)]


def _surest(held: Sequence[Held]) -> Iterator[Held]:
    """All of the surest part, but one subject only; of a bracket with people and an organisation the people only.

    By whom something will be done is surer than a subject of which nothing is known but its capital.
    """
    agents = [entry for entry in held if entry.part is Holder.AGENT]
    if agents and held[0].part is Holder.SUBJECT and all(m.kind is Named.PROPER for m in held[0].mentions):
        held = agents
    for entry in held:
        if entry.part is not held[0].part:
            return
        people = tuple(m for m in entry.mentions if m.kind in (Named.ATTENDEE, Named.HANDLE) or _INITIAL.match(m.name))
        whole = entry.part is not Holder.TRAILING or not people
        yield entry if whole else Held(entry.part, people)
        if entry.part is Holder.SUBJECT:
            yield from _further_subjects(held)
            return


def _further_subjects(held: Sequence[Held]) -> Iterator[Held]:
    """The attendees who are subjects of further clauses (`An belt de drukker, Bram haalt de affiches`)."""
    return (e for e in held[1:] if e.part is Holder.SUBJECT and e.mentions[0].kind is Named.ATTENDEE)


def _of_list(unit: Unit, names: Names, listed: bool) -> Iterator[OwnerMention]:
    """The people under whose name the unit is listed: the nearest lead-in or heading that is nothing but names.

    In a list of actions (`listed`) any proper name will do, elsewhere only people who attend: a heading with the name
    of an organisation is about it. A pronoun as the subject may stand for a person above, never for an organisation.
    """
    words = owner_words(unit.language)
    pronoun = words.pronouns.match(unit.text, opening_of(unit.text, words)[0])
    people_only = not listed or pronoun is not None
    for title in (*reversed(unit.leads), *reversed(unit.headings[-1:])):
        if announces(title, unit.language, "actions", "action"):
            continue  # `TODO-LIST` is nobody
        found = _nothing_but_names(title.strip(_EDGES + "-–"), unit.language, names, sure=not listed)
        if found:
            group = any(m.kind is Named.GROUP or m.name in names.organisations for m in found)
            yield from (OwnerMention(mention.name) for mention in found if not (group and people_only))
            return


def _of_row(unit: Unit, names: Names) -> Iterator[OwnerMention]:
    """The people of a row without a header: those of the first cell that is nothing but names."""
    at = 0
    for cell in unit.text.split(CELL_SEPARATOR):
        found = _nothing_but_names(cell.strip(_EDGES), unit.language, names, sure=True)
        start = at + len(cell) - len(cell.lstrip(_EDGES))
        at += len(cell) + len(CELL_SEPARATOR)
        if found:
            yield from (_owner(mention, unit.span.start + start, unit.language) for mention in found)
            return


def _nothing_but_names(text: str, language: str, names: Names, *, sure: bool) -> list[Mention]:
    """The names of a text that consists of nothing else; with `sure`, only of known people and of groups."""
    if text[:1].isupper() and text.isalpha() and is_first_name(text):
        return [Mention(names.full.get(text, text), CharSpan(0, len(text)), Named.PROPER)]
    series = names.coordinated(text, language)
    if len(series) != 1 or (sure and any(m.kind is Named.PROPER and not is_first_name(m.name) for m in series[0])):
        return []
    begins = owner_words(language).articles.match(text)
    starts = series[0][0].span.start <= max(1, begins.end() if begins else 0)
    return series[0] if starts and series[0][-1].span.end >= len(text) - 1 else []


def _owner(mention: Mention, start: int, language: str) -> OwnerMention:
    span = mention.span.shift(start)
    name = mention.name
    if mention.kind is Named.GROUP or (mention.kind is Named.PROPER and name.split()[-1].isupper()):
        article = owner_words(language).articles.match(name)
        cut = article.end() if article else 0
        name, span = name[cut:], CharSpan(span.start + cut, span.end)
    return OwnerMention(name, span)


def _of_cell(unit: Unit, cell: CharSpan, names: Names) -> Iterator[OwnerMention]:
    """The names of a cell: its parts, each cut down to the people known in it, or else the organisation."""
    text = cell.shift(-unit.span.start).text(unit.text)
    group = _nothing_but_names(text, unit.language, names, sure=True)
    if len(group) == 1 and group[0].kind is Named.GROUP:
        yield _owner(group[0], cell.start, unit.language)  # `dienst Jeugd en Sport`
        return
    at = 0
    for part in [*_parts().split(text)]:
        begin = text.find(part, at)
        at = begin + len(part)
        inner = CharSpan(begin, at).trim(text, _EDGES)
        if not inner.length or not re.search(r"\w", inner.text(text)):
            continue
        known = [m for m in names.mentions(inner.text(text), unit.language) if m.kind is Named.ATTENDEE]
        people = [mention for mention in known if _is_person(mention, names)] or known[:1]
        for mention in people:
            yield OwnerMention(mention.name, mention.span.shift(inner.start + cell.start))
        if not people:
            named = CharSpan(inner.start, _before_bracket(text, inner)).trim(text, _EDGES)
            yield OwnerMention(named.text(text), named.shift(cell.start))


def _before_bracket(text: str, span: CharSpan) -> int:
    """Where what a span says ends: before a bracket behind its first word, or with the span."""
    bracket = re.compile(r"(?<=\w)\s*\(").search(text, span.start, span.end)
    return bracket.start() if bracket else span.end
