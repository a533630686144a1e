"""Find stated changes in sentences: words of change, their numbers, base, subject and present level."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

import regex

from fiscal_patterns.delta.bases import BUDGETS, base_period, find_bases, mean_of_years, years_before
from fiscal_patterns.delta.drafts import Draft, join
from fiscal_patterns.delta.levels import Levels
from fiscal_patterns.delta.moves import Move, Numbers, find_moves, hints
from fiscal_patterns.delta.nouns import Change
from fiscal_patterns.delta.subjects import in_points, labels
from fiscal_patterns.facts import Basis
from fiscal_patterns.label.nouns import Label, Labelled
from fiscal_patterns.label.period import document_period
from fiscal_patterns.lexicon import table
from fiscal_patterns.rules import Rule
from fiscal_patterns.sections.nouns import Sentence
from fiscal_patterns.text import Document

RULES: tuple[Rule, ...] = (
    Rule("delta.figure", "增减词后带金额、数量或比率。", "与2023年相比，收入总计增加18.65万元，增长2.44%。"),
    Rule("delta.object", "写明基准，增减词与数字之间夹着对象。", "较上年减少人员经费5万元。"),
    Rule("delta.comparison", "比较词后接基准：大于、小于、等于、高于、低于、超。", "完成预算100%，决算数等于预算数。"),
    Rule("delta.unchanged", "明言没有变化：持平、无变化、与某基准一致。", "公务接待费支出决算与2023年持平。"),
    Rule("delta.bare", "写明基准、没有数字的增减，只取首次陈述。", "窗口服务水平较上年显著提升。"),
    Rule("delta.reached", "由某数变到某数，或较某基准变到某数。", "单价由4.8万元降至4.5万元。"),
)

_BUDGET_VERB = table("delta", "budget_verb")
_REVIEWED = re.compile("送审|审定|结算|评审|造价|报审")  # what a review cuts is no budget
_BUDGET_NAMED = re.compile("年初预算|调整后?预算|全年预算|预算")
_CALIBER = regex.compile(
    r"(?:扣除|剔除|还原|不含|考虑)[^,，。;；]{1,24}?(?:因素|影响)?后?[,，]?(?:按|以)?(?:(?:同|自然|可比)口径|可比(?=[增下上减]))|(?:扣除|剔除|还原)[^,，。;；]{1,24}?后"
    r"|(?:同|自然|可比|全)口径|可比价格|不变价格?|现价|可比(?=[增下上减])"
)
_CALIBER_HINT = re.compile("口径|[扣剔]除|还原|价|可比")
_PULLED = regex.compile(r"(?r)拉低(?:了)?(?:全[省市区县州])?\p{Han}{2,12}")
_THEN = regex.compile(r"[,，]?(?:达到?|升至|增至|降至|至|到)了?约?")
_RATIO = regex.compile(r"(?:比重|占比|比例|(?<![效汇税])率|[增降]幅|增速)$")
_CUE = regex.compile(r"原因|由于|因为|主要[是系因]|(?<![公病此素而基原])因(?![公此素私而])")
_LONGEST_REASON = 300  # the longest explanation of one sentence in the corpus has 106 characters
_GOES_ON = regex.compile(r"(?:[二三四五六七八]是|其[次二三]|[②③④⑤])")
_BRACKET = regex.compile(r"[()（）]")
_ITEM = regex.compile(r"\s*(?:[一二三四五六七八]是|\d[.、)]|[(（]\d|[①-⑩])")
_RESTATED = regex.compile(r"(?:的|了)?(?:主要|变动|增减变化){0,3}(?:原因|是因为)")


def find(document: Document, sentences: tuple[Sentence, ...], labelled: tuple[Labelled, ...]) -> tuple[Change, ...]:
    """All changes, in order of position."""
    return tuple(_Reader(document, labelled).read(sentences))


class _Reader:
    """What a reader keeps in mind from sentence to sentence: levels seen, changes stated."""

    def __init__(self, document: Document, labelled: tuple[Labelled, ...]) -> None:
        self.document = document
        self.labelled = labelled
        self.numbers: Numbers = {item.quantity.start: item for item in labelled}
        self.starts = [item.quantity.start for item in labelled]
        self.levels = Levels(labelled)
        self.found: list[Change] = []

    def read(self, sentences: tuple[Sentence, ...]) -> list[Change]:
        """The changes of all sentences."""
        places, at = hints(self.document.clean), 0
        count = len(places)
        for sentence in sentences:
            while at < count and places[at] < sentence.start:  # in a heading, in a table
                at += 1
            first = at
            while at < count and places[at] < sentence.end:
                at += 1
            if first < at and (moves := find_moves(self.document.clean, places[first:at], sentence.end, self.numbers)):
                self._read(sentence, moves)
        return self.found

    def _read(self, sentence: Sentence, moves: list[Move]) -> None:
        clean = self.document.clean
        bases = find_bases(clean, sentence.start, sentence.end, self._period(sentence.end))
        for draft in join(clean, moves, bases, self.numbers):
            if not draft.move.quantities and self._inside_reason(sentence, draft):
                continue
            if (draft.rate and draft.rate.kind == "threshold") or _PULLED.match(clean, sentence.start, draft.start):
                continue  # 增幅超过10%的县区有5个; 拉低税收增幅3.4个百分点
            self.levels.read_until(draft.start)
            change = self._change(sentence, self._with_lost_verb(draft))
            if change and not self._restated(change, draft):
                self.found.append(change)

    def _period(self, position: int) -> str | None:
        """Period of the nearest quantity before the position."""
        at = bisect_left(self.starts, position) - 1
        return self.labelled[at].period if at >= 0 else document_period(self.document.clean)

    def _with_lost_verb(self, draft: Draft) -> Draft:
        """较上年1290.45万元31.62万元,增长2.45%: the amount before a rate is the change though its verb is lost."""
        at = bisect_left(self.starts, draft.start) - 1
        if draft.amount or not draft.rate or at < 0:
            return draft
        before = self.labelled[at]
        near = before.role == "change" and 0 <= draft.start - before.quantity.end <= 1
        used = self.found and self.found[-1].amount is before
        return replace(draft, amount=before) if near and not used else draft

    def _change(self, sentence: Sentence, draft: Draft) -> Change | None:
        section = sentence.block.section
        last = self.found[-1] if self.found and self.found[-1].sentence is sentence else None
        found = labels(self.document, draft, self.levels, sentence.start, section, last.labels if last else ())
        number = draft.amount or draft.rate
        if not found and not number and draft.move.form != "comparison":
            return None
        changed = number is not None and (number.role == "change" or number.kind == "growth")
        named_before = draft.base is not None and draft.base.end <= draft.start
        period = (
            number.period
            if number and changed
            else self._period(draft.base.start if named_before and draft.base else draft.start)
        )
        order = self._order(sentence, draft, found)
        current = tuple(self.levels.current(label, draft, section, period, order) for label in found)
        if current == (None,) and draft.move.form != "reached":
            current = (self._reached_behind(draft, order),)
        basis, base = self._mean(draft, period) or self._basis(
            sentence, draft, period, found[0].text if found else None
        )
        base_span = ((draft.base.start, draft.base.end),) if draft.base else ()
        return Change(
            draft.start,
            draft.end,
            sentence,
            draft.direction,
            basis,
            base,
            period,
            found,
            draft.amount,
            draft.rate,
            current,
            self._caliber(sentence, draft),
            order,
            draft.template,
            f"delta.{'figure' if draft.move.form == 'short' else draft.move.form}",
            (*base_span, (draft.move.start, draft.move.after)),
        )

    def _reached_behind(self, draft: Draft, order: int) -> Labelled | None:
        """The level right behind the change: 提高15元至596元; 提高0.4个百分点,达到45.2%."""
        link = _THEN.match(self.document.clean, draft.end)
        level = self.numbers.get(link.end()) if link else None
        if level is None or level.role != "level" or (level.quantity.kind == "percentage") != (order == 2):
            return None
        return level

    def _mean(self, draft: Draft, period: str | None) -> tuple[Basis, str | None] | None:
        """两年平均增长4%: against the year from which the mean is taken."""
        years = mean_of_years(self.document.clean, draft.move.start, draft.base.end if draft.base else 0)
        return ("other", years_before(period, years)) if years else None

    def _basis(
        self, sentence: Sentence, draft: Draft, period: str | None, label: str | None
    ) -> tuple[Basis, str | None]:
        """By the base named, else by a verb that implies one (短收), else the year before.

        Bulletins leave 同比 out after the first mention, and their readers supply it: nothing named in the sentence
        means the year before.
        """
        if draft.base:
            return draft.base.against(period, label)
        last = self.found[-1] if self.found and self.found[-1].sentence is sentence else None
        if last and last.basis in BUDGETS and _CUE.search(self.document.clean, last.end, draft.start):
            return last.basis, last.base_period  # what a cause adds is measured as what it explains
        word = self.document.clean[draft.move.start : draft.move.after]
        if word == "核减" and _REVIEWED.search(self.document.clean, sentence.start, draft.start):
            return "other", None
        if word in _BUDGET_VERB:
            basis: Basis = "initial_budget" if _BUDGET_VERB[word] == "initial_budget" else self._budget(sentence, draft)
            return basis, base_period(basis, "", period)
        if draft.move.form == "reached":
            return "other", None
        return "previous_year", base_period("previous_year", "", period)

    def _budget(self, sentence: Sentence, draft: Draft) -> Basis:
        """The budget that the sentence last named before 短收, by its printed word."""
        named = list(_BUDGET_NAMED.finditer(self.document.clean, max(sentence.start, draft.start - 60), draft.start))
        word = named[-1].group() if named else "预算"
        return "initial_budget" if word[0] == "年" else "adjusted_budget" if word[0] in "调全" else "budget"

    def _order(self, sentence: Sentence, draft: Draft, found: tuple[Label, ...]) -> int:
        """2 for the change of a rate: points, or percent said of a rate or share."""
        if draft.rate is None and not in_points(draft):
            level = draft.move.quantities[0] if draft.move.form == "reached" else None
            same = draft.direction == "unchanged" and found and self.levels.only_rate(found[0], sentence)
            return 2 if same or (level and level.quantity.kind == "percentage") else 1
        points = in_points(draft)
        if points and draft.move.form == "figure" and found and self.levels.only_sum(found[0], sentence):
            return 1
        if points or any(_RATIO.search(label.text) for label in found):
            return 2
        return 2 if not draft.amount and found and self.levels.only_rate(found[0], sentence) else 1

    def _caliber(self, sentence: Sentence, draft: Draft) -> str | None:
        before = [change.end for change in self.found[-2:] if change.end <= draft.start]
        start = max(sentence.start, draft.start - 60, *before) if before else max(sentence.start, draft.start - 60)
        if not _CALIBER_HINT.search(self.document.clean, start, draft.move.after):
            return None
        named = list(_CALIBER.finditer(self.document.clean, start, draft.move.after))
        return self.document.printed(*named[-1].span()) if named else None

    def _inside_reason(self, sentence: Sentence, draft: Draft) -> bool:
        """Whether a word without a number stands in an explanation, where it is no change of its own."""
        clean = self.document.clean
        if _GOES_ON.match(clean, sentence.start):
            return True
        cues = list(_CUE.finditer(clean, max(sentence.start, draft.start - _LONGEST_REASON), draft.start))
        if not cues:
            return False
        cue = cues[-1]
        part = max(clean.rfind(mark, cue.end(), draft.start) for mark in "；;") + 1
        if part and not _ITEM.match(clean, part):
            return False
        if _ended(clean, cue.end(), draft.start):
            return False
        if draft.direction == "unchanged" and self._figure_between(cue.end(), draft.start):
            return False
        leads = cue.start() - sentence.start <= 1 and cue.group() in ("由于", "因为", "因")
        return not (leads and any(comma in clean[cue.end() : draft.start] for comma in "，,"))

    def _figure_between(self, start: int, end: int) -> bool:
        """Whether a level stands in the range: a new statement has begun."""
        inside = self.labelled[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        return any(item.quantity.kind == "amount" and item.role in ("level", "part") for item in inside)

    def _restated(self, change: Change, draft: Draft) -> bool:
        """减少的主要原因是: says again what was said before, to introduce a reason."""
        if draft.amount or draft.rate or not _RESTATED.match(self.document.clean, draft.end):
            return False
        return any(
            earlier.direction == change.direction and earlier.basis == change.basis
            for earlier in self.found[-4:]
            if earlier.sentence.block is change.sentence.block
        )


def _ended(clean: str, start: int, end: int) -> bool:
    """Whether the bracket in which an explanation began closes inside the range."""
    depth = 0
    for mark in _BRACKET.finditer(clean, start, end):
        depth += 1 if mark.group() in "(（" else -1
        if depth < 0:
            return True
    return False
