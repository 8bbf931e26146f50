"""Write the fine-tuned unit encoder as ONNX with weights of 8 bits, and say what is lost and gained.

    python models/acts/encoder/export.py OUT

Reads `OUT/encoder.pt`, `OUT/lm`, `OUT/tokenizer.json` and `OUT/units.pickle`; writes `OUT/encoder.onnx` and
`OUT/encoder-int8.onnx`. Reports the largest difference of a number of a unit's vector from the one of torch, and the
word pieces per second of one thread. Needs `onnx` and `onnxruntime` beside the extra `train`.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from corpus import PAD, TOKENIZER
from documents import load
from examples import PLACES, pieces_of
from finetune import NETWORK
from network import UnitEncoder, UnitTagger, padded
from pretrain import LANGUAGE_MODEL
from scoring import write_report

_UNITS = 640
_AT_ONCE = 32

Encode = Callable[[torch.Tensor, torch.Tensor], np.ndarray]


def export(encoder: UnitEncoder, path: Path) -> None:
    """Write the encoder with any number of units of any length."""
    pieces = torch.randint(5, 100, (2, 8))
    axes = {"pieces": {0: "units", 1: "length"}, "mask": {0: "units", 1: "length"}, "vectors": {0: "units"}}
    torch.onnx.export(
        encoder, (pieces, torch.ones_like(pieces)), str(path), input_names=["pieces", "mask"],
        output_names=["vectors"], dynamic_axes=axes, opset_version=17, dynamo=False,
    )  # fmt: skip


def session_of(path: Path) -> Encode:
    """The encoder of a file, run by onnxruntime with one thread."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def encode(pieces: torch.Tensor, mask: torch.Tensor) -> np.ndarray:
        return session.run(None, {"pieces": pieces.numpy(), "mask": mask.numpy()})[0]

    return encode


def run(encode: Encode, units: list[list[int]]) -> tuple[np.ndarray, float]:
    """The vectors of units, those of like length together, and the word pieces per second of processor time."""
    vectors = []
    begun = time.process_time()
    for first in range(0, len(units), _AT_ONCE):
        pieces = padded(units[first : first + _AT_ONCE])
        vectors.append(encode(pieces, (pieces != PAD).long()))
    return np.concatenate(vectors), sum(map(len, units)) / (time.process_time() - begun)


def probabilities(network: UnitTagger, vectors: np.ndarray) -> np.ndarray:
    """The answers for units with these vectors, taken for one document, with nothing known of their place."""
    seen = torch.from_numpy(vectors)[None]
    with torch.no_grad():
        return torch.sigmoid(network(seen, torch.zeros(*seen.shape[:2], PLACES), torch.ones(seen.shape[:2]))).numpy()


def main(out: Path) -> None:
    """Export, quantise, compare."""
    torch.set_num_threads(1)
    network = UnitTagger.of(out / LANGUAGE_MODEL, PLACES)
    network.load_state_dict(torch.load(out / NETWORK, weights_only=True))
    encoder = network.eval().units
    export(encoder, out / "encoder.onnx")
    quantize_dynamic(out / "encoder.onnx", out / "encoder-int8.onnx", weight_type=QuantType.QInt8)
    texts = [unit.text for document in load(out) if document.split == "dev" for unit in document.units][:_UNITS]
    units = sorted(pieces_of(Tokenizer.from_file(str(out / TOKENIZER)), texts), key=len)
    with torch.no_grad():
        expected, speed = run(lambda pieces, mask: encoder(pieces, mask).numpy(), units)
    answers = probabilities(network, expected)
    content: dict[str, object] = {"torch, 32 bits": {"pieces per second": round(speed)}}
    for name in ("encoder.onnx", "encoder-int8.onnx"):
        found, speed = run(session_of(out / name), units)
        cosine = (found * expected).sum(1) / np.linalg.norm(found, axis=1) / np.linalg.norm(expected, axis=1)
        changed = np.abs(probabilities(network, found) - answers)
        content[name] = {
            "pieces per second": round(speed),
            "bytes": (out / name).stat().st_size,
            "largest difference of a number": round(float(np.abs(found - expected).max()), 5),
            "largest difference of a probability": round(float(changed.max()), 3),
            "lowest cosine": round(float(cosine.min()), 5),
        }
    write_report(out, "encoder, exported", content)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
