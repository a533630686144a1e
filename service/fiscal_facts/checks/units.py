"""Figures that are off by a power of ten: 元 for 万元, a point for a comma."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from fiscal_facts.checks.evidence import Evidence
from fiscal_facts.checks.nouns import Code, Outcome

YUAN = Code(
    "unit.yuan",
    "error",
    "按元与万元换算一万倍后才与比率、合计或别处相符",
    "2024年培训费支出3.20元，比2023年增加0.20万元，增长6.67%。",
    "2024年培训费支出3.20万元，比2023年增加0.20万元，增长6.67%。",
)
SEPARATOR = Code(
    "unit.separator",
    "error",
    "千分位的逗号与小数点混用，相差一千倍",
    "2024年度收入总计4.647万元，比2023年增加372万元，增长8.70%。",
    "2024年度收入总计4,647万元，比2023年增加372万元，增长8.70%。",
)
CODES: tuple[Code, ...] = (YUAN, SEPARATOR)
CHECKS: tuple[Callable[[Evidence], Iterator[Outcome]], ...] = ()
