"""Fit the model that tells the languages of words, and write it into the package.

    python models/language/train.py SHARED

SHARED holds `resources/ud` and `resources/text`. Needs the extra `train`.
The same data and versions give the same file.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from wordfreq import get_frequency_dict

from minutes_nlp.training.languages import (
    LetterSettings,
    fit_letters,
    list_shares,
    mean_shares,
    raw_text_shares,
    treebank_shares,
)
from minutes_nlp.training.lines import LANGUAGES

TRAINED = Path(__file__).resolve().parents[2] / "minutes_nlp" / "trained"


def main() -> None:
    """Run the training from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    resources = parser.parse_args().shared / "resources"
    settings = LetterSettings()
    words = {
        language: mean_shares(
            [
                list_shares(get_frequency_dict(language, "best"), settings.rarest),
                raw_text_shares(resources / "text" / language),
                treebank_shares(resources / "ud", language),
            ]
        )
        for language in LANGUAGES
    }
    fit_letters(words, settings).save(TRAINED / "language.npz")
    print({language: len(found) for language, found in words.items()})


if __name__ == "__main__":
    main()
