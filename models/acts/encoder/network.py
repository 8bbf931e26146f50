"""Units of a document, each encoded once, then looked at together: the network that fine-tuning trains."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from corpus import MASK, PAD
from torch import nn
from transformers import RobertaPreLayerNormModel

HEADS = ("decision", "action", "goes on with the decision before", "goes on with the action before")
_WIDTH = 192
_PIECES = 2048  # encoded at once
_DROPPED = 0.15
_HIDDEN = 0.12  # share of the word pieces that are hidden while it learns


class UnitEncoder(nn.Module):
    """A unit as the mean and the maximum of its word pieces."""

    def __init__(self, encoder: nn.Module) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, pieces: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """A vector per row of `pieces`; `mask` is 1 where there is one, 0 behind the end."""
        seen = self.encoder(pieces, attention_mask=mask).last_hidden_state
        inside = mask.unsqueeze(-1).to(seen.dtype)
        mean = (seen * inside).sum(1) / inside.sum(1)
        return torch.cat([mean, (seen + (inside - 1) * 1e4).max(1).values], dim=-1)


class UnitTagger(nn.Module):
    """Two convolutions over the units of a document, each with what is known of its place; four answers per unit."""

    def __init__(self, encoder: nn.Module, width: int, places: int) -> None:
        super().__init__()
        self.units = UnitEncoder(encoder)
        self.enter = nn.Linear(2 * width + places, _WIDTH)
        self.near = nn.Conv1d(_WIDTH, _WIDTH, 5, padding=2)
        self.far = nn.Conv1d(_WIDTH, _WIDTH, 5, padding=2)
        self.scales = nn.ModuleList(nn.LayerNorm(_WIDTH) for _ in range(3))
        self.out = nn.Linear(2 * _WIDTH, len(HEADS))
        self.drop = nn.Dropout(_DROPPED)

    @classmethod
    def of(cls, language_model: Path, places: int) -> UnitTagger:
        """One with a pretrained encoder."""
        encoder = RobertaPreLayerNormModel.from_pretrained(language_model, add_pooling_layer=False)
        return cls(encoder, encoder.config.hidden_size, places)

    def forward(self, vectors: torch.Tensor, places: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Log-odds of the four answers: documents × units × 4."""
        first = self.drop(self.scales[0](nn.functional.gelu(self.enter(torch.cat([vectors, places], dim=-1)))))
        inside = mask.unsqueeze(-1).to(first.dtype)
        seen = self.scales[1](first + self._around(self.near, first * inside))
        seen = self.scales[2](seen + self._around(self.far, seen * inside))
        return self.out(self.drop(torch.cat([first, seen], dim=-1)))

    @staticmethod
    def _around(layer: nn.Conv1d, seen: torch.Tensor) -> torch.Tensor:
        return nn.functional.gelu(layer(seen.transpose(1, 2)).transpose(1, 2))

    def encode(self, units: Sequence[Sequence[int]]) -> torch.Tensor:
        """The vectors of units given as word pieces, those of like length together, in bfloat16."""
        order = sorted(range(len(units)), key=lambda number: len(units[number]))
        vectors: list[torch.Tensor] = []
        first = 0
        while first < len(order):
            last = first + 1
            while last < len(order) and (last - first + 1) * len(units[order[last]]) <= _PIECES:
                last += 1
            pieces = padded([units[number] for number in order[first:last]])
            mask = (pieces != PAD).long()
            if self.training:
                pieces = pieces.masked_fill((torch.rand(pieces.shape) < _HIDDEN) & (pieces > MASK), MASK)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                vectors.append(self.units(pieces, mask).float())
            first = last
        return torch.cat(vectors)[torch.argsort(torch.tensor(order))]


def padded(units: Sequence[Sequence[int]]) -> torch.Tensor:
    """Word pieces as one table, filled up behind the end of each row."""
    table = torch.full((len(units), max(map(len, units))), PAD)
    for row, pieces in enumerate(units):
        table[row, : len(pieces)] = torch.tensor(pieces)
    return table
