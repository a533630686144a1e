"""The pkuseg model: drafting its material, training it, measuring it.

The material is ``annotations/segmentation/sentences.txt``: one sentence a line, tokens separated by spaces. To add to
it, draft new lines, read them, mend them, append them, train again:

    python scripts/train_pkuseg.py draft new.txt > drafted.txt      # one sentence a line in
    python scripts/train_pkuseg.py examples > drafted.txt           # the examples beside the rules that are not in yet
    python scripts/train_pkuseg.py train                            # writes patterns/fiscal_patterns/pkuseg_model

A draft is jieba's segmentation with numbers kept whole and the corrections of ``words.txt``: a line without a space is
a word, one with a space is cut there. Training prints precision, recall and F of the lines held back.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import random
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np
import regex
from rjieba import Jieba

ROOT = Path(__file__).resolve().parents[1]
MATERIAL = ROOT / "annotations" / "segmentation"
MODEL = ROOT / "patterns" / "fiscal_patterns" / "pkuseg_model"

# Every 20th line is held back: enough tokens to tell 97 % from 98 %.
HELD_BACK = 20
# More rounds no longer change the figure for the lines held back.
ROUNDS = 12
# Features seen once are three quarters of the model and do not move the figure for the lines held back.
RAREST_FEATURE = 1
SEED = 20240101
_NUMBER = regex.compile(r"(?<![\d.])[-+]?\d++(?:[,，]\d{3})*+(?:\.\d++)?+[%‰]?")


@cache
def corrections() -> tuple[tuple[str, ...], ...]:
    """The lines of words.txt, each as its tokens, longest first."""
    lines = (MATERIAL / "words.txt").read_text(encoding="utf-8").splitlines()
    return tuple(sorted((tuple(line.split()) for line in lines), key=lambda tokens: -len("".join(tokens))))


@cache
def dictionary() -> Jieba:
    """jieba's own dictionary with the words of words.txt."""
    jieba = Jieba()
    for tokens in corrections():
        if len(tokens) == 1:
            jieba.add_word(tokens[0], jieba.suggest_freq(tokens[0]), None)
    return jieba


def draft(sentence: str) -> list[str]:
    """Tokens of a sentence, white space left out."""
    ends = set(accumulate(map(len, dictionary().cut(sentence)), initial=0))
    taken: set[int] = set()
    for start, tokens in _whole(sentence):
        stops = list(accumulate(map(len, tokens), initial=start))
        inside = set(range(start, stops[-1]))
        if taken.isdisjoint(inside):
            taken |= inside
            ends -= inside
            ends.update(stops)
    return [token for a, b in pairwise(sorted(ends)) if (token := "".join(sentence[a:b].split()))]


def _whole(sentence: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    for number in _NUMBER.finditer(sentence):
        yield number.start(), (number.group(),)
    for tokens in corrections():
        for found in regex.finditer(regex.escape("".join(tokens)), sentence):
            yield found.start(), tokens


def examples() -> Iterator[str]:
    """Lines of the examples in every corpus.toml that the material does not hold yet."""
    known = {"".join(line.split()) for line in (MATERIAL / "sentences.txt").read_text(encoding="utf-8").splitlines()}
    for corpus in sorted(MODEL.parent.glob("*/corpus.toml")):
        for example in tomllib.loads(corpus.read_text(encoding="utf-8")).get("example", ()):
            for line in example["text"].splitlines():
                if (joined := "".join(line.split())) not in known:
                    known.add(joined)
                    yield line


def train() -> None:
    """Train on the material and write the model, smaller by what it does not need."""
    import spacy_pkuseg
    from spacy_pkuseg.config import config

    lines = (MATERIAL / "sentences.txt").read_text(encoding="utf-8").splitlines()
    held = lines[::HELD_BACK]
    kept = [line for number, line in enumerate(lines) if number % HELD_BACK]
    random.seed(SEED)
    config.featureTrim = RAREST_FEATURE
    MODEL.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        train_file, test_file = Path(folder, "train.txt"), Path(folder, "test.txt")
        train_file.write_text("\n".join(kept) + "\n", encoding="utf-8")
        test_file.write_text("\n".join(held) + "\n", encoding="utf-8")
        spacy_pkuseg.train(str(train_file), str(test_file), str(MODEL), train_iter=ROUNDS)
    _compress(MODEL / "weights.npz")
    measure(held)


def _compress(path: Path) -> None:
    """Round the weights to 1/1024, which changes no token of the material, and store them compressed."""
    with np.load(path) as stored:
        sizes, weights = stored["sizes"], stored["w"]
    np.savez_compressed(path, sizes=sizes, w=np.round(weights * 1024) / 1024)


def measure(held: list[str]) -> None:
    """Print how well the stored model, without any dictionary, cuts the lines held back."""
    from spacy_pkuseg import pkuseg

    segmenter = pkuseg(str(MODEL), user_dict=None)
    right = found = true = 0
    for line in held:
        wanted, given = _spans(line.split()), _spans(segmenter.cut(line.replace(" ", "")))
        right, found, true = right + len(wanted & given), found + len(given), true + len(wanted)
    size = sum(path.stat().st_size for path in MODEL.iterdir())
    print(f"{len(held)} lines held back: precision {right / found:.4f} recall {right / true:.4f}; {size:,} bytes")


def _spans(tokens: list[str]) -> set[tuple[int, int]]:
    return set(pairwise(accumulate(map(len, tokens), initial=0)))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=["draft", "examples", "train"])
    parser.add_argument("file", nargs="?", type=Path, help="sentences to draft, one a line; standard input without")
    given = parser.parse_args()
    if given.step == "train":
        train()
        return
    if given.step == "examples":
        lines: Iterable[str] = examples()
    else:
        lines = (given.file.read_text(encoding="utf-8") if given.file else sys.stdin.read()).splitlines()
    for line in lines:
        if tokens := draft(line):
            print(" ".join(tokens))


if __name__ == "__main__":
    main()
