"""Account tables without codes: totals of columns and of rows, in several layouts; damaged ones say nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from fiscal_facts import extract

HEADS = ["科目名称", "合计", "基本支出", "项目支出"]
ROWS = [
    ["农林水支出", "1867.83", "1012.46", "855.37"],
    ["社会保障和就业支出", "139.69", "139.69", "0.00"],
    ["住房保障支出", "132.20", "132.20", "0.00"],
    ["合计", "2139.72", "1284.35", "855.37"],
]
NESTED = [
    ["农林水支出", "1867.83", "1012.46", "855.37"],
    ["其中：行政运行", "1012.46", "1012.46", "0.00"],
    ["水利工程建设", "855.37", "0.00", "855.37"],
    ["社会保障和就业支出", "139.69", "139.69", "0.00"],
    ["合计", "2007.52", "1152.15", "855.37"],
]


def tabs(rows: list[list[str]], heads: list[str]) -> str:
    return "\n".join("\t".join(row) for row in [heads, *rows])


def indented(rows: list[list[str]], heads: list[str]) -> str:
    return "\n".join("\t" + "\t".join(row) for row in [heads, *rows])


def pipes(rows: list[list[str]], heads: list[str]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in [heads, *rows])


def cells(rows: list[list[str]], heads: list[str]) -> str:
    return "\n".join("\n".join(row) for row in [heads, *rows])


def spaces(rows: list[list[str]], heads: list[str]) -> str:
    return "\n".join("  ".join(row) for row in [heads, *rows])


Layout = Callable[[list[list[str]], list[str]], str]
LAYOUTS = pytest.mark.parametrize("layout", [tabs, indented, pipes, cells, spaces])


def codes(table: str) -> list[str]:
    text = f"附表：2024年度支出决算简表\n单位：万元\n{table}\n"
    return [finding.code for finding in extract(text).findings if finding.severity != "note"]


def changed(rows: list[list[str]], row: int, column: int, words: str) -> list[list[str]]:
    found = [list(cells) for cells in rows]
    found[row][column] = words
    return found


@LAYOUTS
def test_a_table_that_adds_up_is_silent(layout: Layout) -> None:
    assert codes(layout(ROWS, HEADS)) == []
    assert codes(layout(NESTED, HEADS)) == []
    assert codes(layout([ROWS[-1], *ROWS[:-1]], HEADS)) == []


@pytest.mark.parametrize("layout", [tabs, indented, pipes, cells])
def test_a_cell_that_breaks_its_row_and_its_column(layout: Layout) -> None:
    for row, column, words in ((2, 1, "123.20"), (1, 2, "193.69"), (0, 3, "885.37"), (3, 1, "2193.72")):
        found = codes(layout(changed(ROWS, row, column, words), HEADS))
        assert found == ["sum.table_row", "sum.table"] or found == ["sum.table", "sum.table_row"]


def test_columns_without_heads_between_spaces() -> None:
    assert codes(spaces(changed(ROWS, 2, 1, "123.20"), HEADS)) == ["sum.table"]


@pytest.mark.parametrize("layout", [tabs, indented, pipes, cells])
def test_a_total_first(layout: Layout) -> None:
    assert "sum.table" in codes(layout([changed(ROWS, 3, 1, "2193.72")[-1], *ROWS[:-1]], HEADS))


@pytest.mark.parametrize("layout", [tabs, indented, pipes])
def test_lines_below_a_line(layout: Layout) -> None:
    assert "sum.table" in codes(layout(changed(NESTED, 2, 3, "885.37"), HEADS))


@pytest.mark.parametrize(
    "heads",
    [
        ["项目", "支出合计", "人员经费", "公用经费"],
        ["采购项目", "预算数", "货物", "服务"],
        ["单位名称", "收入合计", "财政拨款收入", "其他收入"],
        ["单位名称", "总计", "一般公共预算", "政府性基金预算"],
    ],
)
def test_heads_that_say_what_a_total_is_made_of(heads: list[str]) -> None:
    table = "财政拨款明细表\n" + tabs(changed(ROWS[:-1], 2, 1, "123.20"), heads)
    assert codes(table) == ["sum.table_row"]


@pytest.mark.parametrize(
    ("rows", "heads"),
    [
        # the columns are years, not parts
        ([["收入合计", "30.00", "20.00"], ["财政拨款收入", "25.00", "18.00"]], ["项目", "2024年", "2023年"]),
        # rates, prices and shares have no sum
        (
            [["教育支出", "20.00", "50.00"], ["农林水支出", "30.00", "80.00"], ["合计", "50.00", "65.00"]],
            ["科目", "决算数", "完成率"],
        ),
        (
            [["台式机", "20.00", "0.50"], ["打印机", "30.00", "0.20"], ["合计", "50.00", "0.31"]],
            ["预算表品目", "金额", "单价（万元）"],
        ),
        # budget, accounts and difference beside one another
        (
            [["教育支出", "20.00", "30.00", "10.00"], ["合计", "20.00", "30.00", "10.00"]],
            ["决算表", "年初预算", "决算数", "增减额"],
        ),
        # an empty cell may be a lost one
        (
            [["教育支出", "20.00", "", "20.00"], ["农林水支出", "30.00", "25.00"], ["合计", "50.00", "40.00", "25.00"]],
            HEADS,
        ),
        # 其中 that names only some
        (
            [
                ["教育支出", "20.00", "10.00", "10.00"],
                ["其中：小学教育", "5.00", "5.00", "0.00"],
                ["农林水支出", "30.00", "30.00", "0.00"],
                ["合计", "50.00", "40.00", "10.00"],
            ],
            HEADS,
        ),
        # a hundredth is a tail
        (
            [
                ["教育支出", "20.01", "10.00", "10.00"],
                ["农林水支出", "30.00", "30.00", "0.00"],
                ["合计", "50.00", "40.00", "10.00"],
            ],
            HEADS,
        ),
    ],
)
def test_tables_that_only_look_wrong(rows: list[list[str]], heads: list[str]) -> None:
    assert codes(tabs(rows, heads)) == []


def damaged(text: str) -> Iterator[str]:
    yield text.replace("\t", "")
    yield "\n".join(line.rpartition("\t")[0] or line for line in text.split("\n"))
    yield "\n".join("\t" + line if number % 2 else line for number, line in enumerate(text.split("\n")))
    yield "\n".join("\t".join(reversed(line.split("\t"))) for line in text.split("\n"))
    yield "\n".join(line[: len(line) // 2] if "社会" in line else line for line in text.split("\n"))
    yield "\n".join(line for line in text.split("\n") if "社会" not in line)
    yield text.replace("139.69", "139.6").replace("132.20", "l32.20")
    yield text.replace("\t0.00", "").replace("\t", "\n")


@pytest.mark.parametrize("text", list(damaged(tabs(ROWS, HEADS))), ids=range(8))
def test_a_damaged_table_is_no_error(text: str) -> None:
    assert codes(text) == []
