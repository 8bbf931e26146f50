"""The raw text that the encoder learns from, cut into word pieces; `config.toml` says which text, and how much of it.

    python models/acts/encoder/corpus.py SHARED OUT

Writes `OUT/tokenizer.json` and `OUT/rows.npy`: rows of `length` word pieces, each opened by [CLS].
"""

from __future__ import annotations

import lzma
import random
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

HERE = Path(__file__).resolve().parent
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
PAD, _, CLS, SEP, MASK = range(len(SPECIAL))
TOKENIZER = "tokenizer.json"
ROWS = "rows.npy"
_SHUFFLE = 20261126
_AT_ONCE = 5000  # paragraphs


def configuration() -> dict[str, Any]:
    """The content of `config.toml`."""
    return tomllib.loads((HERE / "config.toml").read_text(encoding="utf-8"))


def paragraphs(shared: Path, corpus: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    """The paragraphs of every text up to its number of words, text after text."""
    for language, texts in corpus.items():
        for name, budget in texts.items():
            left = budget
            path = shared / "resources" / "text" / language / f"{name}.txt.xz"
            with lzma.open(path, "rt", encoding="utf-8") as lines:
                for line in lines:
                    words = len(line.split())
                    if words < 3:
                        continue
                    yield line.strip()
                    left -= words
                    if left <= 0:
                        break


def make_tokenizer(texts: Iterator[str], vocabulary: int) -> Tokenizer:
    """Word pieces with case and accents kept."""
    tokenizer = Tokenizer(models.WordPiece(unk_token=SPECIAL[1]))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Replace("’", "'")])
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    trainer = trainers.WordPieceTrainer(
        vocab_size=vocabulary, special_tokens=list(SPECIAL), min_frequency=3, limit_alphabet=400
    )
    tokenizer.train_from_iterator(texts, trainer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", CLS), ("[SEP]", SEP)]
    )
    return tokenizer


def rows_of(tokenizer: Tokenizer, texts: list[str], length: int) -> np.ndarray:
    """Rows of word pieces; paragraphs follow one another, each closed by [SEP]."""
    pieces: list[np.ndarray] = []
    for first in range(0, len(texts), _AT_ONCE):
        for encoding in tokenizer.encode_batch(texts[first : first + _AT_ONCE], add_special_tokens=False):
            pieces.append(np.array([*encoding.ids, SEP], dtype=np.uint16))
    stream = np.concatenate(pieces)
    count = len(stream) // (length - 1)
    table = np.full((count, length), CLS, dtype=np.uint16)
    table[:, 1:] = stream[: count * (length - 1)].reshape(count, length - 1)
    return table


def main(shared: Path, out: Path) -> None:
    """Make the tokenizer, then cut the shuffled paragraphs into rows."""
    out.mkdir(parents=True, exist_ok=True)
    config = configuration()
    tokenizer = make_tokenizer(paragraphs(shared, config["corpus"]), config["tokenizer"]["vocabulary"])
    tokenizer.save(str(out / TOKENIZER))
    texts = list(paragraphs(shared, config["corpus"]))
    random.Random(_SHUFFLE).shuffle(texts)
    rows = rows_of(tokenizer, texts, config["pretraining"]["length"])
    np.save(out / ROWS, rows)
    print(f"{len(rows)} rows, {rows.size} word pieces")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
