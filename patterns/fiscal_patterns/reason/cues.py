"""Words that announce an explanation, and how much of a clause belongs to them."""

from __future__ import annotations

import re
from typing import Literal

import regex

from fiscal_patterns.lexicon import one_of, read_words
from fiscal_patterns.records import record

CueKind = Literal["stated", "mainly", "due", "under"]


@record
class Cue:
    """A cue: ``[start, end)`` as the contract prints it; the explanation begins at ``after`` (behind a colon).

    ``kind``: ``stated`` names the word 原因, ``mainly`` 主要是, ``due`` 由于 or 因, ``under`` 受…影响.
    """

    start: int
    end: int
    after: int
    kind: CueKind


_WORDS = read_words("reason")
_CUE = _WORDS["cue"]
_PART = _WORDS["part_of_word"]
PURPOSE = one_of(_WORDS["purpose"]["purpose"])
_BEFORE = "".join(f"(?<!{word})" for word in _PART["before"])
_TELLS = r"(?:可能|应|也|均|都)?(?:是|为|系|在于)?(?:由于|因为|因(?!此|素|公))?"
# 主要是三个原因：, 原因有以下几个方面：, 原因如下：
_COUNTED = r"(?:有[二两三四五几]|有?(?:以下)?[一二三四五六两几多\d]?(?:个方面|方面|个|点)(?:的?原因)?|有?[一二三四五六两几多\d]个?原因|如下)(?=[:：,，])"
# 主要是受疫情影响,项目推迟: what was hit goes on telling; 受 then begins the explanation.
_HIT = r"[^,，。;；]{2,30}(?:影响|冲击)[,，](?!同比|较|比|完成|占|其中)"
# 。主要受楼市调整影响，土地出让面积减少。: the same without 是, where nothing else is stated behind it.
_HIT_ALONE = rf"主要(?=受{_HIT}[^,，。;；\d]{{2,40}}[,，。;；])"
_PATTERN = regex.compile(
    rf"""(?<![等述]|问题)原因(?!分析及|和|及|、)(?:主要|说明|分析)?(?P<stated>{_TELLS}(?:{_COUNTED})?)
      | 主要(?P<factor>{one_of(_CUE["factor"])})
      | (?P<mainly>(?:{one_of(_CUE["mainly"])}(?!素)|(?<=[,，]){_CUE["is"][0]}(?!统|列|数))(?:由于|因为|因|受(?!{_HIT})|{_COUNTED})?+|{_HIT_ALONE})
          (?!{PURPOSE})
      | 主要(?P<under>{_CUE["under"][0]})(?![理众])
      | (?P<received>{_CUE["under"][0]})(?![理众益托援聘训让])(?=[^。；;]{{2,80}}?(?:{"|".join(_WORDS["influence"]["influence"])}))
      | (?P<due>{one_of(_CUE["due"])}|{_BEFORE}因(?!{"|".join(_PART["behind"])}))""",
    regex.VERBOSE,
)
_YEAR = regex.compile(r"(?:20\d\d年度?|本年度?|今年|全年|当年)$")  # 2024年受疫情影响
_LONGEST_CUE = 80  # 2024年度“三公”经费支出决算数小于（大于）预算数的主要原因 has 32 characters
_PUNCTUATION = regex.compile(r"[,，。;；:：!！?？\t\n]")
_COLON = regex.compile(r"\s*[:：]\s*")
_CONNECTED = regex.compile(r"(?:是|系|为|均|都|主要|可能|也)+$")


# Words that every cue holds; most sentences have none.
_HINT = re.compile("|".join(word for words in _CUE.values() for word in words))


def find_cues(clean: str, start: int, end: int) -> list[Cue]:
    """The cues of a sentence, in order."""
    if not _HINT.search(clean, start, end):
        return []
    found = _PATTERN.finditer(clean, start, end)
    return [
        _cue(clean, match, start) for match in found if not match["received"] or _opens(clean, match.start(), start)
    ]


def _opens(clean: str, position: int, start: int) -> bool:
    return (
        position == start or clean[position - 1] in ",，。;；:：、" or _YEAR.match(clean, start, position) is not None
    )


def _cue(clean: str, match: regex.Match[str], start: int) -> Cue:
    kind: CueKind = "stated"
    if match["mainly"]:
        kind = "mainly"
    elif match["due"]:
        kind = "due"
    elif match["under"] or match["received"]:
        kind = "under"
    begin = match.start()
    if kind in ("stated", "mainly"):
        begin = _clause(clean, start, match.start())
    elif kind == "due" and (connected := _CONNECTED.search(clean, max(start, match.start() - 6), match.start())):
        begin = connected.start()
    colon = _COLON.match(clean, match.end())
    return Cue(begin, match.end(), colon.end() if colon else match.end(), kind)


def _clause(clean: str, start: int, position: int) -> int:
    """Where the clause that holds ``position`` begins."""
    start = max(start, position - _LONGEST_CUE)
    start = max((mark.end() for mark in _PUNCTUATION.finditer(clean, start, position)), default=start)
    opened = max(clean.rfind(bracket, start, position) for bracket in "(（")
    closed = max(clean.rfind(bracket, start, position) for bracket in ")）")
    return opened + 1 if opened > closed else start
