"""The command line: extract, check, explain, rules, serve. Exit codes: 0, 1 for some failed inputs, 2 for usage."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from decimal import Decimal
from pathlib import Path
from typing import Any, cast, get_args

import click
from fiscal_patterns.facts import FACT_TYPES

from fiscal_facts import explain as why
from fiscal_facts import printing, report, settings, writing
from fiscal_facts.checks import ASKS_A_REASON, CODES, SEVERITIES, Severity, in_kind
from fiscal_facts.evaluation.commands import add_commands
from fiscal_facts.extraction import Extraction, Offsets
from fiscal_facts.pipeline import extract
from fiscal_facts.reading import UnreadableTextError, read_text
from fiscal_facts.version import __version__


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, package_name="fiscal-facts")
def main() -> None:
    """Facts with exact places in the text, from Chinese fiscal disclosures."""


def _types(context: click.Context, option: click.Parameter, value: str | None) -> tuple[str, ...] | None:
    if value is None:
        return None
    types = tuple(part.strip() for part in value.split(","))
    if unknown := [part for part in types if part not in FACT_TYPES]:
        raise click.BadParameter(f"{', '.join(unknown)}: not among {', '.join(FACT_TYPES)}")
    return types


add_commands(main)

_TYPES = click.option("--types", callback=_types, metavar="TYPE,…", help=f"Only these types: {', '.join(FACT_TYPES)}.")


@main.command("extract")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--format", "shape", type=click.Choice(["json", "jsonl", "table"]), default="json", show_default=True)
@_TYPES
@click.option("--offsets", type=click.Choice(get_args(Offsets)), default="code_point", show_default=True)
@click.option("--explain", is_flag=True, help="Add to each fact the words that made its rule fire.")
@click.option("--text", is_flag=True, help="Add the text that the spans point into.")
@click.option("--charset", help="Charset of the files; else byte order mark, UTF-8, GB18030, in that order.")
@click.option("-o", "--output", metavar="OUT", help="Write to this file, whole or not at all.")
def extract_files(files: tuple[str, ...], shape: str, charset: str | None, output: str | None, **wanted: Any) -> None:
    """All facts of text files; - is standard input.

    json is one answer as HTTP gives it, or an array of answers for several files; jsonl is one answer a line, each
    with its file; table is for reading.
    """
    inputs = _Inputs(files, charset)
    answers = ((name, extraction.to_dict(**wanted)) for name, extraction in inputs)
    printed = {
        "json": lambda: printing.as_json(answers, several=len(files) > 1),
        "jsonl": lambda: printing.as_lines(answers),
        "table": lambda: printing.as_table(answers),
    }[shape]()
    _write(printed, output)
    sys.exit(1 if inputs.failed else 0)


@main.command("check")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option(
    "--format", "shape", type=click.Choice(["text", "json", "html", "csv"]), default="text", show_default=True
)
@click.option("--fail-on", type=click.Choice(SEVERITIES), help="Exit with 1 where there is a finding as bad as this.")
@click.option("--ignore", multiple=True, metavar="CODE", help="Leave out a code, or all of a kind: change, form …")
@click.option(
    "--reason-percent",
    type=click.IntRange(0),
    default=int(ASKS_A_REASON),
    show_default=True,
    help="A change of so many percent asks for a reason.",
)
@click.option("--charset", help="Charset of the files; else byte order mark, UTF-8, GB18030, in that order.")
@click.option("-o", "--output", metavar="OUT", help="Write to this file, whole or not at all.")
def check_files(
    files: tuple[str, ...],
    shape: str,
    fail_on: Severity | None,
    ignore: tuple[str, ...],
    reason_percent: int,
    charset: str | None,
    output: str | None,
) -> None:
    """Where text files contradict themselves, worst first, and what was checked; - is standard input."""
    if unknown := [code for code in ignore if not any(in_kind(known.code, code) for known in CODES)]:
        raise click.BadParameter(f"{', '.join(unknown)}: no such code", param_hint="--ignore")
    inputs = _Inputs(files, charset, asks_a_reason=Decimal(reason_percent))
    found: set[Severity] = set()

    def checked() -> Iterator[tuple[str, Extraction]]:
        for name, extraction in inputs:
            kept = extraction.without_findings(ignore)
            found.update(finding.severity for finding in kept.findings)
            yield name, kept

    printed = {
        "text": lambda: report.as_text(checked()),
        "json": lambda: printing.as_json(
            ((name, extraction.findings_to_dict()) for name, extraction in checked()), several=len(files) > 1
        ),
        "html": lambda: report.as_page(checked()),
        "csv": lambda: report.as_rows(checked()),
    }[shape]()
    _write(printed, output)
    failing = SEVERITIES[: SEVERITIES.index(fail_on) + 1] if fail_on else ()
    sys.exit(1 if inputs.failed or found & set(failing) else 0)


@main.command("explain")
@click.argument("sentence")
def explain_sentence(sentence: str) -> None:
    """Which rules match a SENTENCE, on what cues, with what labels, and why a numeral is no fact; - reads it."""
    text = read_text(sys.stdin.buffer.read()).words if sentence == "-" else sentence
    _write((f"{line}\n".encode("utf-8", "replace") for line in why.explain(extract(text))), None)


@main.command("rules")
@_TYPES
@click.option("--format", "shape", type=click.Choice(["table", "json"]), default="table", show_default=True)
def list_rules(types: tuple[str, ...] | None, shape: str) -> None:
    """Every rule: its id, what it finds, an example, its source."""
    listed = [rule for rule in why.rules() if types is None or rule.id.split(".")[0] in types]
    if shape == "json":
        import msgspec

        _write([msgspec.json.format(msgspec.json.encode(listed), indent=2), b"\n"], None)
    elif listed:
        _write([printing.table((rule.id, rule.says, rule.example) for rule in listed).encode(), b"\n"], None)


_VARIABLES = "\b\nEverything else is set in the environment:\n" + "\n".join(
    f"{name}={default}  {says}" for name, default, says in settings.table()
)


@main.command("serve", epilog=_VARIABLES)
@click.option("--host", help="Address to listen on.")
@click.option("--port", help="Port to listen on; 0 takes a free one.")
@click.option("--workers", help="Processes; each uses one core.")
def serve(**given: str | None) -> None:
    """The HTTP service."""
    environment = {settings.variable_of(name): value for name, value in given.items() if value is not None}
    try:
        chosen = settings.Settings.from_environment({**os.environ, **environment})
    except settings.SettingsError as error:
        raise click.UsageError(str(error)) from None
    from fiscal_facts import serving  # the other commands need no server

    os.environ.update(environment)  # where further processes read it
    serving.run(chosen)


class _Inputs:
    """The extractions of files, in order, with a progress bar on a terminal; what failed is named on stderr."""

    def __init__(self, files: tuple[str, ...], charset: str | None, asks_a_reason: Decimal = ASKS_A_REASON) -> None:
        self._files = files
        self._charset = charset
        self._asks_a_reason = asks_a_reason
        self.failed = False

    def __iter__(self) -> Iterator[tuple[str, Extraction]]:
        with self._progress() as files:
            for name in files:
                try:
                    text = read_text(_raw(name), self._charset).words
                except (OSError, UnreadableTextError) as error:
                    self.failed = True
                    says = error.strerror if isinstance(error, OSError) else error
                    click.echo(f"fiscal-facts: {name}: {says}", err=True)
                    continue
                yield name, extract(text, asks_a_reason=self._asks_a_reason)

    def _progress(self) -> Any:
        if len(self._files) > 1 and sys.stderr.isatty():
            return click.progressbar(self._files, file=sys.stderr, show_pos=True)
        return nullcontext(self._files)


def _raw(name: str) -> bytes:
    return cast("bytes", sys.stdin.buffer.read()) if name == "-" else Path(name).read_bytes()


def _write(pieces: Iterable[bytes], output: str | None) -> None:
    try:
        with writing.opened(output) as stream:
            for piece in pieces:
                stream.write(piece)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python complains once more at its end
    except OSError as error:
        raise click.UsageError(f"{output or 'standard output'}: {error.strerror}") from None
