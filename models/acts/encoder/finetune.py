"""Fine-tune the encoder on units in their document, and judge it alone and beside the cues.

    python models/acts/encoder/finetune.py SHARED OUT [--epochs N] [--groups N]

Reads `OUT/units.pickle`, `OUT/tokenizer.json` and `OUT/lm`. Teaches on train, invented minutes and written passages;
judges dev, or with `--groups` the first N of the groups of bodies over train and dev, held out in turn. Writes
`OUT/encoder.pt`, the probabilities (`OUT/encoder-<set>.npz`) and `OUT/report.json`. Needs the extra `train`.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from corpus import TOKENIZER, configuration
from documents import ActDocument, load
from examples import PLACES, UnitRows, rows_of, written_passages
from network import UnitTagger
from pretrain import LANGUAGE_MODEL
from scoring import best, calibration_error, groups_of, log_odds, mixed, outcomes, write_report
from tokenizers import Tokenizer

from minutes_nlp.training.acts import ACTS

NETWORK = "encoder.pt"
_SHARES = (0.1, 0.2, 0.3, 0.5)
_WORTH = (2.0, 1.5, 1.0, 1.0)  # of a yes of each answer beside a no

Window = tuple[UnitRows, int, int]


def batches(rows: Sequence[UnitRows], dice: random.Random) -> Iterator[list[Window]]:
    """Windows of units, shuffled and each time cut elsewhere, about `batch` units together."""
    settings = configuration()["finetuning"]
    size = settings["window"]
    starts = [(row, first) for row in rows for first in range(0, len(row.pieces), size)]
    dice.shuffle(starts)
    taken: list[Window] = []
    for row, first in starts:
        moved = first - dice.randrange(size) if len(row.pieces) > size else first
        begin, end = max(0, moved), min(len(row.pieces), moved + size)
        if begin < end:
            taken.append((row, begin, end))
        if sum(end - begin for _, begin, end in taken) >= settings["batch"]:
            yield taken
            taken = []
    if taken:
        yield taken


def loss_of(network: UnitTagger, windows: Sequence[Window], without_cues: bool) -> torch.Tensor:
    """How wrong the network is; whether a unit goes on is asked only where it states something."""
    longest = max(end - begin for _, begin, end in windows)

    def table(values: Sequence[np.ndarray]) -> torch.Tensor:
        filled = [np.concatenate([v, np.zeros((longest - len(v), *v.shape[1:]), v.dtype)]) for v in values]
        return torch.from_numpy(np.stack(filled))

    lengths = [end - begin for _, begin, end in windows]
    units = network.encode([pieces for row, begin, end in windows for pieces in row.pieces[begin:end]])
    vectors = torch.nn.utils.rnn.pad_sequence(units.split(lengths), batch_first=True)
    places = table([row.places[begin:end] for row, begin, end in windows])
    if without_cues:
        places[..., -2:] = 0
    answers = table([row.answers[begin:end] for row, begin, end in windows])
    weights = table([row.weights[begin:end] for row, begin, end in windows])
    mask = table([np.ones(length, np.float32) for length in lengths])
    found = network(vectors, places, mask)
    loss = torch.nn.functional.binary_cross_entropy_with_logits(
        found, answers, pos_weight=torch.tensor(_WORTH), reduction="none"
    )
    asked = weights.unsqueeze(-1) * torch.cat([torch.ones_like(answers[..., :2]), answers[..., :2]], dim=-1)
    return (loss * asked).sum() / weights.sum()


def fit(rows: Sequence[UnitRows], language_model: Path, epochs: int) -> UnitTagger:
    """The network, fitted; the learning rate rises shortly and then falls."""
    settings = configuration()["finetuning"]
    torch.manual_seed(settings["seed"])
    dice = random.Random(settings["seed"])
    network = UnitTagger.of(language_model, PLACES)
    inner = list(network.units.parameters())
    outer = [weights for name, weights in network.named_parameters() if not name.startswith("units.")]
    rates = settings["learning_rate"]
    optimiser = torch.optim.AdamW(
        [{"params": inner, "lr": rates[0]}, {"params": outer, "lr": rates[1]}], weight_decay=0.02, betas=(0.9, 0.98)
    )
    steps = max(1, epochs * sum(len(row.pieces) for row in rows) // settings["batch"])
    done, begun = 0, time.monotonic()
    for epoch in range(epochs):
        network.train()
        losses = []
        for windows in batches(rows, dice):
            for group, full in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = full * min(1.0, (done + 1) / 60) * max(0.02, 1 - done / steps)
            loss = loss_of(network, windows, without_cues=dice.random() < 0.5)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            losses.append(loss.item())
            done += 1
        print(f"epoch {epoch + 1}: loss {np.mean(losses):.4f}, {time.monotonic() - begun:.0f} s", flush=True)
    return network


@torch.no_grad()
def judge(network: UnitTagger, row: UnitRows) -> np.ndarray:
    """The probabilities of the four answers for each unit of a document."""
    network.eval()
    vectors, places = network.encode(row.pieces), torch.from_numpy(row.places)
    return torch.sigmoid(network(vectors[None], places[None], torch.ones(1, len(vectors)))[0]).numpy()


def report(judged: Sequence[tuple[ActDocument, np.ndarray]]) -> dict[str, dict[str, object]]:
    """The figures of cues, encoder and their mixtures, each at the threshold best on these documents."""
    content: dict[str, dict[str, object]] = {}
    for number, act in enumerate(ACTS):
        alone = [(document, values[:, number]) for document, values in judged]
        content[act] = {"encoder": best(outcomes(alone, act)), "calibration error": calibration_error(alone, act)}
        content[act]["cues"] = best(outcomes([(document, document.cues[act]) for document, _ in judged], act))
        for share in _SHARES:
            both = [(d, mixed(log_odds(values), log_odds(d.cues[act]), share)) for d, values in alone]
            content[act][f"share {share} beside the cues"] = best(outcomes(both, act))
    return content


def main() -> None:
    """Run the fine-tuning from the command line."""
    settings = configuration()["finetuning"]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=settings["epochs"])
    parser.add_argument("--groups", type=int, default=0)
    options = parser.parse_args()
    torch.set_num_threads(1)
    documents, out = [document for document in load(options.out) if document.units], options.out
    tokenizer = Tokenizer.from_file(str(out / TOKENIZER))
    rows = [rows_of(document, tokenizer) for document in documents]
    passages = list(written_passages(options.shared / "resources" / "acts", tokenizer))
    group = groups_of(documents, settings["groups"])
    outside = {"dev": [document.split == "dev" for document in documents]}
    if options.groups:
        real = np.array([document.split != "written" for document in documents])
        outside = {f"group-{number + 1}": (group == number) & real for number in range(options.groups)}
    judged: list[tuple[ActDocument, np.ndarray]] = []
    for number, (name, held) in enumerate(outside.items(), start=1):
        inside = [row for row, out_of_it in zip(rows, held, strict=True) if not out_of_it]
        network = fit(inside + passages, out / LANGUAGE_MODEL, options.epochs)
        found = [(d, judge(network, r)) for d, r, far in zip(documents, rows, held, strict=True) if far]
        np.savez_compressed(out / f"encoder-{name}.npz", **{document.name: values for document, values in found})
        torch.save(network.state_dict(), out / NETWORK)
        judged += found
        counts = {"groups": number, "documents": len(judged)} if options.groups else {}
        which = "bodies held out" if options.groups else "dev"
        write_report(out, f"encoder, {which}", {**counts, "figures": report(judged)})


if __name__ == "__main__":
    main()
