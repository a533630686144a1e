"""A document with its annotations for a human reader: each line of text, below it the facts that begin there."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from fiscal_patterns.facts import (
    Amount,
    Count,
    Delta,
    Fact,
    Indicator,
    IndicatorValue,
    Label,
    Percentage,
    Project,
    Reason,
)

from fiscal_facts.evaluation.gold import GoldDocument

LONGEST = 60


def shown(document: GoldDocument) -> Iterator[str]:
    """Lines for a terminal: numbered text, facts indented; empty lines of the text are left out."""
    lines = document.text.split("\n")
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    below: dict[int, list[Fact]] = {}
    for fact in document.facts:
        below.setdefault(bisect_right(starts, fact.span.start) - 1, []).append(fact)
    for number, line in enumerate(lines):
        if line.strip():
            yield f"{number + 1:>5}  {line.rstrip()}"
        yield from (f"{'':>9}{fact_line(fact)}" for fact in below.get(number, ()))


def fact_line(fact: Fact) -> str:
    """A fact on one line: id, type, words, and the attributes that are set."""
    parts = [part for part in _parts(fact) if part]
    return f"{fact.id} {fact.type} «{_short(fact.span.text)}» {fact.period or '–'}  {'  '.join(parts)}"


def _short(words: str) -> str:
    line = words.replace("\r", "").replace("\n", "⏎").replace("\t", "⇥")
    return line if len(line) <= LONGEST else f"{line[:40]}⋯{line[-16:]}"


def _set(**named: object) -> Iterator[str]:
    yield from (f"{name}={value}" for name, value in named.items() if value is not None)


def _labels(labels: Sequence[Label]) -> str:
    return " | ".join(map(_label, labels))


def _label(label: Label) -> str:
    path = label.classification
    names = (
        f" {{{' > '.join(name or '–' for name in path.names)}{f' {path.code}' if path.code else ''}}}" if path else ""
    )
    return f"{'↑' if label.inherited else ''}{label.text}{names}{f' @{label.scope}' if label.scope else ''}"


def _parts(fact: Fact) -> Iterator[str]:
    match fact:
        case Amount() | Percentage() | Count():
            yield f"{fact.value} {'yuan' if isinstance(fact, Amount) else fact.unit}"
            yield f"[{_labels(fact.labels)}]"
            yield from _set(approximation=fact.approximation)
            if isinstance(fact, Amount):
                yield from _set(role=fact.role, stage=fact.stage, per=fact.per)
            if isinstance(fact, Percentage):
                yield from _set(kind=fact.kind, of=_label(fact.of) if fact.of else None)
        case Delta():
            yield f"{fact.direction} against {fact.basis} {fact.base_period or ''}"
            yield f"[{_labels(fact.labels)}]"
            yield from _set(amount=fact.amount, rate=fact.rate, caliber=fact.caliber)
            yield f"current={','.join(item or '–' for item in fact.current)} order={fact.order}"
            yield "template" if fact.template else ""
        case Reason():
            yield from _set(cue=fact.cue, explains=",".join(fact.explains) or "–")
            yield f"{len(fact.items)} items" if len(fact.items) > 1 else ""
            yield "placeholder" if fact.placeholder else ""
        case Project():
            names = ("name", "code", "category", "budget", "initial_budget", "outturn", "execution_rate", "score")
            yield from _set(**{name: getattr(fact, name) for name in names})
        case Indicator():
            yield from _set(project=fact.project, levels=" / ".join(fact.levels), name=fact.name)
            yield from _set(target=_value(fact.target), actual=_value(fact.actual), weight=fact.weight)
            yield from _set(score=fact.score, note=fact.note, met=fact.met)


def _value(value: IndicatorValue | None) -> str | None:
    return f"«{_short(value.text)}» {value.comparator} {value.value or ''}{value.unit or ''}" if value else None
