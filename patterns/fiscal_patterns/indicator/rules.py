"""Read indicator rows from performance forms and from prose that names target or result."""

from __future__ import annotations

from fiscal_patterns.indicator.forms import form_rows
from fiscal_patterns.indicator.nouns import IndicatorRow
from fiscal_patterns.indicator.prose import prose_rows
from fiscal_patterns.label.period import document_period
from fiscal_patterns.project.nouns import Mention
from fiscal_patterns.rules import Rule
from fiscal_patterns.sections.nouns import Sentence
from fiscal_patterns.tables.nouns import Tables
from fiscal_patterns.text import Document

RULES: tuple[Rule, ...] = (
    Rule("indicator.row", "绩效表中的一行，指标值与符号、单位在同一单元格", "维护路灯\t≥1200盏\t1260盏\t10\t10"),
    Rule(
        "indicator.row_in_three_cells",
        "绩效表中的一行，符号、数值、单位分列三个单元格",
        "亮灯率\t≥\t98\t%\t99\t10\t10",
    ),
    Rule(
        "indicator.stated",
        "行文中明确称为绩效目标或实际完成目标值的一项",
        "绩效目标为：新增路灯≥300盏，亮灯率不低于98%",
    ),
    Rule("indicator.compared", "绩效章节中目标与实际并列的一项", "维护路灯目标1200盏，实际完成1260盏"),
)


def find(
    document: Document, sentences: tuple[Sentence, ...], tables: Tables, mentions: tuple[Mention, ...]
) -> tuple[IndicatorRow, ...]:
    """All indicators, in order of position."""
    period = document_period(document.clean)
    forms = [mention for mention in mentions if mention.form]
    rows = [*form_rows(document, tables, forms, period), *prose_rows(document, sentences, mentions, period)]
    return tuple(sorted(rows, key=lambda row: row.start))
