"""How letters are set, as styles and direct formatting say one after the other."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """Bold, struck out, hidden, and the size in half points; `None` means: as what stands above says."""

    bold: bool | None = None
    struck: bool | None = None
    hidden: bool | None = None
    size: int | None = None

    def under(self, own: Look) -> Look:
        """This look with what `own` says laid over it."""
        return Look(
            self.bold if own.bold is None else own.bold,
            self.struck if own.struck is None else own.struck,
            self.hidden if own.hidden is None else own.hidden,
            self.size if own.size is None else own.size,
        )
