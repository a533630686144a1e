"""Rounding by intervals, worked by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from fiscal_facts.checks.intervals import (
    Interval,
    admits,
    exact,
    last_digit,
    minus,
    over,
    overlap,
    percent,
    plus,
    printed,
    scaled,
    telling,
    total,
)

D = Decimal


@pytest.mark.parametrize(
    ("number", "low", "high"),
    [("18.65", "18.645", "18.655"), ("270", "269.5", "270.5"), ("0", "-0.5", "0.5"), ("0.00", "-0.005", "0.005")],
)
def test_a_printed_figure_stands_for_half_a_unit_to_each_side(number: str, low: str, high: str) -> None:
    assert printed(D(number)) == Interval(D(low), D(high))


def test_zeros_behind_the_point_count() -> None:
    assert last_digit(D("3.00")) == D("0.01")
    assert last_digit(D("3")) == D("1")
    assert last_digit(D("3E+2")) == D("100")


def test_sums_and_differences_widen() -> None:
    one, other = printed(D("2.5")), printed(D("0.19"))
    assert plus(one, other) == Interval(D("2.635"), D("2.745"))
    assert minus(one, other) == Interval(D("2.255"), D("2.365"))
    assert total([one, other, other]) == Interval(D("2.82"), D("2.94"))
    assert total([]) == exact(D(0))


def test_the_fall_of_the_vehicles_fits_though_exact_arithmetic_says_another_rate() -> None:
    # 0.19÷(2.5+0.19)=7.06 %, printed 7.16 %: with 2.5 between 2.45 and 2.55 it may be 6.75 … 7.40 %
    found = percent(printed(D("0.19")), plus(printed(D("2.5")), printed(D("0.19"))))
    assert found is not None
    assert (found.low.quantize(D("0.01")), found.high.quantize(D("0.01"))) == (D("6.74"), D("7.40"))
    assert admits(found, D("7.16"))


def test_a_result_may_be_off_by_one_unit_of_its_last_digit() -> None:
    # 448720.00÷4062510.85=11.0454 %: truncated to 11.04 is inside, 11.03 is outside, 11.06 is outside
    found = percent(printed(D("448720.00")), printed(D("4062510.85")))
    assert found is not None
    assert [admits(found, D(rate)) for rate in ("11.03", "11.04", "11.05", "11.06")] == [False, True, True, False]
    assert admits(found, D("11"))
    assert not admits(found, D("13"))


def test_a_share_printed_without_decimals_is_coarse() -> None:
    # 3÷3.15: 3 stands for 2.5 … 3.5, so 100 % fits; 3.00 would not
    assert admits(percent(printed(D("3")), printed(D("3.15"))) or exact(D(0)), D("100"))
    assert not admits(percent(printed(D("3.00")), printed(D("3.15"))) or exact(D(0)), D("100"))


def test_a_divisor_that_may_be_zero_gives_nothing() -> None:
    assert over(printed(D("1")), printed(D("0.4"))) is not None
    assert over(printed(D("1")), printed(D("0"))) is None
    assert percent(printed(D("0")), printed(D("0"))) is None


def test_quotients_with_negative_ends() -> None:
    assert over(Interval(D(-1), D(2)), Interval(D(2), D(4))) == Interval(D("-0.5"), D(1))
    assert over(Interval(D(1), D(2)), Interval(D(-4), D(-2))) == Interval(D(-1), D("-0.25"))


def test_units_scale_both_ends() -> None:
    assert scaled(printed(D("3.15")), D(10000)) == Interval(D("31450"), D("31550"))
    assert overlap(scaled(printed(D("3.15")), D(10000)), printed(D("31495")))
    assert not overlap(printed(D("3.15")), printed(D("3.17")))
    assert overlap(printed(D("3.15")), printed(D("3.16")))  # both may be 3.155


def test_one_digit_tells_nothing_when_moved_by_ten_thousand() -> None:
    assert not telling(printed(D("3")))
    assert telling(printed(D("3.15")))
