"""Why: the rules there are, and for a sentence which of them matched, on what cues, and what no rule claimed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from importlib import import_module

from fiscal_patterns.facts import Fact, Label, plain
from fiscal_patterns.rules import Rule
from fiscal_patterns.text import Span
from fiscal_patterns.unclaimed import UnclaimedReason

from fiscal_facts.extraction import Extraction

_FOLDERS = ("quantity", "delta", "reason", "project", "indicator")

TYPE_NAMES = {
    "amount": "金额", "percentage": "百分比", "count": "数量", "delta": "增减变动", "reason": "变动原因",
    "project": "项目", "indicator": "绩效指标",
}  # fmt: skip
WHY_UNCLAIMED: dict[UnclaimedReason, str] = {
    "date": "日期或年份，不是数量",
    "ordinal": "序数或编号",
    "heading": "标题中的序号或年份",
    "document_number": "文号",
    "code": "代码",
    "table": "表格中的数字，不作事实",
    "page": "页码",
    "definition": "名词解释中的数字",
    "formula": "公式或评分规则",
    "contact": "电话、地址等联系方式",
    "name": "名称的一部分",
    "unknown": "没有规则认领",
}


def rules() -> tuple[Rule, ...]:
    """All rules, in the order of the steps."""
    return tuple(rule for folder in _FOLDERS for rule in import_module(f"fiscal_patterns.{folder}").RULES)


def explain(extraction: Extraction) -> Iterator[str]:
    """Lines that say for each fact its rule, cues, labels and attributes, and for each numeral left over why."""
    says = {rule.id: rule.says for rule in rules()}
    for fact in extraction.facts:
        yield f"{fact.id} {TYPE_NAMES[fact.type]} {fact.type} {_quoted(fact.span)}"
        yield f"    规则  {fact.rule}  {says.get(fact.rule, '')}".rstrip()
        if fact.cues:
            yield f"    提示  {'  '.join(map(_quoted, fact.cues))}"
        yield from (f"    {name}  {value}" for name, value in _attributes(fact))
    for numeral in extraction.unclaimed:
        yield f"未认领 {_quoted(numeral.span)}  {numeral.reason}  {WHY_UNCLAIMED[numeral.reason]}"
    yield f"覆盖率 {plain(extraction.coverage)}"


_SHOWN_ELSEWHERE = {"id", "span", "clean", "rule", "cues", "section"}


def _attributes(fact: Fact) -> Iterator[tuple[str, str]]:
    for field in fields(fact):
        value = getattr(fact, field.name)
        if field.name not in _SHOWN_ELSEWHERE and value is not None and value is not False and value != ():
            yield field.name, _shown(value)


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return "  ".join(_shown(item) for item in value)
    if isinstance(value, Label):
        place = _quoted(value.span) if value.span else "没有位置"
        return f"{value.text}（{'承上，' if value.inherited else ''}{place}）"
    if isinstance(value, Span):
        return _quoted(value)
    if hasattr(value, "span"):
        return _quoted(value.span)
    return str(plain(value))


def _quoted(span: Span) -> str:
    """The words and their place, breaks made visible."""
    words = span.text.replace("\r", "␍").replace("\n", "␊").replace("\t", "␉")
    return f"「{words}」[{span.start}, {span.end})"
