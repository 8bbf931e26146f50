"""Why something failed, as the system, SQLite or a parser puts it in English, in the user's language.

The texts are known by those of the English catalogue (`[reasons]`), under the names that the system gives its errors
(`ENOSPC`); what is not known stays as it is.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Mapping
from typing import Final

from minutes_nlp.resources import lexicon, words_cache

_OF_THE_SYSTEM = re.compile(r"\[(?:Errno|WinError) -?\d+\] (?P<what>.*?)(?:: (?P<path>(['\"]).*))?", re.DOTALL)
_AT_A_PLACE = re.compile(
    r"(?P<what>.*?)(?: \(at|:) line (?P<line>\d+),? column (?P<column>\d+)(?:\)| \(char \d+\))", re.DOTALL
)
_AT_THE_END: Final = " (at end of document)"

Find = Callable[..., object]


def translated(reason: str, find: Find) -> str:
    """A reason in the language of `find` (`Messages.find`); without the path, which the message names itself."""
    if system := _OF_THE_SYSTEM.fullmatch(reason):
        reason = system["what"]
    if place := _AT_A_PLACE.fullmatch(reason):
        template = str(find("reasons", "place"))
        what = _known(place["what"], find) or str(find("reasons", "form"))
        return template.format(line=place["line"], column=place["column"], what=what)
    if reason.endswith(_AT_THE_END):
        what = _known(reason.removesuffix(_AT_THE_END), find) or str(find("reasons", "form"))
        return str(find("reasons", "at_the_end")).format(what=what)
    return _known(reason, find) or reason


def _known(text: str, find: Find) -> str | None:
    key = _keys().get(text)
    found = find("reasons", "known", key) if key is not None else None
    return found if isinstance(found, str) else None


@words_cache()
def _keys() -> Mapping[str, str]:
    """The names of the reasons by their text, in English and in the words of this system."""
    known: Mapping[str, str] = lexicon.section("en", "messages")["reasons"]["known"]
    of_system = {os.strerror(getattr(errno, name)): name for name in known if hasattr(errno, name)}
    return {**{text: name for name, text in known.items()}, **of_system}
