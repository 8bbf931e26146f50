"""Models of the user's own in the place of a recogniser: a spaCy pipeline, a Hugging Face folder, an endpoint.

Importing this package registers `minutes.<part>.<kind>.v1`; no model is loaded and nothing is connected to before the
settings name one. See `docs/own-models.md`.
"""

from minutes_nlp.extraction.own import recognisers

__all__ = ["recognisers"]
