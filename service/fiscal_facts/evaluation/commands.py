"""The subcommands ``gold`` and ``evaluate``. Exit codes: 0; 1 where a type lost too much; 2 for bad input."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec

import click

from fiscal_facts.evaluation import agreement, baseline, exchange, page, render, show
from fiscal_facts.evaluation.findings.gold import audit_schema, audits_digest, read_audits
from fiscal_facts.evaluation.findings.scores import our_checker, run_checks
from fiscal_facts.evaluation.gold import (
    GoldDocument,
    GoldError,
    default_folder,
    digest,
    read_folder,
    write_document,
)
from fiscal_facts.evaluation.others import READERS, compare
from fiscal_facts.evaluation.report import Report, our_extractor, run
from fiscal_facts.evaluation.shape import schema
from fiscal_facts.evaluation.tables import SEGMENTERS, comparison, segmenters
from fiscal_facts.evaluation.tabular import Table

P = ParamSpec("P")
_FOLDER = click.argument("folder", required=False, type=click.Path(path_type=Path), metavar="[DIR]")
_SPLIT = click.option(
    "--split", "splits", multiple=True, metavar="SPLIT", help="Only this split: real, written, heldout."
)
_OUTPUT = click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this file.")


def add_commands(main: click.Group) -> None:
    """Adds ``gold`` and ``evaluate`` to the command line."""
    main.add_command(gold)
    main.add_command(evaluate)


def _bad_input_is_2(command: Callable[P, None]) -> Callable[P, None]:
    """Input that cannot be used ends the command with its message and exit code 2."""

    @wraps(command)
    def guarded(*args: P.args, **options: P.kwargs) -> None:
        try:
            command(*args, **options)
        except (GoldError, exchange.ExchangeError, UnicodeDecodeError) as error:
            click.echo(f"error: {error}", err=True)
            sys.exit(2)

    return guarded


def _today() -> date:
    return datetime.now(UTC).date()


def _write(words: str, output: Path | None) -> None:
    if output:
        output.write_text(words, encoding="utf-8")
    else:
        sys.stdout.buffer.write(words.encode("utf-8"))


def _documents(folder: Path | None, splits: Sequence[str] = (), annotations: str = "gold") -> tuple[GoldDocument, ...]:
    return read_folder(folder or default_folder(), annotations=annotations, splits=splits or None)


@click.command("evaluate")
@_FOLDER
@_SPLIT
@click.option("--format", "shape", type=click.Choice(["table", "json", "markdown", "html"]), default="table")
@click.option("--engine", type=click.Choice(SEGMENTERS), default="rjieba", show_default=True, help="Segmenter.")
@click.option("--save", type=click.Path(path_type=Path), help="Save this run for a later --base.")
@click.option(
    "--base",
    type=click.Path(path_type=Path),
    help="Show facts gained and lost since that run; exit 1 on a loss of more than a point of F1 in any type.",
)
@click.option("--peers", is_flag=True, help="Add other extractors on the same documents (extra: peers).")
@click.option("--segmenters", "by_segmenter", is_flag=True, help="Add a row for each of our segmenters.")
@_OUTPUT
@_bad_input_is_2
def evaluate(
    folder: Path | None, splits: tuple[str, ...], shape: str, engine: str, save: Path | None, base: Path | None,
    peers: bool, by_segmenter: bool, output: Path | None,
) -> None:  # fmt: skip
    """Score the extractor and the checks on annotated documents: DIR, or the shipped gold set.

    DIR holds documents/<split>/<name>.txt and gold/<split>/<name>.jsonl, for the checks findings/<split>/<name>.jsonl,
    as the shipped set does.
    """
    documents = _documents(folder, splits)
    before = baseline.read_base(base) if base else None
    audits = read_audits(folder or default_folder(), splits)
    report = replace(run(documents, our_extractor(engine)), findings=run_checks(audits, our_checker(engine)))
    more = [comparison(compare(documents, READERS))] if peers else []
    more += [segmenters(documents)] if by_segmenter else []
    _write(_shaped(report, shape, more), output)
    if save:
        baseline.save(report, save, _today())
    if before is not None:
        _against(report, before)


def _shaped(report: Report, shape: str, more: Sequence[Table]) -> str:
    if shape == "json":
        return render.as_json(report, more)
    if shape == "markdown":
        return render.as_markdown(report, _today(), more)
    return page.as_html(report, _today(), more) if shape == "html" else render.as_text(report, more)


def _against(report: Report, before: Any) -> None:
    """Changes since an earlier run, to standard error; exit 1 where a type lost more than a point."""
    click.echo(baseline.changes_as_text(list(baseline.changes(report, before))), err=True)
    if losses := baseline.losses(report, before):
        click.echo("more than one point of F1 lost:\n" + "\n".join(f"  {loss}" for loss in losses), err=True)
        sys.exit(1)


@click.group("gold")
def gold() -> None:
    """The annotated documents: check them, show them, carry them to annotation tools and back."""


@gold.command("check")
@_FOLDER
@_SPLIT
@_bad_input_is_2
def check(folder: Path | None, splits: tuple[str, ...]) -> None:
    """Load every annotation with every check; the first fault ends with exit code 2."""
    documents = _documents(folder, splits)
    facts = sum(len(document.facts) for document in documents)
    for name in ("passes/a", "passes/b"):
        if ((folder or default_folder()) / name).is_dir():
            _documents(folder, splits, name)
    click.echo(f"{len(documents)} documents, {facts} facts: sound. Gold set {digest(documents)}.")
    if audits := read_audits(folder or default_folder(), splits):
        wrong = sum(len(audit.contradictions) for audit in audits)
        near = sum(len(audit.near_misses) for audit in audits)
        twins = sum(audit.twin for audit in audits)
        click.echo(
            f"{len(audits) - twins} audits and {twins} clean twins, {wrong} contradictions and {near} near misses: "
            f"sound. Audits {audits_digest(audits)}."
        )


@gold.command("show")
@click.argument("name", metavar="DOC")
@click.option("--dir", "folder", type=click.Path(path_type=Path), help="Folder; default the shipped gold set.")
@click.option("--pass", "blind", type=click.Choice(["a", "b"]), help="A blind pass in place of the settled facts.")
@_bad_input_is_2
def show_document(name: str, folder: Path | None, blind: str | None) -> None:
    """Print a document with its annotations; part of its name is enough."""
    documents = _documents(folder, annotations=f"passes/{blind}" if blind else "gold")
    found = [document for document in documents if name in document.name]
    exact = [document for document in found if document.name == name] or found
    if len(exact) != 1:
        names = ", ".join(document.name for document in exact or documents)
        raise GoldError(name, None, f"{'several' if exact else 'no'} documents of that name: {names}")
    _write("\n".join(show.shown(exact[0])) + "\n", None)


@gold.command("export")
@click.argument("tool", type=click.Choice(tuple(exchange.FORMATS)))
@click.argument("target", type=click.Path(path_type=Path))
@_SPLIT
@click.option("--dir", "folder", type=click.Path(path_type=Path), help="Folder; default the shipped gold set.")
@_bad_input_is_2
def export(tool: str, target: Path, splits: tuple[str, ...], folder: Path | None) -> None:
    """Write the documents for an annotation TOOL into the folder TARGET."""
    files = exchange.FORMATS[tool].write(_documents(folder, splits))
    for name, words in files.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(words.encode("utf-8"))
    click.echo(f"{len(files)} files in {target}")


@gold.command("import")
@click.argument("tool", type=click.Choice(tuple(exchange.FORMATS)))
@click.argument("source", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("target", type=click.Path(path_type=Path))
@_bad_input_is_2
def import_documents(tool: str, source: Path, target: Path) -> None:
    """Read what a TOOL exported from the folder SOURCE and write texts and annotations below TARGET, checked."""
    names = sorted(path for path in source.rglob("*") if path.is_file())
    files = {path.relative_to(source).as_posix(): path.read_bytes().decode("utf-8") for path in names}
    documents = exchange.FORMATS[tool].read(files)
    for document in documents:
        write_document(document, target)
    click.echo(f"{len(documents)} documents in {target}")


@gold.command("agreement")
@_FOLDER
@_SPLIT
@_OUTPUT
@_bad_input_is_2
def show_agreement(folder: Path | None, splits: tuple[str, ...], output: Path | None) -> None:
    """How far the two blind passes agree, as Markdown."""
    passes = _documents(folder, splits, "passes/a"), _documents(folder, splits, "passes/b")
    _write(agreement.as_markdown(agreement.compared(passes), _today()), output)


@gold.command("schema")
@click.option("--findings", is_flag=True, help="Of a line of an audit.")
@_OUTPUT
def show_schema(findings: bool, output: Path | None) -> None:
    """The JSON Schema of a line of an annotation file."""
    _write(json.dumps(audit_schema() if findings else schema(), ensure_ascii=False, indent=1) + "\n", output)
