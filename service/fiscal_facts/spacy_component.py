"""Facts on spaCy documents: the pipeline component ``fiscal_facts`` and the export of training data. Extra ``[spacy]``.

``nlp.add_pipe("fiscal_facts")`` works on any Chinese pipeline, whatever segments it. A token need not end where a fact
ends (no token is ``98.7`` in ``98.7%``), so the spans cover every token that a fact touches, and the exact characters
stand in ``doc._.facts``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import spacy
from fiscal_patterns import segment
from fiscal_patterns.facts import FACT_TYPES, Fact, to_dict
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span

from fiscal_facts.pipeline import extract

NAME = "fiscal_facts"
SPANS_KEY = "facts"
# A memory zone frees the strings of a batch: with 64 documents of 1,000 characters a batch needs about 10 MB.
_BATCH = 64


class FiscalFacts:
    """Fills ``doc.spans[spans_key]`` and ``doc._.facts``.

    A span has the fact's type as label and its id as ``id_``; ``span._.fact`` is the fact itself. ``doc._.facts`` is
    the list of facts in their wire form (dictionaries), so that documents can be pickled, stored and sent to other
    processes; offsets are characters of ``doc.text``.
    """

    def __init__(self, types: Sequence[str], engine: str, spans_key: str) -> None:
        if unknown := sorted(set(types) - set(FACT_TYPES)):
            raise ValueError(f"unknown fact types {', '.join(unknown)}: choose among {', '.join(FACT_TYPES)}")
        self.types = frozenset(types)
        self.engine = engine
        self.spans_key = spans_key
        segment.load(engine)

    def __call__(self, doc: Doc) -> Doc:
        """The same document with its facts."""
        facts = [fact for fact in extract(doc.text, engine=self.engine).facts if fact.type in self.types]
        doc.spans[self.spans_key] = [_span(doc, fact) for fact in facts]
        doc._.facts = [to_dict(fact) for fact in facts]
        return doc


def _span(doc: Doc, fact: Fact) -> Span:
    """The tokens that the fact touches."""
    found = doc.char_span(fact.span.start, fact.span.end, label=fact.type, span_id=fact.id, alignment_mode="expand")
    if found is None:
        raise AssertionError(f"no tokens at {fact.span}")
    return found


@Language.factory(
    NAME,
    assigns=["doc.spans", "doc._.facts"],
    default_config={"types": list(FACT_TYPES), "engine": segment.DEFAULT_ENGINE, "spans_key": SPANS_KEY},
)
def component(nlp: Language, name: str, types: list[str], engine: str, spans_key: str) -> FiscalFacts:
    """The factory behind ``nlp.add_pipe("fiscal_facts", config={"types": …, "engine": …, "spans_key": …})``."""
    return FiscalFacts(types, engine, spans_key)


def _fact_of(span: Span) -> dict[str, Any] | None:
    return next((fact for fact in span.doc._.facts if fact["id"] == span.id_), None)


# Importing the module twice, as entry points may, is no conflict.
Doc.set_extension("facts", default=[], force=True)
Span.set_extension("fact", getter=_fact_of, force=True)


def to_docbin(texts: Iterable[str], nlp: Language | None = None) -> DocBin:
    """Documents with their facts, for training a model on them: ``to_docbin(texts).to_disk("train.spacy")``.

    ``nlp`` is a pipeline with the component, by default a blank ``zh`` with characters as tokens, where every span is
    exact. A span categoriser reads them with ``spans_key = "facts"``. Memory does not grow with what is already
    stored, save for the result. Raises ValueError where the pipeline's tokenizer changes the text.
    """
    pipeline = nlp or characters()
    stored = DocBin(store_user_data=True)
    for batch in _batches(texts):
        with pipeline.memory_zone():
            for text, doc in zip(batch, pipeline.pipe(batch), strict=True):
                if doc.text != text:
                    raise ValueError("the pipeline's tokenizer changes the text, so offsets would not fit it")
                stored.add(doc)
    return stored


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    left = iter(texts)
    while batch := list(islice(left, _BATCH)):
        yield batch


def characters() -> Language:
    """A blank Chinese pipeline, every character a token, with the component."""
    nlp = spacy.blank("zh")
    nlp.add_pipe(NAME)
    return nlp
