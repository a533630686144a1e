"""Where words begin and end: the only module that knows a segmenter.

Four engines, loaded when first asked for and then kept: ``rjieba`` (the jieba algorithm in Rust), ``jieba`` (the
same tokens, fifteen times slower), ``pkuseg`` (a CRF with a small model of our own) and ``char`` (every character a
token). The words of every ``words.toml`` are user words of all of them. Tokens never decide where a number ends.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import cache, partial
from itertools import accumulate, pairwise
from pathlib import Path
from threading import Lock

import regex

from fiscal_patterns.lexicon import all_words

Cut = Callable[[str], list[str]]
"""Text to its tokens; joined, they are the text."""

DEFAULT_ENGINE = "rjieba"


class SegmenterError(ValueError):
    """No such engine, or its package is not installed."""


def cut(text: str, engine: str = DEFAULT_ENGINE) -> list[str]:
    """Tokens of ``text`` in order; ``"".join(tokens) == text`` whatever the text holds.

    Raises :class:`SegmenterError` for an unknown engine or one whose package is missing.
    """
    return load(engine)(text)


def boundaries(text: str, engine: str = DEFAULT_ENGINE) -> frozenset[int]:
    """Offsets into ``text`` where a token begins or ends, 0 and ``len(text)`` included."""
    if engine == "char":
        return frozenset(range(len(text) + 1))
    return frozenset(accumulate(map(len, cut(text, engine)), initial=0))


def known(engine: str) -> None:
    """Raises :class:`SegmenterError` for an engine that is none of :data:`ENGINES`; loads nothing."""
    if engine not in _LOADERS:
        raise SegmenterError(f"unknown segmenter {engine!r}: choose one of {', '.join(ENGINES)}")


_loaded: dict[str, Cut] = {}
_loading = Lock()


def load(engine: str) -> Cut:
    """The engine's cut, loaded once: a quarter of a second for ``rjieba``, about one for ``jieba`` and ``pkuseg``."""
    found = _loaded.get(engine)
    if found is None:
        known(engine)
        with _loading:
            found = _loaded.get(engine) or _loaded.setdefault(engine, _load(engine))
    return found


def _load(engine: str) -> Cut:
    # The compiled jieba warns of its own regular expressions from Python 3.12 on, which -W error turns into a failure.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return _LOADERS[engine]()
        except ImportError as missing:
            raise SegmenterError(
                f"the segmenter {engine!r} needs its extra: pip install 'fiscal-facts[{engine}]'"
            ) from missing


@cache
def user_words() -> tuple[str, ...]:
    """The vocabulary that engines must not split: Han words of two characters or more, in a fixed order."""
    return tuple(sorted({word for word in all_words() if _HAN_WORD.fullmatch(word)}))


_HAN_WORD = regex.compile(r"[\u4e00-\u9fd5]{2,}")


# ---- rjieba ------------------------------------------------------------------------------------------------------

_SURROGATE = regex.compile("[\ud800-\udfff]")
# The Rust port keeps 1-12, a_b, 2.1.3 and 0.8N in one token where jieba gives several; a range or a code may stand so before
# a name, so its chains are cut the way jieba cuts them. Plain decimals are no chains. (Han characters outside the BMP,
# which jieba does not know for Han, are the one difference left.)
_CHAIN = regex.compile(r"[0-9A-Za-z](?:[-_][0-9A-Za-z]|\.[A-Za-z]|\.\d++(?:[A-Za-z]|\.\d))")
_LINK = regex.compile(r"[0-9A-Za-z]++(?:\.\d++)?+%?|[-_.]")


class _Dictionary:
    """jieba's dictionary in Rust with the user words, each at the least frequency that wins over its parts."""

    def __init__(self) -> None:
        from rjieba import Jieba

        self.jieba = Jieba()
        self.frequencies = {
            word: self.jieba.add_word(word, self.jieba.suggest_freq(word), None) for word in user_words()
        }

    def cut(self, text: str) -> list[str]:
        try:
            tokens: list[str] = self.jieba.cut(text)
        except UnicodeEncodeError:
            return _sliced(text, self.cut(_SURROGATE.sub("\ufffd", text)))
        return _unchained(tokens) if _CHAIN.search(text) else tokens


@cache
def _dictionary() -> _Dictionary:
    return _Dictionary()


def _rjieba() -> Cut:
    return _dictionary().cut


def _unchained(tokens: list[str]) -> list[str]:
    found: list[str] = []
    for token in tokens:
        if len(token) > 2 and token.isascii() and _CHAIN.search(token):
            found.extend(_LINK.findall(token))
        else:
            found.append(token)
    return found


def _sliced(text: str, tokens: list[str]) -> list[str]:
    """``text`` cut where ``tokens``, of the same total length, are cut."""
    stops = list(accumulate(map(len, tokens), initial=0))
    return [text[start:stop] for start, stop in pairwise(stops)]


# ---- jieba -------------------------------------------------------------------------------------------------------

# jieba copies its whole path with every character of a run without punctuation: 200 characters take 2 ms, 5,000 take
# 300. Longer runs are cut in windows; the last words of a window are cut again with what follows them.
_WINDOW = 200
_OVERLAP = 20
_LONG_RUN = regex.compile(r"[\u4e00-\u9fd50-9A-Za-z+#&._%\-]{201,}+")


def _jieba() -> Cut:
    from jieba import Tokenizer

    # Tokenizer.initialize() would trust, and write, a cache file in the temp folder that anybody may have put there.
    tokenizer = Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    # The frequencies of the Rust dictionary, not jieba's own suggestions, which rounding lets differ by one; and the
    # total without what a word had before, which jieba counts twice: 3 % of the whole, enough to turn close calls.
    for word, frequency in _dictionary().frequencies.items():
        tokenizer.total -= tokenizer.FREQ.get(word, 0)
        tokenizer.add_word(word, frequency)
    return partial(_windowed, tokenizer.lcut)


def _windowed(lcut: Cut, text: str) -> list[str]:
    tokens: list[str] = []
    at = 0
    for run in _LONG_RUN.finditer(text):
        tokens += lcut(text[at : run.start()])
        at = run.start()
        while run.end() - at > _WINDOW:
            settled = _settled(lcut(text[at : at + _WINDOW]))
            tokens += settled
            at += sum(map(len, settled))
    return tokens + lcut(text[at:])


def _settled(tokens: list[str]) -> list[str]:
    """The tokens of a full window that end before its overlap, at least the first."""
    ends = accumulate(map(len, tokens))
    return [
        token
        for index, (token, end) in enumerate(zip(tokens, ends, strict=True))
        if not index or end <= _WINDOW - _OVERLAP
    ]


# ---- pkuseg ------------------------------------------------------------------------------------------------------

PKUSEG_MODEL = Path(__file__).with_name("pkuseg_model")
# pkuseg drops white space, and deletes from the middle of a list of all tokens of a stretch: it is handed stretches of
# 200 characters at most, up to the last punctuation mark where there is one. \x1c-\x1f are space to str.split() only.
_STRETCH = regex.compile(r"[\s\x1c-\x1f]|[^\s\x1c-\x1f]{0,199}[，。；：、]|[^\s\x1c-\x1f]{1,200}+")


def _pkuseg() -> Cut:
    from spacy_pkuseg import pkuseg

    # A path is never downloaded; a list of words is added to the dictionary that the package ships.
    segmenter = pkuseg(str(PKUSEG_MODEL), user_dict=list(user_words()))
    return partial(_stretched, segmenter.cut)


def _stretched(cut_stretch: Cut, text: str) -> list[str]:
    return [token for found in _STRETCH.findall(text) for token in cut_stretch(found) or (found,)]


# ---- char --------------------------------------------------------------------------------------------------------


def _char() -> Cut:
    return list


_LOADERS: dict[str, Callable[[], Cut]] = {"rjieba": _rjieba, "jieba": _jieba, "pkuseg": _pkuseg, "char": _char}
ENGINES = tuple(_LOADERS)
"""Names of the engines."""
