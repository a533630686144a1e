"""Labels made from stretches of the text: normalised, put together, with their functional path."""

from __future__ import annotations

import regex

from fiscal_patterns.facts import Classification
from fiscal_patterns.label.classification import Item
from fiscal_patterns.label.distribution import Pieces
from fiscal_patterns.label.nouns import Label, Range
from fiscal_patterns.label.standing import Labels, Standing
from fiscal_patterns.sections.nouns import Section

_WIDE = str.maketrans({"(": "（", ")": "）", " ": None, "\n": None, "\t": None, "\u3000": None, "\r": None})
_INNER_MARK = regex.compile(r"[（(](?:类|款|项)[)）]")


def label(standing: Standing, *pieces: Range | str, inherited: bool = False) -> Label:
    """A label from clean ranges and added words; its place runs from the first range to the last."""
    ranges = [piece for piece in pieces if isinstance(piece, tuple) and piece[1] > piece[0]]
    text = "".join(piece if isinstance(piece, str) else standing.document.printed(*piece) for piece in pieces)
    text = (
        _INNER_MARK.sub("", text).translate(_WIDE).strip("“”")
        if text[:1] == "“" and text[-1:] == "”"
        else _INNER_MARK.sub("", text).translate(_WIDE)
    )
    return Label(text, ranges[0][0], ranges[-1][1], inherited, None, standing.scope)


def printed_plain(standing: Standing, labels: Labels) -> str:
    """The first label's words as patterns see them, in simplified characters."""
    return standing.document.clean[labels[0].start : labels[0].end] if labels else ""


def moved(pieces: Pieces, by: int) -> Pieces:
    """The same pieces with their ranges further on in the text."""
    return tuple(piece if isinstance(piece, str) else (piece[0] + by, piece[1] + by) for piece in pieces)


def inherited(labels: Labels) -> Labels:
    """The labels as a later clause takes them over."""
    return tuple(
        one if one.inherited else Label(one.text, one.start, one.end, True, one.classification, one.scope)
        for one in labels
    )


def joined(standing: Standing, subject: Label, word: Range) -> Label:
    """Subject and bare word: 轿车 + 金额. A word that the subject ends with already is not said twice."""
    printed = standing.document.printed(*word).removeprefix("共计").removeprefix("合计")
    text = subject.text if subject.text.endswith((printed, "支出", "费", "经费")) else subject.text + printed
    return Label(
        text, subject.start, subject.end, True, subject.classification if text == subject.text else None, subject.scope
    )


def item_label(standing: Standing, item: Item, at: int) -> Label:
    """The label of a functional item: lowest level as text, the whole path beside it."""
    names = [standing.document.printed(at + one[0], at + one[1]) if one else None for one in item.levels]
    name = (item.name[0] + at, item.name[1] + at)
    pieces: Pieces = (name,)
    printed = standing.document.printed(*name)
    if item.spent and not printed.endswith("支出"):
        pieces = (name, (item.spent[0] + at, item.spent[1] + at))
    made = label(standing, *pieces)
    return Label(
        made.text, made.start, made.end, False, Classification((names[0], names[1], names[2]), item.code), made.scope
    )


_TITLE = regex.compile(
    r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．]?)?(?P<name>.+?)(?:支出|收入)?(?:预算|决算)?(?:执行)?(?:总体|具体|结构)?(?:情况)?(?:说明)?$"
)


def heading_label(standing: Standing, section: Section) -> Label | None:
    """The subject that a heading names, as far as it is a plain noun: 三、公务接待费支出情况说明 → 公务接待费支出."""
    clean = standing.document.clean
    start = section.start
    found = _HEADING.match(clean, start, start + len(section.title) + 6)
    if not found:
        return None
    return label(standing, found.span("name"), inherited=True)


_HEADING = regex.compile(
    r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．]?)?(?:20\d\d年度?)?"
    r"(?P<name>[^，,。；;：:\n]{0,30}?(?:支出|收入|经费|费|采购|资金|拨款))(?:预算|决算)?(?:执行)?(?:总体|具体)?(?:情况)?(?:说明)?(?=[\n。：:（(]|$)"
)
