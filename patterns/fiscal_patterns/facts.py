"""The facts that ``extract`` returns: frozen, in the received text's offsets, ready for the wire.

Numbers are exact decimals; ``value`` of an amount is in yuan, of a percentage the number as printed. The wire form
(:func:`to_dict`) writes them as strings. Attribute by attribute the contract is documented in the README.
"""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal
from typing import Any, ClassVar, Literal

from fiscal_patterns.records import record
from fiscal_patterns.text import Span

Approximation = Literal["about", "over", "under", "at_least", "at_most"]
Stage = Literal["budget", "initial_budget", "adjusted_budget", "final_account", "outturn"]
Role = Literal["level", "change", "part", "price", "threshold"]
Kind = Literal["share", "completion", "growth", "rate", "target", "threshold"]
Direction = Literal["increase", "decrease", "unchanged"]
Basis = Literal["previous_year", "initial_budget", "budget", "adjusted_budget", "same_period", "plan", "other"]
Comparator = Literal["=", ">=", "<=", ">", "<", "qualitative"]
FactType = Literal["amount", "percentage", "count", "delta", "reason", "project", "indicator"]
FACT_TYPES: tuple[FactType, ...] = ("amount", "percentage", "count", "delta", "reason", "project", "indicator")


@record
class Classification:
    """支出功能分类 path: 类, 款, 项 (None where not printed) and the code where the text prints one."""

    names: tuple[str | None, str | None, str | None]
    code: str | None


@record
class Label:
    """What is measured. ``text`` is the normalised name, ``span`` where it stands (earlier when ``inherited``)."""

    text: str
    span: Span | None
    inherited: bool
    classification: Classification | None
    scope: str | None


@record
class Fact:
    """What every fact has. ``cues`` are the words that made the rule fire; on the wire only with ``explain``."""

    type: ClassVar[FactType]

    id: str
    span: Span
    clean: str
    section: tuple[str, ...]
    period: str | None
    rule: str
    cues: tuple[Span, ...]


@record
class Amount(Fact):
    """金额. ``value`` in yuan; ``per`` the unit of a price (``人``)."""

    type: ClassVar[FactType] = "amount"

    number: Decimal
    unit: str
    value: Decimal
    approximation: Approximation | None
    labels: tuple[Label, ...]
    stage: Stage | None
    role: Role
    per: str | None


@record
class Percentage(Fact):
    """百分比. ``unit`` percent, percentage_point or permille; ``of`` the whole it is measured against."""

    type: ClassVar[FactType] = "percentage"

    number: Decimal
    unit: str
    value: Decimal
    approximation: Approximation | None
    labels: tuple[Label, ...]
    kind: Kind
    of: Label | None


@record
class Count(Fact):
    """数量. ``value`` is multiplied out (48.01万人 → 480100)."""

    type: ClassVar[FactType] = "count"

    number: Decimal
    unit: str
    value: Decimal
    approximation: Approximation | None
    labels: tuple[Label, ...]


@record
class Delta(Fact):
    """增减变动. ``amount``, ``rate``, ``current`` and ``reasons`` are ids of other facts."""

    type: ClassVar[FactType] = "delta"

    direction: Direction
    basis: Basis
    base_period: str | None
    labels: tuple[Label, ...]
    amount: str | None
    rate: str | None
    current: tuple[str | None, ...]
    caliber: str | None
    order: int
    template: bool
    reasons: tuple[str, ...]


@record
class Reason(Fact):
    """变动原因. ``explains`` ids of deltas, completion percentages or amounts; ``items`` the enumerated parts."""

    type: ClassVar[FactType] = "reason"

    cue: str | None
    explains: tuple[str, ...]
    items: tuple[Span, ...]
    placeholder: bool


@record
class Project(Fact):
    """项目 mention. Money in yuan, ``execution_rate`` in percent."""

    type: ClassVar[FactType] = "project"

    name: str
    code: str | None
    category: str | None
    budget: Decimal | None
    initial_budget: Decimal | None
    outturn: Decimal | None
    execution_rate: Decimal | None
    score: Decimal | None


@record
class IndicatorValue:
    """Target or actual value of an indicator; ``value`` None when qualitative."""

    text: str
    span: Span
    comparator: Comparator
    value: Decimal | None
    unit: str | None


@record
class Indicator(Fact):
    """绩效指标 row. ``project`` is the id of the project whose form it is."""

    type: ClassVar[FactType] = "indicator"

    project: str | None
    levels: tuple[str, ...]
    name: str
    target: IndicatorValue | None
    actual: IndicatorValue | None
    weight: Decimal | None
    score: Decimal | None
    note: str | None
    met: bool | None


def to_dict(fact: Fact, *, explain: bool = False) -> dict[str, Any]:
    """The fact as the wire shows it: type first, decimals as strings, ``cues`` only when asked to explain."""
    found: dict[str, Any] = {"id": fact.id, "type": fact.type}
    for field in fields(fact):
        if field.name != "id" and (explain or field.name != "cues"):
            found[field.name] = plain(getattr(fact, field.name))
    return found


def plain(value: Any) -> Any:
    """Nested dataclasses, tuples and decimals as dictionaries, lists and strings."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return value
