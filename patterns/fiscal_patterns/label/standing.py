"""What the walk remembers between one quantity and the next."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from fiscal_patterns.facts import Kind, Stage
from fiscal_patterns.label.nouns import Label, Labelled
from fiscal_patterns.label.period import Stated
from fiscal_patterns.records import record
from fiscal_patterns.sections.nouns import Block, Section, Sentence
from fiscal_patterns.text import Document

Labels = tuple[Label, ...]


@record
class Parts:
    """An open list of parts: the whole it breaks down, the stage it passes on, whether ；ends it (``loose``) or never
    does (``firm``), its members since the last ；: two without one between mean that the next ；stands above the list, unless one stood
    ``alone`` between two before. Where the members are those who got the money it is ``allotted``; where
    it stands inside an item (一是…，其中…；二是) it is ``numbered``, and the next item ends it."""

    whole: Labels
    stage: Stage | None
    loose: bool = False
    firm: bool = False
    members: set[str] = field(default_factory=set, compare=False)
    allotted: bool = False
    numbered: bool = False
    alone: set[str] = field(default_factory=set, compare=False)


@dataclass(slots=True)
class Held:
    """A list that goes on over paragraphs: the rank of the list mark of the paragraph its whole stands in (0 for none),
    how its members are marked, and the list that the whole itself may be a member of."""

    parts: Parts
    rank: int
    bullet: str | None = None
    outer: Held | None = None


@dataclass(slots=True)
class Breakdown:
    """The list of parts opened last: what of the whole is not accounted for yet, and the names of its parts."""

    parts: Parts
    rest: Decimal
    names: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Standing:
    """The state of the walk: current subject, open lists, period and scope; reset by sentence, block and section."""

    document: Document
    reported: str | None
    default: str | None
    stated: Stated | None = None
    running: Stated | None = None
    fading: bool = False
    block: Block | None = None
    section: Section | None = None
    scope: str | None = None
    scopes: set[str] = field(default_factory=set)
    outer: str | None = None
    switches: int = 0
    subject: Labels = ()
    main: Labels = ()
    main_value: Decimal | None = None
    main_stage: Stage | None = None
    total: Labels = ()
    total_stage: Stage | None = None
    composed: Labels = ()
    summed: Labels = ()
    topic: Labels = ()
    title: Labels = ()
    level: Labels = ()
    level_stage: Stage | None = None
    level_block: Block | None = None
    level_value: Decimal | None = None
    breakdown: Breakdown | None = None
    lists: list[Parts] = field(default_factory=list)
    held: Held | None = None
    introduced: bool = False
    reason: tuple[Labels, Stated | None] | None = None
    bracket: tuple[Labels, Parts | None] | None = None
    head_level: tuple[Labels, Stage | None] | None = None
    sentence_head: tuple[Labels, Stage | None] | None = None
    sentence: Sentence | None = None
    row: list[Labels] | None = field(default_factory=list)
    series: list[Labelled] = field(default_factory=list)
    assigned: dict[int, Labels] = field(default_factory=dict)
    run: int = -1
    head: Labelled | None = None
    carried: tuple[Kind, Label | None] | None = None
    consumed: int = 0
    based: bool = False
    last: Labelled | None = None

    def whole_of(self, flow: str) -> Labels:
        """What the list, else the paragraph, breaks down, where that is more than the bare ``flow``: 一般公共预算收入 of 收入."""
        for whole in (self.lists[-1].whole if self.lists else (), self.head_level[0] if self.head_level else ()):
            if whole and whole[0].text.endswith(flow) and whole[0].text != flow:
                return whole
        return ()
