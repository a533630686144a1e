"""Numerals read back exactly in every rendering, every numeral is accounted for, and time stays linear."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
import regex
from fiscal_facts import extract
from fiscal_patterns import quantity
from fiscal_patterns.quantity.numerals import read_han
from fiscal_patterns.sections import sectionize
from fiscal_patterns.text import Document

EVERYDAY = ("零一二三四五六七八九", ("", "十", "百", "千"))
FORMAL = ("零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟"))
WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")


def han(number: int, script: tuple[str, tuple[str, ...]] = EVERYDAY) -> str:
    """A whole number in Chinese characters by the rules of GB/T 15835: one 零 for a gap, groups of four."""
    if number == 0:
        return "零"
    text, gap = "", False
    for tens, name in ((12, "万亿"), (8, "亿"), (4, "万"), (0, "")):
        group = number // 10**tens % 10_000
        if group == 0:
            gap = bool(text)
            continue
        text += ("零" if text and (gap or group < 1000) else "") + below_ten_thousand(group, script) + name
        gap = False
    return text


def below_ten_thousand(number: int, script: tuple[str, tuple[str, ...]]) -> str:
    digits, units = script
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            text += ("零" if gap and text else "") + digits[digit] + units[place]
            gap = False
        else:
            gap = True
    return text


def spoken(number: Decimal) -> str:
    whole, _, fraction = format(number, "f").partition(".")
    return han(int(whole)) + ("点" + "".join(EVERYDAY[0][int(digit)] for digit in fraction) if fraction else "")


def grouped(number: Decimal, mark: str) -> str:
    return f"{number:,f}".replace(",", mark)


Case = tuple[str, Decimal]
"""A rendering and its value in yuan or percent."""

RENDERINGS: dict[str, Callable[[Decimal], Case]] = {
    "plain": lambda n: (f"{n}元", n),
    "comma": lambda n: (f"{grouped(n, ',')}元", n),
    "comma and space": lambda n: (f"{grouped(n, ', ')}元", n),
    "space": lambda n: (f"{grouped(n, ' ')}元", n),
    "full width": lambda n: (f"{n}万元".translate(WIDE), n * 10_000),
    "everyday": lambda n: (f"{han(int(n))}元", Decimal(int(n))),
    "spoken with 万": lambda n: (f"{spoken(n % 10_000)}万元", n % 10_000 * 10_000),
    "大写": lambda n: (f"{han(int(n), FORMAL)}元整", Decimal(int(n))),
    "万": lambda n: (f"{n}万元", n * 10_000),
    "亿": lambda n: (f"{n % 1_000_000}亿元", n % 1_000_000 * 10**8),
    "亿 and 万": lambda n: (f"{int(n)}亿{n % 10_000}万元", int(n) * 10**8 + n % 10_000 * 10_000),
    "signed": lambda n: (f"-{n}万元", -n * 10_000),
    "百分之": lambda n: (f"百分之{spoken(n % 1000)}", n % 1000),
}


def random_decimal(source: random.Random) -> Decimal:
    """Whole part of 1 to 9 digits, up to 6 decimals, as accounts print them."""
    number = Decimal(source.randrange(1, 10 ** source.randint(1, 9)))
    places = source.choice((0, 0, 1, 2, 2, 2, 4, 6))
    return number + Decimal(source.randrange(10**places)).scaleb(-places)


def values(text: str) -> Iterator[Decimal]:
    document = Document(text)
    for found in quantity.find(document.clean, sectionize(document.clean).sentences):
        yield found.value


@pytest.mark.parametrize("name", RENDERINGS)
def test_random_decimals_read_back_exactly(name: str) -> None:
    source = random.Random(name)
    cases = [RENDERINGS[name](random_decimal(source)) for _ in range(7_700)]  # 13 renderings: 100,100 decimals
    for first in range(0, len(cases), 100):
        block = cases[first : first + 100]
        text = "".join(f"其中差额为{printed}。" for printed, _ in block)
        assert list(values(text)) == [value for _, value in block], [printed for printed, _ in block]


@pytest.mark.parametrize("printed", ["二〇一三", "三四", "百", "一万二万", "十二十", "一百二百", "一亿亿", ""])
def test_what_is_no_number_is_not_read(printed: str) -> None:
    assert read_han(printed) is None


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("十", "10"),
        ("二十三", "23"),
        ("一百零五", "105"),
        ("两千", "2000"),
        ("三点零五", "3.05"),
        ("一万亿", "1000000000000"),
    ],
)
def test_chinese_numbers(printed: str, number: str) -> None:
    assert read_han(printed) == Decimal(number)


PIECES = (
    *("12", "3.5", "1,234.5", "２０２４", "0817-1234567", "7", "100", "〔2024〕32号", "[bookmark: _Toc123]"),
    *["万元", "亿元", "%", "个", "年", "月", "第", "、", "，", "。", "（", "）", "-", "至", "约", "/人"],
    *("\n", "\t", " ", "\r\n", "\u3000"),
    *["一、", "支出", "增长", "减少", "目录", "三个", "十二万元", "百分之五", "单位：万元", "说明"],
)


RUN = regex.compile(r"\d+")


def test_every_run_of_digits_is_in_a_fact_or_unclaimed() -> None:
    source = random.Random(7)
    for _ in range(400):
        text = "".join(source.choice(PIECES) for _ in range(source.randrange(1, 60)))
        found = extract(text)
        spans = [fact.span for fact in found.facts] + [item.span for item in found.unclaimed]
        held = {at for span in spans for at in range(span.start, span.end)}
        for run in RUN.finditer(text):
            assert held >= set(range(*run.span())), (text, run, found.unclaimed)


def test_unclaimed_numerals_hold_their_own_text_and_come_in_order() -> None:
    text = "2024年第3批，支出5万元，（川财〔2024〕32号）电话0817-1234567，得分9.5。"
    found = extract(text).unclaimed
    assert all(text[item.span.start : item.span.end] == item.span.text for item in found)
    assert [(item.span.text, item.reason) for item in found] == [
        ("2024", "date"),
        ("3", "ordinal"),
        ("2024", "document_number"),
        ("32", "document_number"),
        ("0817", "contact"),
        ("1234567", "contact"),
        ("9.5", "unknown"),
    ]


def test_coverage_is_the_share_of_prose_numerals_that_are_known() -> None:
    assert extract("支出5万元，增长3%。").coverage == 1
    assert extract("没有数字。").coverage == 1
    assert extract("支出5万元，其他9.5，增长3%，占8%。").coverage == Decimal("0.75")


PATHOLOGICAL = (
    "7",
    "1,",
    "1 ",
    "1 234",
    "一",
    "亿元",
    "百分之",
    "分别1、",
    "第",
    "（甲1；",
    "1.",
    "万亿",
    "每人",
    "12-",
    "单位：万元1",
)


@pytest.mark.parametrize("piece", PATHOLOGICAL)
def test_time_is_linear(piece: str) -> None:
    def seconds(length: int) -> float:
        clean = Document("支出" + piece * (length // len(piece))).clean
        sentences = sectionize(clean).sentences
        begin = time.process_time()
        quantity.find(clean, sentences)
        return time.process_time() - begin

    short, long = min(seconds(60_000) for _ in range(3)), min(seconds(240_000) for _ in range(3))
    assert long < 8 * short + 0.2, "four times the text takes 4 times the time, 16 times if quadratic"
