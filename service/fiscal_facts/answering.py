"""From a request to the bytes of its answer: pure work, done in a thread, knowing limits but no HTTP."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

import msgspec

from fiscal_facts.extraction import Extraction, Notice
from fiscal_facts.pipeline import extract
from fiscal_facts.problems import BROKEN_JSON, TOO_LONG, UNREADABLE, ProblemError
from fiscal_facts.reading import Text, UnreadableTextError, read_text
from fiscal_facts.schemas import Options, read_request
from fiscal_facts.settings import Settings
from fiscal_facts.strict_json import BrokenJsonError, read_json
from fiscal_facts.upload import JSON, TEXT, Received, uploaded


@dataclass(frozen=True, slots=True)
class Answering:
    """How this service answers: its limits, who is told of each extraction, and whether with findings alone."""

    settings: Settings
    extracted: Callable[[Extraction], None]
    findings_alone: bool = False

    def answer(self, received: Received, options: Options, deadline: float) -> bytes:
        """The answer to a whole request, whatever form its document came in."""
        if received.media == JSON:
            return self.answer_json(received.body, options, deadline)
        if received.media == TEXT:
            return self._answer(_text(received.body, received.charset), options, deadline)
        raw, charset = uploaded(received)
        shown = {} if options.text is False else {"text": True}
        return self._answer(_text(raw, charset), options.model_copy(update=shown), deadline)

    def answer_json(self, raw: bytes, options: Options, deadline: float) -> bytes:
        """The answer to a JSON request; its own options win over those of the query."""
        try:
            request = read_request(read_json(raw))
        except BrokenJsonError as error:
            raise ProblemError(BROKEN_JSON, str(error)) from None
        given = {name: getattr(request.options, name) for name in request.options.model_fields_set}
        return self._answer(Text(request.text, "utf-8", guessed=False), options.model_copy(update=given), deadline)

    def _answer(self, text: Text, options: Options, deadline: float) -> bytes:
        if len(text.words) > self.settings.max_chars:
            raise ProblemError(TOO_LONG, f"The limit is {self.settings.max_chars} characters.")
        extraction = extract(
            text.words,
            engine=self.settings.engine,
            deadline=deadline,
            checks=self.findings_alone or options.checks,
            asks_a_reason=Decimal(self.settings.reason_percent),
        )
        self.extracted(extraction)
        if text.guessed:
            extraction = replace(extraction, warnings=(*extraction.warnings, _guessed(text.charset)))
        if self.findings_alone:
            return msgspec.json.encode(extraction.findings_to_dict(offsets=options.offsets, text=bool(options.text)))
        return extraction.to_json(
            types=options.types, offsets=options.offsets, explain=options.explain, text=bool(options.text)
        )


def _text(raw: bytes, charset: str | None) -> Text:
    try:
        return read_text(raw, charset)
    except UnreadableTextError as error:
        raise ProblemError(UNREADABLE, str(error)) from None


def _guessed(charset: str) -> Notice:
    return Notice("charset", f"文本没有注明字符集，已按 {charset} 读取。")
