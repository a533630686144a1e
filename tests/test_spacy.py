"""The spaCy component: the same facts on any Chinese pipeline, with exact characters, and training data from them."""

from __future__ import annotations

import json
import os
import pickle
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import spacy
from fiscal_facts import extract
from fiscal_facts.spacy_component import FiscalFacts, characters, to_docbin
from fiscal_patterns import segment
from fiscal_patterns.facts import to_dict
from spacy.lang.zh import Chinese
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import Example

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted((ROOT / "annotations" / "documents" / "real").glob("*.txt"))
TEXT = "2024年基本支出386.15万元，占本年支出合计的98.7%，比上年增加 18.65 万元，增长 5.07%，主要原因是人员增加。"


def chinese(segmenter: str, temp: Path) -> Language:
    """A blank pipeline with the component and the given segmenter."""
    if segmenter == "jieba":
        segment.load("jieba")  # imports jieba without its warnings
        import jieba

        jieba.dt.tmp_dir = str(temp)
    nlp = Chinese.from_config({"nlp": {"tokenizer": {"segmenter": segmenter}}})
    if segmenter == "pkuseg":
        nlp.tokenizer.initialize(pkuseg_model=str(segment.PKUSEG_MODEL), pkuseg_user_dict="default")  # type: ignore[union-attr]
    nlp.add_pipe("fiscal_facts")
    return nlp


@pytest.fixture(scope="module", params=["char", "jieba", "pkuseg"])
def nlp(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Language:
    return chinese(request.param, tmp_path_factory.mktemp("jieba"))


# ---- the component -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_any_segmenter_gives_the_facts_of_extract(nlp: Language, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    doc = nlp(text)
    assert doc.text == text
    facts = extract(text).facts
    assert doc._.facts == [to_dict(fact) for fact in facts]
    assert [(span.label_, span.id_) for span in doc.spans["facts"]] == [(fact.type, fact.id) for fact in facts]
    for span, fact in zip(doc.spans["facts"], facts, strict=True):
        assert span.start_char <= fact.span.start < fact.span.end <= span.end_char
        assert text[fact.span.start : fact.span.end] == fact.span.text
        # Nothing more than it must: without its first or last token the span would miss a part of the fact.
        assert span[0].idx + len(span[0]) > fact.span.start
        assert span[-1].idx < fact.span.end


def test_with_characters_as_tokens_every_span_is_exact() -> None:
    doc = characters()(TEXT)
    assert len(doc.spans["facts"]) >= 5
    for span in doc.spans["facts"]:
        assert span.text == span._.fact["span"]["text"]
        assert span.start_char == span._.fact["span"]["start"]


def test_a_token_that_a_fact_cuts_is_covered_and_the_exact_characters_are_kept(tmp_path: Path) -> None:
    doc = chinese("jieba", tmp_path)("参保人数48.01万人，完成率99.42%。")
    span = next(span for span in doc.spans["facts"] if span._.fact["unit"] == "万人")
    assert span._.fact["span"]["text"] == "48.01万人"


def test_types_engine_and_key_are_chosen_in_the_config() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("fiscal_facts", config={"types": ["percentage"], "engine": "char", "spans_key": "sc"})
    doc = nlp(TEXT)
    assert {span.label_ for span in doc.spans["sc"]} == {"percentage"} == {fact["type"] for fact in doc._.facts}
    assert "facts" not in doc.spans


def test_what_the_config_must_not_say_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown fact types sum"):
        FiscalFacts(["sum"], "rjieba", "facts")
    with pytest.raises(segment.SegmenterError):
        FiscalFacts(["amount"], "thulac", "facts")


def test_an_empty_document_has_no_facts() -> None:
    doc = characters()("")
    assert doc._.facts == []
    assert len(doc.spans["facts"]) == 0


def test_documents_do_not_share_their_facts() -> None:
    nlp = characters()
    first, second = nlp.pipe([TEXT, "无事。"])
    assert first._.facts
    assert second._.facts == []
    assert nlp.make_doc(TEXT)._.facts == []


def test_a_pipeline_is_stored_and_loaded_with_its_config(tmp_path: Path) -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("fiscal_facts", config={"types": ["amount"]})
    nlp.to_disk(tmp_path)
    doc = spacy.load(tmp_path)(TEXT)
    assert {span.label_ for span in doc.spans["facts"]} == {"amount"}


def test_facts_survive_storing_pickling_and_other_processes() -> None:
    nlp = characters()
    doc = nlp(TEXT)
    stored = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    piped = next(iter(nlp.pipe([TEXT], n_process=2)))
    for other in (stored, pickle.loads(pickle.dumps(doc)), piped):
        assert other._.facts == doc._.facts
        assert [span.text for span in other.spans["facts"]] == [span.text for span in doc.spans["facts"]]


def test_the_entry_point_names_the_component(tmp_path: Path) -> None:
    """``add_pipe`` finds the component where only the distribution's entry points are known."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    info = tmp_path / "fiscal_facts-0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: fiscal-facts\nVersion: 0\n", encoding="utf-8")
    factory = project["entry-points"]["spacy_factories"]["fiscal_facts"]
    (info / "entry_points.txt").write_text(f"[spacy_factories]\nfiscal_facts = {factory}\n", encoding="utf-8")
    code = "import spacy; nlp = spacy.blank('zh'); nlp.add_pipe('fiscal_facts'); print(len(nlp('支出3万元。')._.facts))"
    assert python(code, str(tmp_path)) == "1\n"


# ---- training data -----------------------------------------------------------------------------------------------


def test_a_docbin_gives_back_texts_spans_and_facts() -> None:
    texts = [TEXT, "无事。", *(path.read_text(encoding="utf-8") for path in DOCUMENTS[:2])]
    stored = to_docbin(iter(texts)).to_bytes()
    docs = list(DocBin(store_user_data=True).from_bytes(stored).get_docs(spacy.blank("zh").vocab))
    assert [doc.text for doc in docs] == texts
    for doc in docs:
        # A DocBin gives tuples for lists.
        assert json.loads(json.dumps(doc._.facts)) == [to_dict(fact) for fact in extract(doc.text).facts]
        assert [span.text for span in doc.spans["facts"]] == [fact["span"]["text"] for fact in doc._.facts]


def test_a_span_categoriser_trains_on_a_docbin() -> None:
    nlp = spacy.blank("zh")
    docs = list(to_docbin([TEXT, "公务接待费支出0.49万元，下降28.99%。"]).get_docs(nlp.vocab))
    examples = [Example(nlp.make_doc(doc.text), doc) for doc in docs]
    nlp.add_pipe("spancat", config={"spans_key": "facts"})
    nlp.initialize(lambda: examples)
    losses: dict[str, Any] = {}
    nlp.update(examples, losses=losses)
    assert losses["spancat"] > 0


def test_streaming_many_documents_leaves_no_strings_behind() -> None:
    nlp = characters()
    to_docbin([TEXT], nlp)
    before = len(nlp.vocab.strings)
    to_docbin((f"{chr(0x4E00 + number)}局支出{number}.{number % 7}万元。" for number in range(1_000)), nlp)
    assert len(nlp.vocab.strings) == before


def test_a_tokenizer_that_changes_the_text_is_refused() -> None:
    nlp = characters()
    nlp.tokenizer = lambda text: Doc(nlp.vocab, words=re.sub(r"\s+", " ", text).split(" "))
    with pytest.raises(ValueError, match="changes the text"):
        to_docbin(["支出  3万元。"], nlp)


# ---- what is not imported ----------------------------------------------------------------------------------------


def test_neither_the_package_nor_the_service_imports_spacy_or_pandas() -> None:
    code = """
import sys, fiscal_facts, fiscal_facts.app, fiscal_facts.cli
fiscal_facts.app.create_app()
fiscal_facts.extract("支出3万元。")
print(*({"spacy", "pandas", "numpy", "jieba", "spacy_pkuseg"} & set(sys.modules)))
"""
    assert python(code) == "\n"


def python(code: str, *folders: str) -> str:
    """What a fresh interpreter prints that finds the sources, and ``folders``, on its path."""
    path = os.pathsep.join([str(ROOT / "service"), str(ROOT / "patterns"), *folders])
    found = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stderr
    return found.stdout
