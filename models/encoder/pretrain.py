"""Train the word pieces, then the encoder by masked-language modelling on the raw text.

    python models/encoder/pretrain.py RESOURCES OUTPUT [--resume]

RESOURCES holds `text/<language>/<name>.txt.xz`; OUTPUT gets `tokenizer.json`, `checkpoint.pt` every few minutes and, at
the end, a Hugging Face folder `encoder/` without the language-model head. Needs the extra `train`.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch
from corpus import configuration, paragraphs, shuffled
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import BertConfig, BertForMaskedLM

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
SAVE_EVERY = 300.0  # seconds


def train_tokenizer(resources: Path, config: dict, path: Path) -> Tokenizer:
    """Word pieces with case and accents kept; loaded if already there."""
    if path.exists():
        return Tokenizer.from_file(str(path))
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Replace("’", "'")])
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    trainer = trainers.WordPieceTrainer(
        vocab_size=config["tokenizer"]["vocabulary"], special_tokens=SPECIAL, min_frequency=3, limit_alphabet=400
    )
    tokenizer.train_from_iterator(paragraphs(resources, config["corpus"]), trainer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    tokenizer.save(str(path))
    return tokenizer


def encode_corpus(tokenizer: Tokenizer, resources: Path, config: dict, path: Path) -> np.ndarray:
    """All rows of `length` pieces; paragraphs follow one another, each with its own [SEP]."""
    if path.exists():
        return np.load(path, mmap_mode="r")
    length = config["pretraining"]["length"]
    pieces: list[np.ndarray] = []
    texts = shuffled(resources, config["corpus"], config["pretraining"]["seed"])
    for first in range(0, len(texts), 5000):
        for encoding in tokenizer.encode_batch(texts[first : first + 5000], add_special_tokens=False):
            pieces.append(np.array([*encoding.ids, 3], dtype=np.uint16))
    stream = np.concatenate(pieces)
    inner = length - 1
    rows = len(stream) // inner
    table = np.full((rows, length), 2, dtype=np.uint16)
    table[:, 1:] = stream[: rows * inner].reshape(rows, inner)
    np.save(path, table)
    return table


def learning_rate(step: int, settings: dict) -> float:
    """Warm-up, a plateau, and a straight fall over the last `decay` steps."""
    if step < settings["warmup"]:
        return settings["learning_rate"] * (step + 1) / settings["warmup"]
    left = settings["steps"] - step
    return settings["learning_rate"] * min(1.0, left / settings["decay"])


def mask_rows(rows: torch.Tensor, probability: float, vocabulary: int, random: torch.Generator) -> tuple:
    """Masked input and the flat indices and labels of what is to be guessed (80 % mask, 10 % random, 10 % same)."""
    chosen = (torch.rand(rows.shape, generator=random) < probability) & (rows >= len(SPECIAL))
    dice = torch.rand(rows.shape, generator=random)
    masked = rows.clone()
    masked[chosen & (dice < 0.8)] = SPECIAL.index("[MASK]")
    noise = torch.randint(len(SPECIAL), vocabulary, rows.shape, generator=random)
    swap = chosen & (dice >= 0.8) & (dice < 0.9)
    masked[swap] = noise[swap]
    where = chosen.flatten().nonzero().squeeze(1)
    return masked, where, rows.flatten()[where]


def main() -> None:
    """Run the training from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("resources", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--resume", action="store_true")
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    config = configuration()
    settings = config["pretraining"]
    torch.set_num_threads(settings["threads"])
    torch.manual_seed(settings["seed"])
    tokenizer = train_tokenizer(options.resources, config, options.output / "tokenizer.json")
    table = encode_corpus(tokenizer, options.resources, config, options.output / "rows.npy")
    size = config["model"]
    model = BertForMaskedLM(
        BertConfig(
            vocab_size=tokenizer.get_vocab_size(),
            hidden_size=size["hidden"],
            num_hidden_layers=size["layers"],
            num_attention_heads=size["heads"],
            intermediate_size=size["intermediate"],
            max_position_embeddings=size["positions"],
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        )
    )
    optimiser = torch.optim.AdamW(
        model.parameters(), lr=settings["learning_rate"], weight_decay=settings["weight_decay"], betas=(0.9, 0.98)
    )
    start = 0
    checkpoint = options.output / "checkpoint.pt"
    if options.resume and checkpoint.exists():
        saved = torch.load(checkpoint)
        model.load_state_dict(saved["model"])
        optimiser.load_state_dict(saved["optimiser"])
        start = saved["step"]
    order = np.random.default_rng(settings["seed"]).permutation(len(table))
    batch = settings["batch"]
    print(json.dumps({"rows": len(table), "pieces": int(table.size), "parameters": model.num_parameters()}), flush=True)
    model.train()
    begun = saved_at = time.monotonic()
    running = 0.0
    for step in range(start, settings["steps"]):
        random = torch.Generator().manual_seed(settings["seed"] + step)
        picked = order[np.arange(step * batch, (step + 1) * batch) % len(order)]
        rows = torch.from_numpy(np.asarray(table[np.sort(picked)], dtype=np.int64))
        masked, where, labels = mask_rows(rows, settings["mask"], model.config.vocab_size, random)
        for group in optimiser.param_groups:
            group["lr"] = learning_rate(step, settings)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden = model.bert(masked).last_hidden_state.flatten(0, 1)[where]
            logits = model.cls(hidden)
        loss = torch.nn.functional.cross_entropy(logits.float(), labels)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        running = loss.item() if not running else 0.98 * running + 0.02 * loss.item()
        if step % 50 == 0:
            speed = (step - start + 1) * batch * settings["length"] / (time.monotonic() - begun)
            print(json.dumps({"step": step, "loss": round(running, 3), "pieces/s": round(speed)}), flush=True)
        if time.monotonic() - saved_at > SAVE_EVERY:
            torch.save({"model": model.state_dict(), "optimiser": optimiser.state_dict(), "step": step + 1}, checkpoint)
            saved_at = time.monotonic()
    torch.save(
        {"model": model.state_dict(), "optimiser": optimiser.state_dict(), "step": settings["steps"]}, checkpoint
    )
    model.bert.save_pretrained(options.output / "encoder")
    tokenizer.save(str(options.output / "encoder" / "tokenizer.json"))


if __name__ == "__main__":
    main()
