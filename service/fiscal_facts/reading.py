"""From bytes to text: byte order mark, declared charset, UTF-8, GB18030, in that order."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark begins it
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# As browsers do: what is declared gb2312 or gbk holds characters that only the wider set has.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "ascii": "utf-8"}
# Python calls these text, but they unescape, are quadratic, or always fail.
_NO_CHARSETS = {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7", "mbcs", "oem"}


class UnreadableTextError(ValueError):
    """Bytes that are no text in any charset that was tried."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text, the charset it was read with, and whether that was guessed rather than marked or declared."""

    words: str
    charset: str
    guessed: bool


def read_text(raw: bytes, declared: str | None = None) -> Text:
    """The text of ``raw``; the byte order mark is not part of it. Raises UnreadableTextError.

    ``declared`` is the charset that the sender names; one that is unknown or does not fit is passed over.
    """
    for mark, charset in _MARKS:
        if raw.startswith(mark):
            return _decoded(raw[len(mark) :], charset, guessed=False)
    for charset in _declared(declared):
        try:
            return _decoded(raw, charset, guessed=False)
        except UnreadableTextError:
            pass
    for charset in ("utf-8", "gb18030"):
        try:
            return _guessed(raw, charset)
        except UnreadableTextError:
            pass
    raise UnreadableTextError("the text is neither UTF-8 nor GB18030 nor in the declared charset")


def _declared(name: str | None) -> Iterator[str]:
    try:
        found = codecs.lookup(name or "")
    except (LookupError, ValueError):
        return
    if found.name not in _NO_CHARSETS:
        yield _WIDER.get(found.name, found.name)


def _decoded(raw: bytes, charset: str, *, guessed: bool) -> Text:
    try:
        words = raw.decode(charset)
        words.encode("utf-8")  # some decoders let lone surrogates through
    except (ValueError, LookupError) as error:
        raise UnreadableTextError(f"the text is not {charset}") from error
    return Text(words, charset, guessed)


def _guessed(raw: bytes, charset: str) -> Text:
    """A guess is only taken where no NUL speaks for UTF-16 without a mark, or for a file that is no text."""
    if b"\0" in raw:
        raise UnreadableTextError("the text holds NUL bytes and names no charset")
    return _decoded(raw, charset, guessed=charset != "utf-8")
