"""What the blocks of a document are for."""

from minutes_nlp.layout.analyse import analyse
from minutes_nlp.layout.sections import Heading, Label, Layout

__all__ = ["Heading", "Label", "Layout", "analyse"]
