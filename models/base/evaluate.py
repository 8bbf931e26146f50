"""Scores of a pipeline on every test set of its language: `evaluate.py LANGUAGE MODEL CORPUS SCORES`.

Adds to `SCORES` (JSON): per treebank parts of speech, morphology, lemmas and sentences; per set of named entities
precision, recall and F; on the invented passages the sentences beside those of `minutes_nlp.language.sentences`; and
the speed on one core.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import spacy
from passages import HERE, marked_doc, passages
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import Example

from minutes_nlp.language.sentences import sentences
from minutes_nlp.spans import CharSpan

_TREEBANK = {"pos": "pos_acc", "morph": "morph_acc", "lemma": "lemma_acc", "sentences": "sents_f"}
_ENTITIES = {"precision": "ents_p", "recall": "ents_r", "f": "ents_f"}
_SPEED_WORDS = 20_000


def scores(nlp: Language, docs: list[Doc]) -> dict[str, Any]:
    """spaCy's own scores of the pipeline, which cuts the texts into tokens itself."""
    result: dict[str, Any] = nlp.evaluate([Example(nlp.make_doc(doc.text), doc) for doc in docs], batch_size=64)
    return result


def of_one_version(doc: Doc) -> Doc:
    """Dutch features as the converter of the training treebank writes them.

    It adds `Mood=Ind` to finite verbs and `PronType=Art` to articles; the official test parts, older, have neither.
    """
    for token in doc:
        features = token.morph.to_dict()
        if features.get("VerbForm") == "Fin":
            features.setdefault("Mood", "Ind")
        if token.pos_ == "DET" and "Definite" in features:
            features.setdefault("PronType", "Art")
        token.set_morph(features)
    return doc


def boundary_scores(gold: list[set[int]], found: list[set[int]]) -> dict[str, float]:
    """Precision, recall and F of the offsets at which sentences begin, but for the first of each passage."""
    right = sum(len(g & f) for g, f in zip(gold, found, strict=True))
    precision, recall = right / max(1, sum(map(len, found))), right / max(1, sum(map(len, gold)))
    return {
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "f": round(2 * precision * recall / max(1e-9, precision + recall), 3),
    }


def rules_f(docs: list[Doc], language: str) -> float:
    """F of the sentences that the project's rules find, as spaCy counts them: both ends must be right."""
    right = gold = found = 0
    for doc in docs:
        known = {(s.start_char, s.start_char + len(s.text.rstrip())) for s in doc.sents}
        by_rules = {(s.start, s.end) for s in sentences(doc.text, CharSpan(0, len(doc.text)), language)}
        right, gold, found = right + len(known & by_rules), gold + len(known), found + len(by_rules)
    return round(2 * right / max(1, gold + found), 3)


def starts(doc: Doc) -> set[int]:
    """Where sentences begin, but for the first; white space at the begin of a sentence is passed over."""
    return {next((t.idx for t in sentence if not t.is_space), -1) for sentence in doc.sents} - {0, -1}


def rule_starts(text: str, language: str, *, lines: bool) -> set[int]:
    """Where the rules let sentences begin; with `lines` each line is a block, as after the analysis of layout."""
    found, position = set(), 0
    for line in text.split("\n") if lines else [text]:
        block = CharSpan(position, position + len(line))
        found |= {sentence.start for sentence in sentences(text, block, language)}
        position += len(line) + 1
    return found - {0}


def invented_scores(nlp: Language) -> dict[str, Any]:
    """Sentences and entities of the invented passages; two ways of the rules beside the pipeline."""
    gold = [marked_doc(nlp, passage) for passage in passages(HERE / f"{nlp.lang}-test.txt")]
    reference = [starts(doc) for doc in gold]
    texts = [doc.text for doc in gold]
    by_line = [[nlp(line) for line in text.split("\n")] for text in texts]
    result = {
        "boundaries": sum(map(len, reference)),
        "pipeline, whole text": boundary_scores(reference, [starts(nlp(text)) for text in texts]),
        "pipeline, line by line": boundary_scores(reference, [_joined(docs) for docs in by_line]),
        "rules, whole text": boundary_scores(reference, [rule_starts(t, nlp.lang, lines=False) for t in texts]),
        "rules, line by line": boundary_scores(reference, [rule_starts(t, nlp.lang, lines=True) for t in texts]),
    }
    if nlp.has_pipe("ner"):
        found = scores(nlp, gold)
        result["entities"] = {name: round(found[key] or 0, 3) for name, key in _ENTITIES.items()}
    return result


def _joined(docs: list[Doc]) -> set[int]:
    found, position = set(), 0
    for doc in docs:
        found |= {position} | {position + start for start in starts(doc)}
        position += len(doc.text) + 1
    return found - {0}


def speed(nlp: Language, docs: list[Doc]) -> dict[str, int]:
    """Words per second of the whole pipeline, and of its sentence boundaries alone."""
    texts, count = [], 0
    for doc in docs:
        texts.append(doc.text)
        count += sum(not token.is_space for token in doc)
        if count > _SPEED_WORDS:
            break
    result = {}
    for name, enabled in {"all": nlp.pipe_names, "sentences only": ["senter"]}.items():
        with nlp.select_pipes(enable=enabled):
            begun = time.process_time()
            for _ in nlp.pipe(texts):
                pass
            result[name] = round(count / (time.process_time() - begun))
    return result


def main(language: str, model: Path, corpus: Path, output: Path) -> None:
    """Score the pipeline and write what was found."""
    nlp, report = spacy.load(model), {"treebanks": {}, "entities": {}}
    for path in sorted((corpus / language).glob("test-*.spacy")):
        docs = list(DocBin().from_disk(path).get_docs(nlp.vocab))
        docs = [of_one_version(doc) for doc in docs] if language == "nl" else docs
        name = path.stem.removeprefix("test-")
        entities = name.startswith("ner-")
        found = scores(nlp, docs)
        kinds = _ENTITIES if entities else _TREEBANK
        figures: dict[str, Any] = {kind: round(found[key] or 0, 3) for kind, key in kinds.items()}
        if entities:
            figures["by label"] = {label: round(of["f"], 3) for label, of in sorted(found["ents_per_type"].items())}
        else:
            figures["sentences by rules"] = rules_f(docs, language)
            report["speed"] = speed(nlp, docs)
        report["entities" if entities else "treebanks"][name.removeprefix("ner-")] = figures
        print(name, figures, flush=True)
    if (HERE / f"{language}-test.txt").exists():
        report["invented"] = invented_scores(nlp)
    print({key: report[key] for key in report if key not in ("treebanks", "entities")})
    known = json.loads(output.read_text(encoding="utf-8")) if output.exists() else {}
    output.write_text(json.dumps(known | {language: report}, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], *map(Path, sys.argv[2:5]))
