"""A small neural tagger over blocks: hashed features, two convolutions, a softmax per block. For comparison only."""

from __future__ import annotations

import random
import zlib
from collections.abc import Mapping, Sequence

import torch
from torch import nn

from minutes_nlp.training.layout import TAGS, TaggedBlocks

BUCKETS = 2**13
WIDTH = 64
EPOCHS = 12
BATCH = 8  # documents
GAP = 4  # empty blocks between two documents of a batch: farther than the convolutions see
DROPPED = 0.3
RATE = 5e-3
SEED = 1

Batch = tuple[torch.Tensor, torch.Tensor, torch.Tensor]


class BlockTagger(nn.Module):
    """Tags a sequence of blocks, each seen with four blocks on either side; about 0.6 million weights."""

    def __init__(self) -> None:
        super().__init__()
        self.signs = nn.EmbeddingBag(BUCKETS, WIDTH, mode="sum")
        self.scale = nn.LayerNorm(WIDTH)
        self.near = nn.Conv1d(WIDTH, WIDTH, 5, padding=2)
        self.far = nn.Conv1d(WIDTH, WIDTH, 5, padding=2)
        self.drop = nn.Dropout(DROPPED)
        self.out = nn.Linear(2 * WIDTH, len(TAGS))

    def forward(self, buckets: torch.Tensor, starts: torch.Tensor) -> torch.Tensor:
        """Scores per block and tag; `starts` says where in `buckets` the features of each block begin."""
        seen = self.drop(self.scale(self.signs(buckets, starts)))
        around = torch.relu(self.near(seen.T.unsqueeze(0)))
        around = torch.relu(self.far(self.drop(around))).squeeze(0).T
        return self.out(torch.cat([seen, self.drop(around)], dim=1))


def fit(documents: Sequence[TaggedBlocks]) -> BlockTagger:
    """A tagger fitted on documents in shuffled batches. The same documents give the same tagger."""
    torch.set_num_threads(1)  # sums in floating point depend on how they are divided
    torch.manual_seed(SEED)
    dice = random.Random(SEED)
    steps = EPOCHS * -(-len(documents) // BATCH)
    model = BlockTagger()
    optimiser = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=1e-2)
    planned = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps)
    order = [(document, _hashed(document)) for document in documents]
    for _ in range(EPOCHS):
        dice.shuffle(order)
        for begin in range(0, len(order), BATCH):
            buckets, starts, tags = _batch(order[begin : begin + BATCH])
            optimiser.zero_grad()
            nn.functional.cross_entropy(model(buckets, starts), tags, ignore_index=-1).backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            planned.step()
    return model.eval()


def probabilities(model: BlockTagger, document: TaggedBlocks) -> list[Mapping[str, float]]:
    """For each block the probability of each tag."""
    buckets, starts, tags = _batch([(document, _hashed(document))])
    with torch.no_grad():
        found = model(buckets, starts)[tags >= 0].softmax(dim=1).tolist()
    return [dict(zip(TAGS, row, strict=True)) for row in found]


def _hashed(document: TaggedBlocks) -> list[list[int]]:
    return [[zlib.crc32(sign.encode()) % BUCKETS for sign in signs] for signs in document.signs]


def _batch(documents: Sequence[tuple[TaggedBlocks, list[list[int]]]]) -> Batch:
    """Buckets, where those of each block start, and the tags; -1 for the empty blocks after each document."""
    buckets: list[int] = []
    starts: list[int] = []
    tags: list[int] = []
    for document, hashed in documents:
        for signs, tag in zip(hashed, document.tags, strict=True):
            starts.append(len(buckets))
            buckets += signs
            tags.append(TAGS.index(tag))
        starts += [len(buckets)] * GAP
        tags += [-1] * GAP
    return torch.tensor(buckets), torch.tensor(starts), torch.tensor(tags)
