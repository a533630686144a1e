"""Every kind of finding fires on its own example and not on the like one."""

from __future__ import annotations

from collections import Counter

import pytest
from fiscal_facts import extract
from fiscal_facts.checks import CODES, SEVERITIES, Code

IDS = [code.code for code in CODES]


@pytest.mark.parametrize("code", CODES, ids=IDS)
def test_it_fires_on_its_example(code: Code) -> None:
    found = [finding for finding in extract(code.fires).findings if finding.code == code.code]
    assert found
    for finding in found:
        assert finding.message.endswith("。")
        assert finding.spans
        assert SEVERITIES.index(finding.severity) >= SEVERITIES.index(code.severity)
        assert all(code.fires[span.start : span.end] == span.text for span in finding.spans)


@pytest.mark.parametrize("code", CODES, ids=IDS)
def test_it_is_silent_on_the_like_example(code: Code) -> None:
    assert [finding for finding in extract(code.silent).findings if finding.code == code.code] == []


def test_codes_are_unique() -> None:
    assert [code for code, times in Counter(IDS).items() if times > 1] == []
