"""Annotated documents: reading and writing a folder of them, and every check on the way.

A folder holds ``documents/<split>/<name>.txt`` and ``gold/<split>/<name>.jsonl`` (``passes/a`` and ``passes/b`` in
place of ``gold`` for the two blind passes). The first line of an annotation file is a header with the sha256 of the
text; each further line is one fact with its offsets and its words.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from fiscal_patterns.facts import Fact

from fiscal_facts.evaluation.shape import ShapeError, read_fact, write_fact
from fiscal_facts.evaluation.soundness import unsound

FORMAT = 1
OWN = "own"
"""The split of a document that lies in no split folder: a user's own."""
SPLITS = ("real", "written", "planted", "heldout")
HIDDEN = ("heldout",)
"""Splits of which figures are shown, but never a word: they measure unseen text."""


class GoldError(ValueError):
    """An annotation file that cannot be used: file, fact and reason in one line."""

    def __init__(self, file: Path | str, fact: str | None, reason: str) -> None:
        self.file, self.fact, self.reason = str(file), fact, reason
        super().__init__(f"{file}: {f'{fact}: ' if fact else ''}{reason}")


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A text with its annotations. ``name`` is ``<split>/<file name without ending>``."""

    name: str
    split: str
    text: str
    facts: tuple[Fact, ...]


def default_folder() -> Path:
    """Where the shipped gold set lies: the repository's ``annotations``, else the copy inside the package."""
    here = Path(__file__).resolve()
    repository = here.parents[3] / "annotations"
    return repository if (repository / "gold").is_dir() else here.parents[1] / "annotations"


def read_folder(
    folder: Path, *, annotations: str = "gold", splits: Sequence[str] | None = None
) -> tuple[GoldDocument, ...]:
    """All annotated documents of a folder in order of name; raises :class:`GoldError` on the first that is unsound."""
    root = folder / annotations
    files = sorted(root.rglob("*.jsonl")) if root.is_dir() else []
    names = [file.relative_to(root).with_suffix("").as_posix() for file in files]
    chosen = [(file, name) for file, name in zip(files, names, strict=True) if not splits or split_of(name) in splits]
    if not chosen:
        raise GoldError(
            root, None, "no annotation file (*.jsonl)" + (f" in split {', '.join(splits)}" if splits else "")
        )
    texts = folder / "documents"
    settled = annotations == "gold"
    return tuple(read_document(file, texts / f"{name}.txt", name, settled=settled) for file, name in chosen)


def split_of(name: str) -> str:
    """``real`` for ``real/suining``, ``own`` for a document in no sub-folder."""
    return name.split("/", 1)[0] if "/" in name else OWN


def in_order(splits: Iterable[str]) -> list[str]:
    """Names of splits, each once: ours first, in fixed order."""
    present = set(splits)
    return [split for split in SPLITS if split in present] + sorted(present - set(SPLITS))


def read_document(file: Path, text_file: Path, name: str, *, settled: bool = True) -> GoldDocument:
    """One document with its annotations, checked; of a blind pass (``settled`` false) only words and ids."""
    text, lines = read_pair(file, text_file)
    return GoldDocument(name, split_of(name), text, read_annotations(file, lines, name, text, settled=settled))


def read_pair(file: Path, text_file: Path) -> tuple[str, list[str]]:
    """The text, and the lines of its annotation file."""
    if not text_file.is_file():
        raise GoldError(file, None, f"its text {text_file} is not there")
    try:
        return read_text(text_file), file.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise GoldError(file, None, f"not UTF-8: {error}") from None


def read_text(file: Path) -> str:
    """The text exactly as stored: line ends untouched."""
    return file.read_bytes().decode("utf-8")


def read_annotations(
    file: Path | str, lines: Sequence[str], name: str, text: str, *, settled: bool = True
) -> tuple[Fact, ...]:
    """The facts on the lines of an annotation file, checked against the text."""
    header, written = parsed_lines(file, lines)
    _check_header(file, header, name, text)
    facts = []
    for data in written:
        try:
            facts.append(read_fact(data))
        except ShapeError as error:
            raise GoldError(file, id_of(data), str(error)) from None
    for fact, reason in unsound(text, facts, settled=settled):
        raise GoldError(file, fact, reason)
    return tuple(facts)


def parsed_lines(file: Path | str, lines: Sequence[str]) -> tuple[Any, list[Any]]:
    """The header and what stands on the other lines, empty ones left out."""
    written = [_parsed(file, number, line) for number, line in enumerate(lines, 1) if line.strip()]
    if not written:
        raise GoldError(file, None, "empty; the first line must be the header")
    return written[0], written[1:]


def _parsed(file: Path | str, number: int, line: str) -> Any:
    def refuse(figure: str) -> NoReturn:
        raise GoldError(file, f"line {number}", f"number {figure} must be a string")

    try:
        return json.loads(line, parse_float=refuse, parse_constant=refuse)
    except json.JSONDecodeError as error:
        raise GoldError(file, f"line {number}", f"not JSON: {error.msg} at column {error.colno}") from None


def id_of(data: Any, kind: str = "fact") -> str:
    """How a message names a line whose shape is not known."""
    return str(data.get("id", f"{kind} without id")) if isinstance(data, dict) else kind


def _check_header(file: Path | str, header: Any, name: str, text: str) -> None:
    check_header(file, header, {"format": FORMAT, "document": name, "sha256": sha256(text), "chars": len(text)})


def check_header(file: Path | str, header: Any, wanted: Mapping[str, Any]) -> None:
    """Refuses a header that differs from the one that text and place ask for."""
    if not isinstance(header, dict) or set(header) != set(wanted):
        raise GoldError(file, None, f"the first line must be the header: {', '.join(wanted)}")
    if header["format"] != wanted["format"]:
        raise GoldError(file, None, f"format {header['format']!r}; this version reads {wanted['format']}")
    if header["document"] != wanted["document"]:
        raise GoldError(
            file, None, f"header names document {header['document']!r}, the file lies at {wanted['document']!r}"
        )
    if header["sha256"] != wanted["sha256"]:
        raise GoldError(file, None, "another text: its sha256 differs from the header's")
    if "chars" in wanted and header["chars"] != wanted["chars"]:
        raise GoldError(file, None, f"the text has {wanted['chars']} characters, the header says {header['chars']}")


def sha256(text: str) -> str:
    """Hexadecimal digest of the text's UTF-8 bytes."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def annotation_lines(document: GoldDocument) -> list[str]:
    """The lines of a document's annotation file, header first."""
    header = {
        "format": FORMAT,
        "document": document.name,
        "sha256": sha256(document.text),
        "chars": len(document.text),
    }
    return [json.dumps(item, ensure_ascii=False) for item in (header, *map(write_fact, document.facts))]


def write_document(document: GoldDocument, folder: Path, *, annotations: str = "gold") -> Path:
    """Writes annotations and text below ``folder``; returns the annotation file."""
    file = folder / annotations / f"{document.name}.jsonl"
    text_file = folder / "documents" / f"{document.name}.txt"
    for path in (file, text_file):
        path.parent.mkdir(parents=True, exist_ok=True)
    text_file.write_bytes(document.text.encode("utf-8"))
    file.write_text("\n".join(annotation_lines(document)) + "\n", encoding="utf-8")
    return file


def digest(documents: Iterable[GoldDocument]) -> str:
    """Twelve hexadecimal digits that name this state of texts and annotations."""
    lines = [line for document in documents for line in annotation_lines(document)]
    return sha256("\n".join(lines))[:12]
