"""Does the checker notice a slip? One figure, unit, year or direction word of a clean document is changed at random.

    python scripts/mutate.py DOCUMENT…              # 1,000 changes over all documents, by class
    python scripts/mutate.py --times 200 --show 5 DOCUMENT…

A change is noticed where a finding appears that the unchanged document does not have. The classes tell figures that are
tied to others by arithmetic (a total and its parts, a change and its levels, a share and its whole) from those that are
not: those nothing in the document can show. An unchanged document must be silent: what it says is printed first.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import regex
from fiscal_facts import Extraction, extract
from fiscal_patterns.facts import Amount, Count, Delta, Fact, Percentage

OPPOSITE = {
    one: other
    for pair in (
        ("增加", "减少"),
        ("增长", "下降"),
        ("上升", "降低"),
        ("大于", "小于"),
        ("提高", "回落"),
        ("增收", "减收"),
    )
    for one, other in (pair, pair[::-1])
}
UNITS = {"万元": "元", "元": "万元", "亿元": "万元"}
YEAR = regex.compile(r"20\d\d(?=年)")
CLASSES = ("figure, tied", "figure, not tied", "unit, tied", "unit, not tied", "direction word", "year")


@dataclass(frozen=True, slots=True)
class Slip:
    """A change of the text: from where to where, by what, and of which class."""

    start: int
    end: int
    words: str
    kind: str

    def applied(self, text: str) -> str:
        return text[: self.start] + self.words + text[self.end :]


def slips(found: Extraction, chance: random.Random) -> Iterator[Slip]:
    """Every place that can be changed, with one change each."""
    tied = ties(found.facts)
    for fact in found.facts:
        if isinstance(fact, Amount | Percentage | Count) and getattr(fact, "role", "") != "threshold":
            class_of = "tied" if fact.id in tied else "not tied"
            if (digits := changed(fact.span.text, chance)) is not None:
                yield Slip(fact.span.start, fact.span.end, digits, f"figure, {class_of}")
            if isinstance(fact, Amount) and fact.value and fact.unit in UNITS and fact.span.text.endswith(fact.unit):
                start = fact.span.end - len(fact.unit)
                yield Slip(start, fact.span.end, UNITS[fact.unit], f"unit, {class_of}")
        if isinstance(fact, Delta):
            for word, other in OPPOSITE.items():
                at = fact.span.text.find(word)
                if at >= 0:
                    yield Slip(fact.span.start + at, fact.span.start + at + len(word), other, "direction word")
    for year in YEAR.finditer(found.text):
        yield Slip(year.start(), year.end(), str(int(year.group()) - 1), "year")


def changed(printed: str, chance: random.Random) -> str | None:
    """The same figure with one digit changed, never to the same value."""
    places = [at for at, character in enumerate(printed) if character.isascii() and character.isdigit()]
    if not places or set(printed) & set("0123456789") <= {"0"}:
        return None
    at = chance.choice(places)
    digit = chance.choice([digit for digit in "123456789" if digit != printed[at]])
    return printed[:at] + digit + printed[at + 1 :]


def ties(facts: Sequence[Fact]) -> set[str]:
    """Ids of figures that arithmetic ties to others of the document: what a change, a share or a list joins."""
    found: set[str] = set()
    values = Counter(fact.value for fact in facts if isinstance(fact, Amount) and fact.value)
    for place, fact in enumerate(facts):
        if isinstance(fact, Delta) and fact.amount and fact.rate and any(fact.current):
            found.update(filter(None, (fact.amount, fact.rate, *fact.current)))
        elif (
            isinstance(fact, Percentage)
            and fact.kind in ("share", "completion")
            and fact.of
            and fact.number not in (0, 100)
        ):
            found.add(fact.id)
            found.update(
                other.id
                for other in facts[max(0, place - 2) : place]
                if isinstance(other, Amount) and same(fact, other)
            )
        elif isinstance(fact, Amount) and (fact.role == "part" or (values[fact.value] > 1 and fact.role == "level")):
            found.add(fact.id)
    return found


def same(one: Percentage, other: Amount) -> bool:
    return bool({label.text for label in one.labels} & {label.text for label in other.labels})


def messages(found: Extraction) -> Counter[tuple[str, str]]:
    return Counter((finding.code, finding.spans[0].text if finding.spans else "") for finding in found.findings)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", nargs="+", type=Path)
    parser.add_argument("--times", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0, help="print this many slips of each class that were not noticed")
    chosen = parser.parse_args()
    chance = random.Random(chosen.seed)
    originals = [extract(path.read_text(encoding="utf-8")) for path in chosen.documents]
    for path, found in zip(chosen.documents, originals, strict=True):
        print(f"{path.name}: {len(found.findings)} findings unchanged")
        for finding in found.findings:
            print(f"    {finding.severity} {finding.code} {finding.message}")
    every = [(found, slip) for found in originals for slip in slips(found, chance)]
    made, noticed, shown = Counter[str](), Counter[str](), Counter[str]()
    for _ in range(chosen.times):
        found, slip = chance.choice(every)
        made[slip.kind] += 1
        if messages(extract(slip.applied(found.text))) - messages(found):
            noticed[slip.kind] += 1
        elif shown[slip.kind] < chosen.show:
            shown[slip.kind] += 1
            near = (
                found.text[max(0, slip.start - 30) : slip.start],
                found.text[slip.start : slip.end],
                found.text[slip.end :][:20],
            )
            print(f"  not noticed, {slip.kind}: …{near[0]}[{near[1]} → {slip.words}]{near[2]}…".replace("\n", "/"))
    for kind in CLASSES:
        if made[kind]:
            print(f"{kind:18} {noticed[kind]:4} of {made[kind]:4} noticed, {noticed[kind] / made[kind]:.0%}")
    sys.exit(0)


if __name__ == "__main__":
    main()
