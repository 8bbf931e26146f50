"""Finds date expressions: applies the rules, joins what belongs together, and reads what leads to each."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from minutes_nlp.extraction.dates.expressions import (
    DateExpression,
    DayMonth,
    ExactDay,
    Expression,
    Feast,
    InTime,
    Introduction,
    Month,
    Offset,
    Past,
    Range,
    Recurring,
    RelativePeriod,
    RelativeWeekday,
    ThisMeeting,
    TimeSpan,
    Vague,
    WeekOf,
    Year,
)
from minutes_nlp.extraction.dates.grammar import Alphabet, Match, Pattern
from minutes_nlp.extraction.dates.rules import Need, Rule, rules
from minutes_nlp.extraction.dates.times import find_times
from minutes_nlp.extraction.dates.tokens import TOKEN_CLASSES, Scanner, Token
from minutes_nlp.extraction.dates.words import ALL_LANGUAGES, DateWords, date_words, fold, words_of
from minutes_nlp.resources import words_cache
from minutes_nlp.spans import CharSpan

_OPENERS = "|:;([{\n\t*_-–—•>"
_CLOSERS = "|:;)]}\n\t*_.!–—"
_SHARE = re.compile(r"(?<=\()(?:1/[234]|[23]/[34])(?=\))")  # “half (1/2) of the sum”
_LEADERS = "soft|by|at|during|within|in|after|since|every|of|between|to|edge"
# Classes of the words before a date, the more telling first: “uiterlijk op 3 mei” is introduced by “uiterlijk”.
_INTRODUCTIONS: tuple[tuple[Introduction, frozenset[str]], ...] = (
    ("since", frozenset({"since"})),
    ("every", frozenset({"every"})),
    ("by", frozenset({"by"})),
    ("after", frozenset({"after"})),
    ("within", frozenset({"within", "in"})),
    ("at", frozenset({"at", "during"})),
    ("of", frozenset({"of"})),
    ("article", frozenset({"day_article"})),
)


@dataclass(frozen=True, slots=True)
class Grammar:
    """The rules of a language, compiled, and the patterns that join and extend what they find."""

    words: DateWords
    alphabet: Alphabet
    rules: tuple[tuple[Rule, Pattern], ...]
    leading: Pattern
    trailing: Pattern
    offset: Pattern
    week_of: Pattern
    meeting_of: Pattern
    joint: Pattern


@words_cache()
def _grammar(language: str) -> Grammar:
    words = date_words(language)
    sets = {frozenset(phrase.meaning) for listed in words.phrases.values() for phrase in listed}
    alphabet = Alphabet(sets | TOKEN_CLASSES)

    def pattern(notation: str) -> Pattern:
        return Pattern(notation, alphabet)

    return Grammar(
        words=words,
        alphabet=alphabet,
        rules=tuple((rule, pattern(rule.pattern)) for rule in rules(month_first=words.month_first)),
        leading=pattern(f"( {_LEADERS} comma? )* article?"),
        trailing=pattern(
            "( ( comma? hour_prep? clock / daypart / next !meeting|period|weekday|unit|occasion / here )* "
            "( comma? latest )? )"
        ),
        offset=pattern("n:count|number_word u:unit soft? ( b:before / a:behind ) article?"),
        week_of=pattern("article? period_week of? article?"),
        meeting_of=pattern("article? next? ( word )? meeting ( of|comma|open )+ article?"),
        joint=pattern("( dash / to / a:and ) article?"),
    )


@dataclass(frozen=True, slots=True)
class _Core:
    """A date between two tokens, `start` and `end` (exclusive); `date` is where the date itself begins, if later."""

    start: int
    end: int
    meaning: Expression
    needs: Need = "nothing"
    introduction: Introduction | None = None
    date: int = 0


def _cores(grammar: Grammar, encoded: str, tokens: Sequence[Token]) -> list[_Core]:
    """What the rules say, left to right; where two overlap, the earlier, then the longer, then the earlier rule."""
    matches: list[tuple[int, int, int, Match]] = []
    codes = frozenset(encoded)
    for number, (_, pattern) in enumerate(grammar.rules):
        if pattern.may_fit(codes):
            matches.extend((found.start, -found.end, number, found) for found in pattern.find(encoded, tokens))
    cores: list[_Core] = []
    taken = 0
    for start, negative_end, number, found in sorted(matches, key=lambda one: one[:3]):
        if start < taken:
            continue
        rule = grammar.rules[number][0]
        meaning = rule.build(found)
        if meaning is not None:
            cores.append(_Core(start, -negative_end, meaning, rule.needs))
            taken = -negative_end
    return cores


def _unite(grammar: Grammar, encoded: str, tokens: Sequence[Token], cores: list[_Core]) -> list[_Core]:
    """Days joined by “to” (or by “and” after “between”) become one range."""
    united: list[_Core] = []
    for core in cores:
        last = united[-1] if united else None
        if last is not None and _is_day(last.meaning) and _is_day(core.meaning) and last.end < core.start:
            joint = grammar.joint.at(encoded, tokens, last.end)
            opened = last.start > 0 and "between" in tokens[last.start - 1].meaning
            opened = opened or "between" in tokens[last.start].meaning
            alike = opened or last.needs == core.needs  # in “room 1.12 – 14 May” the first is no date
            if joint is not None and joint.end >= core.start and alike and ("a" not in joint.values or opened):
                united[-1] = _Core(last.start, core.end, Range(last.meaning, core.meaning))
                continue
        united.append(core)
    return united


def _is_day(meaning: Expression) -> bool:
    return isinstance(meaning, ExactDay | DayMonth | Month)


def _anchored(grammar: Grammar, encoded: str, tokens: Sequence[Token], core: _Core, start: int) -> _Core:
    """The core with what makes it an anchor: “drie dagen vóór …”, “week van …”, “de vergadering van …”."""
    own = core.start
    while own < core.end - 1 and not {"article", "of"}.isdisjoint(tokens[own].meaning):
        own += 1
    if found := grammar.offset.before(encoded, tokens, start, own):
        days, months, hours = found.numbers("u")
        span = TimeSpan(days, months, hours).times(found.number("n"))
        return _Core(found.start, core.end, Offset(span, "a" not in found.values, core.meaning), introduction="by")
    if not _is_day(core.meaning) and not isinstance(core.meaning, Feast):
        return core
    if not isinstance(core.meaning, Month) and (found := grammar.week_of.before(encoded, tokens, start, own)):
        return _Core(found.start, core.end, WeekOf(core.meaning))
    if found := grammar.meeting_of.before(encoded, tokens, start, own):
        return _Core(found.start, core.end, core.meaning, date=own)
    return core


def _introduction(tokens: Sequence[Token], start: int, end: int) -> Introduction:
    classes = {name for token in tokens[start:end] for name in token.meaning}
    return next((name for name, members in _INTRODUCTIONS if not members.isdisjoint(classes)), "none")


def _stripped(tokens: Sequence[Token], core: _Core) -> int:
    """The first token of the core that is neither preposition nor article."""
    start = max(core.start, core.date)
    leaders = {*_LEADERS.split("|"), "article", "day_article"} - {"edge"}
    while (
        start < core.end - 1 and tokens[start].meaning and leaders.issuperset(tokens[start].meaning.keys() - {"before"})
    ):
        start += 1
    return start


def _alone(text: str, span: CharSpan) -> bool:
    """Whether nothing else stands in the cell, bracket or line."""
    left, right = text[: span.start].rstrip(" \u00a0"), text[span.end :].lstrip(" \u00a0")
    return (not left or left[-1] in _OPENERS) and (not right or right[0] in _CLOSERS)


def _acceptable(core: _Core, introduction: Introduction, *, alone: bool) -> bool:
    introduced = introduction not in ("none", "of", "since")
    if core.needs == "nothing":
        return True
    if core.needs == "alone":
        return alone
    if core.needs == "deadline":
        return introduction in ("by", "within")
    if core.needs == "introduction":
        return introduced
    mark = isinstance(core.meaning, DayMonth)  # “a mark of 8/10”
    return introduced or (introduction == "of" and not mark) or alone


def _expression(
    text: str, grammar: Grammar, encoded: str, tokens: Sequence[Token], core: _Core, start: int
) -> tuple[DateExpression, int] | None:
    """The expression around a core, with its last token; `None` if it stands in the wrong place."""
    leading = grammar.leading.before(encoded, tokens, start, core.start)
    first = leading.start if leading else core.start
    own = _stripped(tokens, core)
    introduction = core.introduction or _introduction(tokens, first, own)
    if isinstance(core.meaning, Range) and introduction in ("none", "of"):
        between = any("between" in token.meaning for token in tokens[first : own + 1])
        days = not isinstance(core.meaning.last, Month)
        introduction = "at" if days or between else introduction  # “van 3 tot 5 mei”, “entre mai et juin”
    trailing = grammar.trailing.at(encoded, tokens, core.end)
    end = trailing.end if trailing else core.end
    span = CharSpan(tokens[first].span.start, tokens[end - 1].span.end)
    alone = _alone(text, span)
    if not _acceptable(core, introduction, alone=alone) or _SHARE.match(text, span.start, span.end + 1):
        return None
    meaning = core.meaning
    if introduction == "every" and not isinstance(meaning, Vague | Past):
        meaning = Recurring()
    late = any("latest" in token.meaning for token in tokens[core.end : end])
    deadline = late or introduction == "by" or isinstance(meaning, Vague | InTime | Offset)
    deadline = deadline and not isinstance(meaning, Past | Recurring | ThisMeeting)
    core_span = CharSpan(tokens[own].span.start, tokens[core.end - 1].span.end)
    return DateExpression(span, core_span, meaning, introduction, alone, deadline), end


def _search(text: str, language: str) -> list[DateExpression]:
    grammar = _grammar(language)
    clocks = [time.span for time in find_times(text)] if any(map(str.isdigit, text)) else []
    tokens = Scanner(text, grammar.words, clocks).tokens()
    encoded = grammar.alphabet.encode(tokens)
    found: list[DateExpression] = []
    taken = 0
    for core in _unite(grammar, encoded, tokens, _cores(grammar, encoded, tokens)):
        if core.start < taken:
            continue
        made = _expression(text, grammar, encoded, tokens, _anchored(grammar, encoded, tokens, core, taken), taken)
        if made is not None:
            expression, taken = made
            found.append(expression)
    return found


def find_dates(text: str, language: str) -> list[DateExpression]:
    """Every date-like expression of `text`: absolute, partial, relative or vague.

    Args:
        text: a sentence, list item, table row (cells divided by `|`) or cell.
        language: ISO 639-1 code of the text. If its words find nothing, or if it is unknown, those of all languages
            are tried.

    Returns:
        Expressions in order, without overlap; spans are code points into `text`, end exclusive. Empty if there is
        none. Versions, amounts, clock times, numbers of articles and people called Jan or Mars are none.
    """
    folded = fold(text)
    if not date_words(ALL_LANGUAGES).meaningful(folded):
        return []
    known = words_of(language)
    if known != ALL_LANGUAGES and date_words(known).meaningful(folded):
        found = _search(text, known)
        if found:
            return found
    found = _search(text, ALL_LANGUAGES)
    return found if known == ALL_LANGUAGES else [one for one in found if _is_sure(one)]


def _is_sure(expression: DateExpression) -> bool:
    """Whether an expression is one even if its words are foreign to the text: a bare “Sonntag” or “mars” is none."""
    meaning = expression.meaning
    if expression.is_deadline or expression.alone:
        return True
    if isinstance(meaning, Month):
        return meaning.edge is not None
    if isinstance(meaning, RelativeWeekday):
        return meaning.week_shift is not None or meaning.plus_days > 0
    if isinstance(meaning, RelativePeriod):
        return meaning.period != "weekend"
    return not isinstance(meaning, Year | Recurring | Past)


def find_days(text: str, language: str) -> list[tuple[CharSpan, datetime.date]]:
    """The complete days of `text` (day, month and year), for the facts of a meeting.

    Args:
        text: any passage, as for `find_dates`.
        language: ISO 639-1 code, or anything else for all languages.

    Returns:
        The span of each date without its preposition, and the day; of a range its first day. Day before month always;
        dates that the calendar does not know are left out.
    """
    days: list[tuple[CharSpan, datetime.date]] = []
    for expression in find_dates(text, language):
        meaning = expression.meaning
        while isinstance(meaning, Range):
            meaning = meaning.first
        if isinstance(meaning, ExactDay):
            days.append((expression.core, meaning.day))
    return days
