"""Find quantities by pattern on characters; no segmentation."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from fiscal_patterns.quantity.context import Range
from fiscal_patterns.quantity.durations import durations
from fiscal_patterns.quantity.implied import headed, read_bare, unitless
from fiscal_patterns.quantity.neighbours import bracketed, prices_carried, sharing
from fiscal_patterns.quantity.nouns import Quantity
from fiscal_patterns.quantity.readings import Match, read_chinese, read_match
from fiscal_patterns.quantity.shapes import ARABIC, CHINESE
from fiscal_patterns.rules import Rule
from fiscal_patterns.sections.nouns import Sentence

RULES: tuple[Rule, ...] = (
    Rule("amount.plain", "阿拉伯数字加货币单位的金额。", "支出1,234.56万元"),
    Rule("amount.combined", "亿与万连写的金额，单位取最后一级。", "3亿2000万元"),
    Rule(
        "amount.chinese",
        "中文小写或大写数字的金额。",
        "壹佰贰拾万元整",
        "支付结算办法附一：正确填写票据和结算凭证的基本规定",
    ),
    Rule("amount.range", "金额区间的低端，单位取自高端。", "30万至40万元", "GB/T 15835—2011 出版物上数字用法"),
    Rule("amount.list", "“分别”“各”之后并列的数，单位取自最后一个金额。", "分别为12.5、13.6万元"),
    Rule("amount.bracket", "金额后括号内的分项，单位取自括号前的金额。", "90万元（甲区50；乙区40）"),
    Rule("amount.implied_unit", "只写“万”“亿”而最近的名词说的是钱，省略了“元”。", "收入合计为5.3亿"),
    Rule("amount.inherited_unit", "资金类名词后脱落单位的数，单位取自同句金额或上方“单位：万元”。", "剩余20用于下年"),
    Rule("amount.headed_unit", "单位写在数字前的括号里。", "发行总额（亿）12.5"),
    Rule("percentage.headed_unit", "百分号写在数字前的括号里。", "执行率（%）98.5"),
    Rule("count.headed_unit", "量词写在数字前的括号里。", "编制数（人）20"),
    Rule("percentage.sign", "带百分号的数。", "增长5.2%"),
    Rule("percentage.permille", "带千分号的数。", "费率3‰"),
    Rule("percentage.points", "百分点。", "提高2.5个百分点"),
    Rule("percentage.chinese", "百分之几、千分之几。", "百分之三点五", "GB/T 15835—2011 出版物上数字用法"),
    Rule("percentage.cheng", "几成，一成为百分之十。", "近六成"),
    Rule("percentage.range", "百分比区间的低端。", "80-100%", "GB/T 15835—2011 出版物上数字用法"),
    Rule("percentage.list", "“分别”“各”之后并列的百分比，单位取自最后一个。", "分别增长3.5、4.2个百分点"),
    Rule("percentage.bracket", "百分比后括号内的分项，单位取自括号前的百分比。", "5.1%（甲县6.3；乙县4.0）"),
    Rule("count.plain", "阿拉伯数字加量词。", "3批次"),
    Rule("count.chinese", "中文数字加量词，成语、名称和虚指除外。", "下设四个科室", "GB/T 15835—2011 出版物上数字用法"),
    Rule("count.bare", "只有“万”“亿”而数的是人或物。", "260余万参保人"),
    Rule("count.duration", "超过、满、期限等词后的年数和日数。", "结余资金超过两年"),
    Rule("count.range", "数量区间的低端。", "3至5个"),
    Rule("count.list", "“分别”“各”之后并列的数量，单位取自最后一个。", "分别得分95、92、98分"),
    Rule("count.bracket", "数量后括号内的分项，单位取自括号前的数量。", "35个（东片12；西片23）"),
)


def find(clean: str, sentences: tuple[Sentence, ...]) -> tuple[Quantity, ...]:
    """All quantities of the sentences, in order of position.

    ``clean`` is the cleaned text, ``sentences`` its prose in order. Numbers without a unit of their own come last,
    because they take that of the others.
    """
    stretches = tuple(_stretches(sentences))
    with_units = sorted(_with_units(clean, sentences, stretches), key=_POSITION)
    prices_carried(clean, with_units)
    late = [
        *durations(clean, stretches),
        *bracketed(clean, with_units),
        *headed(clean, stretches),
        *unitless(clean, sentences, stretches, with_units),
    ]
    if not late:
        return tuple(_without_overlap(with_units))
    found = [*with_units, *(quantity for quantity in late if _sentence_at(quantity, sentences))]
    return tuple(_without_overlap(sorted(found, key=_POSITION)))


_POSITION = attrgetter("start")


# Sentences this near are read in one go: a search costs as much to start as to read 60 characters.
_GAP = 60


def _stretches(sentences: Sequence[Sentence]) -> Iterator[Range]:
    """Clean ranges that cover the sentences and leave long tables out."""
    if not sentences:
        return
    start, end = sentences[0].start, sentences[0].end
    for sentence in sentences:
        if sentence.start > end + _GAP:
            yield start, end
            start = sentence.start
        end = sentence.end
    yield start, end


def _with_units(clean: str, sentences: Sequence[Sentence], stretches: Sequence[Range]) -> list[Quantity]:
    found: list[Quantity] = []
    for pattern, read in ((ARABIC, _read_arabic), (CHINESE, read_chinese)):
        place, sentence = 0, None
        for stretch in stretches:
            for match in pattern.finditer(clean, *stretch):
                start = match.start()
                while sentences[place].end <= start:
                    place += 1
                sentence = sentences[place]
                if start >= sentence.start and match.end() <= sentence.end:
                    quantity = read(clean, match, sentence.start)
                    if quantity:
                        found.append(quantity)
                        found += sharing(clean, quantity, sentence.start)
    return found


def _read_arabic(clean: str, match: Match, floor: int) -> Quantity | None:
    what = match.lastgroup or ""
    return read_bare(clean, match, floor) if what == "bare" else read_match(clean, match, what)


def _sentence_at(quantity: Quantity, sentences: Sequence[Sentence]) -> bool:
    place = bisect_right(sentences, quantity.start, key=lambda sentence: sentence.start) - 1
    return place >= 0 and quantity.end <= sentences[place].end


def _without_overlap(found: Iterable[Quantity]) -> Iterator[Quantity]:
    """The first of two that overlap; they come in order of position."""
    end = -1
    for quantity in found:
        if quantity.start >= end:
            yield quantity
            end = quantity.end
