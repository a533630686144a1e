"""Segmenters: every engine gives back the text, none fetches or trusts anything, and all find the same facts."""

from __future__ import annotations

import ast
import marshal
import os
import socket
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import pytest
from fiscal_facts import extract
from fiscal_patterns import segment
from fiscal_patterns.facts import to_dict
from fiscal_patterns.text import Document
from hypothesis import given, settings
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted((ROOT / "annotations" / "documents" / "real").glob("*.txt"))
MATERIAL = ROOT / "annotations" / "segmentation" / "sentences.txt"
FISCAL = "0123456789.-_%,，。、（）()aN年万元支出决算比上年减少 \t\r\n\x1c\u3000\u200b\ud800𠮷"

document = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
engines = pytest.mark.parametrize("engine", segment.ENGINES)


@pytest.fixture
def unloaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segment, "_loaded", {})


def python(code: str, *options: str, **environment: str) -> str:
    """What a fresh interpreter prints."""
    path = os.pathsep.join([str(ROOT / "service"), str(ROOT / "patterns")])
    found = subprocess.run(
        [sys.executable, *options, "-c", code],
        env={**os.environ, "PYTHONPATH": path, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stderr
    return found.stdout


# ---- tokens ------------------------------------------------------------------------------------------------------


@engines
@settings(deadline=None)
@given(text=st.one_of(st.text(), st.text(alphabet=FISCAL)))
def test_tokens_joined_are_the_text(engine: str, text: str) -> None:
    tokens = segment.cut(text, engine)
    assert "".join(tokens) == text
    assert all(tokens)


@engines
def test_boundaries_are_where_tokens_begin_or_end(engine: str) -> None:
    text = "基本支出386.15万元，占46.57%。"
    expected = {0, *accumulate(map(len, segment.cut(text, engine)))}
    assert segment.boundaries(text, engine) == expected
    assert segment.boundaries("", engine) == {0}


@document
def test_rjieba_and_jieba_give_the_same_tokens(path: Path) -> None:
    received = path.read_text(encoding="utf-8")
    for text in (received, Document(received).clean):
        assert segment.cut(text, "rjieba") == segment.cut(text, "jieba")


@settings(deadline=None, max_examples=500)
@given(text=st.text(alphabet=FISCAL.replace("𠮷", "")))
def test_rjieba_and_jieba_agree_on_ranges_and_codes(text: str) -> None:
    assert segment.cut(text, "rjieba") == segment.cut(text, "jieba")


def test_a_run_without_punctuation_is_cut_in_words_by_jieba_too() -> None:
    text = "".join(
        char for path in DOCUMENTS for char in path.read_text(encoding="utf-8") if "\u4e00" <= char <= "\u9fa5"
    )
    assert segment.cut(text, "jieba") == segment.cut(text, "rjieba")


@pytest.mark.parametrize("engine", ["rjieba", "jieba", "pkuseg"])
def test_words_of_the_vocabulary_stay_whole(engine: str) -> None:
    words = segment.user_words()
    assert len(words) > 500
    split = [word for word in words if segment.cut(f"（{word}）", engine) != ["（", word, "）"]]
    assert not split


def test_every_character_is_a_token_of_char() -> None:
    assert segment.cut("增长2.5%", "char") == ["增", "长", "2", ".", "5", "%"]


# ---- engines -----------------------------------------------------------------------------------------------------


def test_an_unknown_engine_is_named_with_the_choices() -> None:
    with pytest.raises(
        segment.SegmenterError, match="unknown segmenter 'thulac': choose one of rjieba, jieba, pkuseg, char"
    ):
        segment.cut("收入", "thulac")
    with pytest.raises(segment.SegmenterError, match="unknown segmenter 'thulac'"):
        extract("收入5万元。", engine="thulac")


@pytest.mark.usefixtures("unloaded")
@pytest.mark.parametrize(("engine", "package"), [("jieba", "jieba"), ("pkuseg", "spacy_pkuseg")])
def test_a_missing_extra_is_named(engine: str, package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(segment.SegmenterError, match=rf"pip install 'fiscal-facts\[{engine}\]'"):
        segment.load(engine)


@pytest.mark.usefixtures("unloaded")
def test_an_engine_is_loaded_once_by_however_many_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    loads: list[int] = []

    def slow() -> segment.Cut:
        loads.append(1)
        time.sleep(0.05)
        return list

    monkeypatch.setitem(segment._LOADERS, "char", slow)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(segment.load, ["char"] * 8))
    assert loads == [1]


def test_nothing_is_loaded_on_import() -> None:
    modules = python("import sys, fiscal_patterns.segment; print(*sys.modules)").split()
    assert not {"rjieba", "jieba", "spacy_pkuseg", "spacy", "numpy"} & set(modules)


def test_only_segment_knows_a_segmenter() -> None:
    knowing = {
        path.name
        for path in [*(ROOT / "service").rglob("*.py"), *(ROOT / "patterns").rglob("*.py")]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in imported(node)
        if name.split(".")[0] in {"rjieba", "jieba", "spacy_pkuseg", "pkuseg"}
    }
    assert knowing == {"segment.py"}


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


# ---- jieba -------------------------------------------------------------------------------------------------------

CUT_WITH_JIEBA = "from fiscal_patterns.segment import cut; print(*cut('公务接待费支出决算数', 'jieba'))"


def test_jieba_neither_reads_nor_writes_a_cache_in_the_temp_folder(tmp_path: Path) -> None:
    planted = tmp_path / "jieba.cache"
    planted.write_bytes(marshal.dumps(({"务接": 10**6, "待费": 10**6}, 10**7)))
    before = planted.read_bytes()
    tokens = python(CUT_WITH_JIEBA, TMPDIR=str(tmp_path)).split()
    assert tokens == segment.cut("公务接待费支出决算数", "rjieba")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("jieba.cache", before)]


def test_jieba_loads_where_warnings_are_errors_and_nothing_is_compiled_yet(tmp_path: Path) -> None:
    python(CUT_WITH_JIEBA, "-W", "error", PYTHONPYCACHEPREFIX=str(tmp_path))


# ---- pkuseg ------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("unloaded")
def test_pkuseg_needs_no_network(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse(*_: Any, **__: Any) -> Any:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert segment.cut("支出决算为386.15万元。", "pkuseg")[-3:] == ["386.15", "万元", "。"]
    assert not list(tmp_path.iterdir())


def test_the_pkuseg_model_is_small() -> None:
    assert sum(path.stat().st_size for path in segment.PKUSEG_MODEL.iterdir()) <= 3_000_000


def test_the_pkuseg_material_is_ample() -> None:
    assert len(set(MATERIAL.read_text(encoding="utf-8").splitlines())) >= 2_000


def test_the_pkuseg_model_cuts_the_lines_held_back() -> None:
    from spacy_pkuseg import pkuseg

    segmenter = pkuseg(str(segment.PKUSEG_MODEL), user_dict=None)
    right = found = wanted = 0
    for line in MATERIAL.read_text(encoding="utf-8").splitlines()[::20]:
        true, given_spans = spans(line.split()), spans(segmenter.cut(line.replace(" ", "")))
        right, found, wanted = right + len(true & given_spans), found + len(given_spans), wanted + len(true)
    assert 2 * right / (found + wanted) >= 0.97


def spans(tokens: list[str]) -> set[tuple[int, int]]:
    return set(pairwise(accumulate(map(len, tokens), initial=0)))


# ---- time --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", segment.ENGINES)
@pytest.mark.parametrize("piece", ["税", "囧", "1", "1,", "1-", "税、", "支出决算", " ", "\n", "（", "％", "a.1"])
def test_time_grows_in_proportion(engine: str, piece: str) -> None:
    segment.load(engine)

    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        taken = []
        for _ in range(3):
            start = time.perf_counter()
            segment.cut(text, engine)
            taken.append(time.perf_counter() - start)
        return min(taken)

    small, large = seconds(2_000), seconds(8_000)
    # Four times the text; a quadratic cut would take sixteen times as long.
    assert large < max(8 * small, 0.02)


# ---- facts -------------------------------------------------------------------------------------------------------

# Where an engine finds other facts than rjieba: (document, engine) to the reason. Empty: they are all the same.
DIFFERENT: dict[tuple[str, str], str] = {}


def facts(text: str, engine: str) -> Counter[str]:
    """Each fact as one line without its number, which shifts with every fact before it."""
    found = []
    for fact in extract(text, engine=engine).facts:
        shown = to_dict(fact)
        span = shown.pop("span")
        number = shown.pop("id")
        found.append(f"{span['start']}-{span['end']} {span['text']!r} {shown}".replace(number, "-"))
    return Counter(found)


@document
@pytest.mark.parametrize("engine", ["jieba", "pkuseg", "char"])
def test_all_engines_find_the_same_facts(path: Path, engine: str) -> None:
    text = path.read_text(encoding="utf-8")
    default, other = facts(text, segment.DEFAULT_ENGINE), facts(text, engine)
    lost, gained = sorted((default - other).elements()), sorted((other - default).elements())
    if (path.stem, engine) in DIFFERENT:
        assert lost or gained, f"no difference any more: {DIFFERENT[path.stem, engine]}"
    else:
        assert not lost + gained, "\n".join([f"{engine} on {path.name}:", *lost, "instead:", *gained])
