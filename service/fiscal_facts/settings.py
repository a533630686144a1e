"""Limits and places from the environment: every setting is one field, with its meaning beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin, get_type_hints

PREFIX = "FISCAL_FACTS_"
Engine = Literal["rjieba", "jieba", "pkuseg", "char"]
LogLevel = Literal["critical", "error", "warning", "info", "debug"]


class SettingsError(ValueError):
    """A variable of the environment that cannot be used, named in the message."""


class Says(NamedTuple):
    """What a setting means, and the least and the greatest number that it may be."""

    meaning: str
    least: int = 0
    most: int = 10**12


@dataclass(frozen=True, slots=True)
class Settings:
    """Each field is the variable ``FISCAL_FACTS_<NAME>``; numbers are whole."""

    host: Annotated[str, Says("address that the service listens on")] = "127.0.0.1"
    port: Annotated[int, Says("port that the service listens on; 0 takes a free one", 0, 65_535)] = 8000
    workers: Annotated[int, Says("processes; each has its own queue and uses one core", 1)] = 1
    threads: Annotated[
        int, Says("documents at work in a process, so that a small one need not wait for a large", 1)
    ] = 2
    queue: Annotated[int, Says("requests that may wait in a process; one more is answered 429")] = 64
    max_chars: Annotated[int, Says("longest text, in characters; a longer one is answered 413", 1)] = 1_000_000
    max_body_bytes: Annotated[int, Says("largest body, and longest line of a batch, in bytes", 1)] = 8_388_608
    max_batch_bytes: Annotated[int, Says("largest body of a batch, in bytes", 1)] = 67_108_864
    deadline_seconds: Annotated[int, Says("time for a document; then what was found is returned as partial", 1)] = 10
    body_seconds: Annotated[int, Says("time for a body to arrive, or the next part of a batch; then 408", 1)] = 30
    drain_seconds: Annotated[int, Says("time between SIGTERM and the end of listening, answered 503")] = 1
    engine: Annotated[Engine, Says("segmenter; the facts are the same under each")] = "rjieba"
    reason_percent: Annotated[int, Says("change in percent from which the checks ask for a reason", 0)] = 10
    log_level: Annotated[LogLevel, Says("least level that is logged")] = "info"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Settings with the variables of ``environment`` in place of the defaults; raises SettingsError."""
        given: dict[str, Any] = {
            name: _read(variable, kind, says, environment[variable])
            for name, variable, kind, says in _described()
            if variable in environment
        }
        return cls(**given)


def table() -> list[tuple[str, str, str]]:
    """Variable, default and meaning of every setting: the one table of the documentation."""
    defaults = Settings()
    return [(variable, str(getattr(defaults, name)), says.meaning) for name, variable, _, says in _described()]


def variable_of(name: str) -> str:
    """The variable of a setting."""
    return PREFIX + name.upper()


def _described() -> Iterator[tuple[str, str, Any, Says]]:
    for name, hint in get_type_hints(Settings, include_extras=True).items():
        kind, says = get_args(hint)
        yield name, variable_of(name), kind, says


def _read(name: str, kind: Any, says: Says, words: str) -> str | int:
    """``words`` as the kind of value that the setting has."""
    if kind is int:
        if not (words.isascii() and words.isdigit() and len(words) < 13 and says.least <= int(words) <= says.most):
            raise SettingsError(f"{name} must be a whole number from {says.least} to {says.most}")
        return int(words)
    if get_origin(kind) is Literal and words not in get_args(kind):
        raise SettingsError(f"{name} must be one of {', '.join(get_args(kind))}")
    return words
