"""Turn written meeting minutes in Dutch and French into records that people can ask questions of."""

__version__ = "0.1.0"
