"""JSON read as RFC 8259 and I-JSON want it: what one parser takes and another refuses is refused here.

Refused are NaN and Infinity, keys given twice, lone surrogates, endless nesting and anything but UTF-8. Numbers are
never computed: no request holds one, and a float would round.
"""

from __future__ import annotations

import json
import re
from typing import Any

_ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


class BrokenJsonError(ValueError):
    """What is wrong, and where, without a word of the text."""


class Number:
    """Stands for any number, whatever its size: the wire format has none to read."""


def read_json(raw: bytes) -> Any:
    """The value of a UTF-8 JSON text (a byte order mark is passed over), every number a :class:`Number`."""
    try:
        words = raw.decode("utf-8-sig")
        value = json.loads(
            words, object_pairs_hook=_unique, parse_constant=_refused, parse_float=_number, parse_int=_number
        )
        if _ESCAPED_SURROGATE.search(words):
            _whole_characters(value)
    except UnicodeDecodeError as error:
        raise BrokenJsonError("not UTF-8") from error
    except UnicodeEncodeError as error:
        raise BrokenJsonError("a lone surrogate") from error
    except json.JSONDecodeError as error:
        raise BrokenJsonError(f"{error.msg}, line {error.lineno}, column {error.colno}") from error
    except RecursionError as error:
        raise BrokenJsonError("nested too deep") from error
    return value


def _number(digits: str) -> Number:
    return Number()


def _refused(constant: str) -> None:
    raise BrokenJsonError("NaN and Infinity are no JSON")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise BrokenJsonError("a key stands twice in one object")
    return found


def _whole_characters(value: Any) -> None:
    """Raises UnicodeEncodeError where a string holds half a character."""
    if isinstance(value, str):
        value.encode("utf-8")
    elif isinstance(value, list):
        for item in value:
            _whole_characters(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            key.encode("utf-8")
            _whole_characters(item)
