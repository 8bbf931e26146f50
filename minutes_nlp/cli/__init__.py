"""The command `minutes`: thin shells over plain functions. Only this package prints, exits or knows Typer."""
