"""How letters are set, as styles and direct formatting say one after the other."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """Bold, struck out, hidden, size in half points, underlined; `None` means: as what stands above says.

    A link is underlined for other reasons than its weight, and does not count as such.
    """

    bold: bool | None = None
    struck: bool | None = None
    hidden: bool | None = None
    size: int | None = None
    underlined: bool | None = None

    def under(self, own: Look) -> Look:
        """This look with what `own` says laid over it."""
        return Look(
            self.bold if own.bold is None else own.bold,
            self.struck if own.struck is None else own.struck,
            self.hidden if own.hidden is None else own.hidden,
            self.size if own.size is None else own.size,
            self.underlined if own.underlined is None else own.underlined,
        )


@dataclass(slots=True)
class Shared:
    """What all letters of a paragraph have in common so far."""

    bold: bool = True
    struck: bool = True
    underlined: bool = True

    @property
    def strong(self) -> bool:
        """Whether the paragraph stands out: all of it is bold, or all of it is underlined."""
        return self.bold or self.underlined

    def add(self, look: Look, *, link: bool = False) -> None:
        """Some more letters."""
        self.bold = self.bold and bool(look.bold)
        self.struck = self.struck and bool(look.struck)
        self.underlined = self.underlined and bool(look.underlined) and not link
