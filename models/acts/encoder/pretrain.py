"""Masked-language modelling: the encoder learns to guess word pieces that are hidden from it.

    python models/acts/encoder/pretrain.py OUT [--steps N] [--go-on FOLDER] [--skip N]

Reads `OUT/rows.npy` and `OUT/vectors.npy`, writes the Hugging Face folder `OUT/lm`. The embeddings start from the
vectors, the biases of the guesses from the frequencies: so it is at a loss of 5.3 after 650 steps of 32 rows; from
random numbers it was at 6.8 after 350 steps of 64. `--go-on` starts from an earlier folder, `--skip` leaves out the
rows of so many steps, which that one has seen. Needs the extra `train`.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from corpus import CLS, MASK, PAD, ROWS, SEP, SPECIAL, configuration
from transformers import RobertaPreLayerNormConfig, RobertaPreLayerNormForMaskedLM
from vectors import VECTORS

LANGUAGE_MODEL = "lm"
_SAVE_EVERY = 240.0  # seconds
_SPREAD = 0.04  # of the numbers of the embeddings at the start
_MASKED = 0.85  # of the hidden pieces are masked, the others stay as they are
_COUNTED = 20_000  # rows that the frequencies are counted in


def new_model(config: Mapping[str, Any], vectors: np.ndarray, rows: np.ndarray) -> RobertaPreLayerNormForMaskedLM:
    """An encoder of which only the embeddings and the biases of the guesses know something."""
    size, vocabulary = config["model"], config["tokenizer"]["vocabulary"]
    model = RobertaPreLayerNormForMaskedLM(
        RobertaPreLayerNormConfig(
            vocab_size=vocabulary,
            hidden_size=size["hidden"],
            num_hidden_layers=size["layers"],
            num_attention_heads=size["heads"],
            intermediate_size=size["intermediate"],
            max_position_embeddings=size["positions"],
            pad_token_id=PAD,
            bos_token_id=CLS,
            eos_token_id=SEP,
            type_vocab_size=2,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        )
    )
    known = np.abs(vectors).sum(1) > 0
    centred = vectors[known] - vectors[known].mean(0)
    counts = np.bincount(np.asarray(rows[:_COUNTED]).ravel(), minlength=vocabulary) + 0.5
    with torch.no_grad():
        embeddings = model.roberta_prelayernorm.embeddings.word_embeddings.weight
        embeddings[torch.from_numpy(known)] = torch.from_numpy(centred / centred.std() * _SPREAD)
        model.lm_head.bias.copy_(torch.from_numpy(np.log(counts / counts.sum())).float())
    return model


def hide(pieces: torch.Tensor, share: float, dice: torch.Generator) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """The input with pieces hidden, their places in the flattened input, and what they were."""
    chosen = (torch.rand(pieces.shape, generator=dice) < share) & (pieces >= len(SPECIAL))
    masked = torch.rand(pieces.shape, generator=dice) < _MASKED
    places = chosen.flatten().nonzero().squeeze(1)
    return pieces.masked_fill(chosen & masked, MASK), places, pieces.flatten()[places]


def rate(step: int, steps: int, settings: Mapping[str, Any]) -> float:
    """The learning rate: a rise, a plateau, a straight fall."""
    rise, fall = (step + 1) / settings["warmup"], (steps - step) / (settings["decay"] * steps)
    return settings["learning_rate"] * min(1.0, rise, fall)


def loss_of(model: RobertaPreLayerNormForMaskedLM, pieces: torch.Tensor, share: float, seed: int) -> torch.Tensor:
    """How badly the model guesses pieces of a batch; only the hidden ones are worked out."""
    masked, places, answers = hide(pieces, share, torch.Generator().manual_seed(seed))
    with torch.autocast("cpu", dtype=torch.bfloat16):
        seen = model.roberta_prelayernorm(masked).last_hidden_state.flatten(0, 1)[places]
        guesses = model.lm_head(seen)
    return torch.nn.functional.cross_entropy(guesses.float(), answers)


def train(model: RobertaPreLayerNormForMaskedLM, rows: np.ndarray, steps: int, skip: int, folder: Path) -> None:
    """Train and save, also every few minutes on the way."""
    settings = configuration()["pretraining"]
    batch = settings["batch"]
    optimiser = torch.optim.AdamW(
        model.parameters(), lr=settings["learning_rate"], weight_decay=settings["weight_decay"], betas=(0.9, 0.98)
    )
    order = np.random.default_rng(settings["seed"]).permutation(len(rows))
    begun = saved = time.monotonic()
    running = 0.0
    model.train()
    for step in range(steps):
        picked = order[np.arange((step + skip) * batch, (step + skip + 1) * batch) % len(order)]
        for group in optimiser.param_groups:
            group["lr"] = rate(step, steps, settings)
        pieces = torch.from_numpy(np.asarray(rows[np.sort(picked)], dtype=np.int64))
        loss = loss_of(model, pieces, settings["mask"], step + skip)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        running = 0.98 * running + 0.02 * loss.item() if running else loss.item()
        if step % 50 == 0:
            speed = (step + 1) * batch * settings["length"] / (time.monotonic() - begun)
            print(json.dumps({"step": step, "loss": round(running, 3), "pieces/s": round(speed)}), flush=True)
        if time.monotonic() - saved > _SAVE_EVERY:
            model.save_pretrained(folder)
            saved = time.monotonic()
    model.save_pretrained(folder)


def main() -> None:
    """Run the training from the command line."""
    config = configuration()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--steps", type=int, default=config["pretraining"]["steps"])
    parser.add_argument("--go-on", type=Path, default=None)
    parser.add_argument("--skip", type=int, default=0)
    options = parser.parse_args()
    torch.manual_seed(config["pretraining"]["seed"])
    rows = np.load(options.out / ROWS, mmap_mode="r")
    if options.go_on:
        model = RobertaPreLayerNormForMaskedLM.from_pretrained(options.go_on)
    else:
        model = new_model(config, np.load(options.out / VECTORS), rows)
    train(model, rows, options.steps, options.skip, options.out / LANGUAGE_MODEL)


if __name__ == "__main__":
    main()
