"""From a document that was read to its record. Importing this package loads no spaCy; building a pipeline does."""

from typing import TYPE_CHECKING, Any

from minutes_nlp.pipeline.settings import DEFAULT_RECOGNISERS, PipelineSettings, fingerprint

if TYPE_CHECKING:
    from minutes_nlp.pipeline.build import MinutesPipeline, build_pipeline

__all__ = ["DEFAULT_RECOGNISERS", "MinutesPipeline", "PipelineSettings", "build_pipeline", "fingerprint"]


def __getattr__(name: str) -> Any:
    if name in ("MinutesPipeline", "build_pipeline"):
        from minutes_nlp.pipeline import build

        return getattr(build, name)
    raise AttributeError(name)
