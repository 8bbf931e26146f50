"""How good the records are: against gold, layer by layer."""

from minutes_nlp.evaluation.folder import evaluate_folder, evaluate_with
from minutes_nlp.evaluation.layers import LAYERS, Difference
from minutes_nlp.evaluation.score import LayerScore, Scores, load_gold, score

__all__ = ["LAYERS", "Difference", "LayerScore", "Scores", "evaluate_folder", "evaluate_with", "load_gold", "score"]
