"""How good the records are: against gold, layer by layer."""

from minutes_nlp.evaluation.folder import Extractor, evaluate_folder
from minutes_nlp.evaluation.layers import LAYERS, Difference
from minutes_nlp.evaluation.score import LayerScore, Scores, load_gold, score

__all__ = ["LAYERS", "Difference", "Extractor", "LayerScore", "Scores", "evaluate_folder", "load_gold", "score"]
