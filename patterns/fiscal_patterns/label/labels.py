"""Labels made from stretches of the text: normalised, put together, with their functional path."""

from __future__ import annotations

from dataclasses import replace

import regex

from fiscal_patterns.facts import Classification
from fiscal_patterns.label.classification import Item
from fiscal_patterns.label.nouns import Label, Range
from fiscal_patterns.label.standing import Labels, Standing
from fiscal_patterns.label.tail import DEEDS
from fiscal_patterns.lexicon import table
from fiscal_patterns.sections.nouns import Section

_CLASSES = frozenset(table("label", "class"))
_WIDE = str.maketrans({"(": "（", ")": "）", " ": None, "\n": None, "\t": None, "\u3000": None, "\r": None})
_MARK = regex.compile(r"[（(](?:类|款|项)[)）]")


def label(
    standing: Standing,
    *pieces: Range | str,
    inherited: bool = False,
    path: Classification | None = None,
    scoped: bool = True,
) -> Label:
    """A label from clean ranges and added words; its place runs from the first range to the last.

    ``path`` is its functional path where the text prints one; without ``scoped`` it is nobody's figure.
    """
    document, first = standing.document, pieces[0]
    if len(pieces) == 1 and not isinstance(first, str):
        start, end = first
        text = document.printed(start, end)
        plain = document.clean[start:end]
    else:
        ranges = [piece for piece in pieces if isinstance(piece, tuple) and piece[1] > piece[0]]
        start, end = ranges[0][0], ranges[-1][1]
        plain = text = "".join([piece if isinstance(piece, str) else document.printed(*piece) for piece in pieces])
    if not text.isalnum():
        text = _normal(text)
    if path is None and plain in _CLASSES:
        path = Classification((text, None, None), None)
    return Label(text, start, end, inherited, path, standing.scope if scoped else None)


def _normal(text: str) -> str:
    """Brackets full width, spaces and 类/款/项 marks out, and the quotes of a name that is quoted as a whole."""
    if "）" in text or ")" in text:
        text = _MARK.sub("", text)
    text = text.translate(_WIDE)
    if "”项目" in text and text[0] == "“" and text.count("“") == 1:
        return text.replace("“", "").replace("”", "")
    return text[1:-1] if text[0] == "“" and text[-1] == "”" and "“" not in text[1:] else text


def printed_plain(standing: Standing, labels: Labels) -> str:
    """The first label's words as patterns see them, in simplified characters."""
    return standing.document.clean[labels[0].start : labels[0].end] if labels else ""


def inherited(labels: Labels) -> Labels:
    """The labels as a later clause takes them over."""
    if not labels or (len(labels) == 1 and labels[0].inherited):
        return labels
    return tuple(
        [
            one if one.inherited else Label(one.text, one.start, one.end, True, one.classification, one.scope)
            for one in labels
        ]
    )


def joined(standing: Standing, subject: Label, word: Range) -> Label:
    """Subject and bare word: 轿车 + 金额. A word that the subject ends with already is not said twice."""
    printed = standing.document.printed(*word).removeprefix("共计").removeprefix("合计")
    if printed in _GIVEN:
        printed = printed[2:]
    if printed in _LEFT_OVER:
        kept = _SPENT.sub("", subject.text)
        return Label(kept + printed, subject.start, subject.end, True, None, subject.scope)
    already = ("支出",) if printed == "实际支出" else (printed, "支出", "费", "经费")
    if printed in DEEDS or (printed not in _BALANCES and subject.text.endswith(already)):
        return replace(subject, inherited=True)
    return Label(subject.text + printed, subject.start, subject.end, True, None, subject.scope)


_GIVEN = ("安排资金", "发放资金")
_SPENT = regex.compile(r"(?:实际|应)?(?:支出|到位)$|(?<=资金)计划$")
_BALANCES = ("结余", "本年结余", "当年结余", "累计结余", "滚存结余", "年末滚存结余", "缺口", "结转")
_LEFT_OVER = ("剩余", "尚余", "未支出", "到位", "实际到位", "实际使用")  # of what was to be spent, not of the spending


def item_label(standing: Standing, item: Item, at: int, *, inherited: bool = False) -> Label:
    """The label of a functional item: lowest level as text, the whole path beside it."""
    printed = standing.document.printed
    names = [printed(at + one[0], at + one[1]).translate(_WIDE) if one else None for one in item.levels]
    pieces = [(item.name[0] + at, item.name[1] + at)]
    if item.spent and not standing.document.clean.endswith("支出", *pieces[0]):
        pieces.append((item.spent[0] + at, item.spent[1] + at))
    if item.spent:
        names[0] = label(standing, *pieces).text
    return label(standing, *pieces, inherited=inherited, path=Classification((names[0], names[1], names[2]), item.code))


_HEADED = regex.compile(
    r"(?:支出|收入|经费|费|采购|资金|拨款)(?P<rest>(?:预算|决算)?(?:执行)?(?:总体|具体)?(?:情况)?(?:说明)?)(?=[\n。：:（(]|$)"
)
_NUMBER = regex.compile(r"(?:[（(]?[一二三四五六七八九十\d]{1,3}+[)）]?[、.．]?)?+(?:20\d\d年度?)?+")


def heading_label(standing: Standing, section: Section) -> Label | None:
    """The subject that a heading names, as far as it is a plain noun: 三、公务接待费支出情况说明 → 公务接待费支出."""
    clean, end = standing.document.clean, section.start + len(section.title) + 6
    number = _NUMBER.match(clean, section.start, end)
    start = number.end() if number else section.start
    found = _HEADED.search(clean, start, end)
    if not found or not clean[start : found.start("rest")].strip() or _PUNCTUATED.search(clean, start, found.start()):
        return None
    return label(standing, (start, found.start("rest")), inherited=True)


_PUNCTUATED = regex.compile(r"[，,。；;：:\n]")
