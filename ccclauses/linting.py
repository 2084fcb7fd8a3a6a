"""A path that a user names → what the rules say of it: a library, a clause file, a profile, an annex, any contract."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from .common.limits import limits
from .common.resources import library_folder
from .compose.library import text_problems
from .compose.numbers.anchors import clause_anchor
from .lint.engine import HIDDEN_WORDS, lint_annex, lint_library, lint_text, lint_words
from .lint.subject import Subject
from .lint.texts import annex_subject
from .load.library.library import load_library
from .load.profile.layers import profile_libraries
from .load.profile.profile import load_profile
from .model.diagnostic import Diagnostic, Position, Severity, errors

if TYPE_CHECKING:
    from .read.word.document import ReadDocument, ReadParagraph

Words = tuple[tuple[str, str, bool], ...]
_WORD = (".docx", ".docm", ".dotx", ".dotm")


def lint_target(path: Path) -> list[Diagnostic]:
    """The findings of one target; a file that can't be read is a finding too."""
    if path.is_dir():
        return _library(path, None)
    if path.suffix in _WORD:
        return _word(path)
    if path.suffix == ".json":
        return _annex_json(path)
    if path.suffix in (".yaml", ".yml"):
        folder = _library_of(path)
        return _library(folder, path.stem) if folder else _profile(path)
    return lint_words([("", line, line.startswith("#")) for line in lines_of(str(path))], str(path))


def _library_of(path: Path) -> Path | None:
    """The library folder in which a clause file stands; None for a file outside of one."""
    shipped = library_folder().resolve()
    for parent in path.resolve().parents:
        if (parent / "topics.yaml").exists() or parent == shipped:
            return parent
    return None


def _library(folder: Path, clause: str | None) -> list[Diagnostic]:
    # A client's own folder is read over the shipped library, unless it is a whole library itself.
    alone = folder.resolve() == library_folder().resolve() or (folder / "topics.yaml").exists()
    from .assess.judge.examples import check_cues  # only a library has cues
    from .load.library.cues import FOLDER as CUES
    from .load.library.cues import load_cues

    library, problems = load_library(folder) if alone else load_library(library_folder(), folder)
    if errors(problems):
        return problems
    if clause is None or (folder / CUES / f"{clause}.yaml").exists():
        cues, found = load_cues(folder) if alone else load_cues(library_folder(), folder)
        problems = problems + found + ([] if errors(found) else check_cues(cues, library))
    inside = [c for c in library.clauses.values() if folder in Path(c.at.file).parents]
    clauses = [c for c in inside if clause is None or c.id == clause]
    if alone and clause is None:
        return problems + text_problems(library) + lint_library(library)
    return problems + text_problems(library, [c.id for c in clauses]) + lint_library(library, clauses)


def _profile(path: Path) -> list[Diagnostic]:
    from .compose.annex import compose_annex
    from .resolve import resolve

    folders, problems = profile_libraries(path)
    if errors(problems):
        return problems
    library, problems = load_library(library_folder(), *folders)
    profile, found = load_profile(path, library)
    problems = problems + found
    resolution, found = resolve(profile, library) if profile else (None, [])
    problems += found
    annex, found = compose_annex(resolution) if resolution else (None, [])
    # What else there is to know of the deal, `ccclauses check` tells.
    return lint_annex(annex, str(path)) if annex else errors(problems + found)


def _annex_json(path: Path) -> list[Diagnostic]:
    from .write.data.annex_json import read_json

    text = path.read_bytes()[: limits().text_bytes * 4].decode("utf-8", "replace")
    annex, problems = read_json(text, str(path))
    return list(problems) + (lint_annex(annex, str(path)) if annex else [])


def _word(path: Path) -> list[Diagnostic]:
    """An annex of ours is judged with what its data say of duties and terms, any other contract by its words alone."""
    document, problems = _word_file(str(path))
    if document is None:
        return list(problems)
    words = _paragraphs(document)
    problems = (*problems, *_unseen(document, str(path)))
    if any(anchor.startswith(clause_anchor("")) for p in document.paragraphs() for anchor in p.anchors):
        from .read.recover import recover_annex

        annex, _ = recover_annex(document, load_library(library_folder())[0], None)
        if annex:
            return [*problems, *lint_text(_at_lines(annex_subject(annex, str(path)), words))]
    return [*problems, *lint_words(words, str(path))]


def _unseen(document: ReadDocument, file: str) -> Iterator[Diagnostic]:
    """What the words alone don't tell of a Word file: those that nobody sees, and references whose target is gone."""
    anchors = {a for p in (*document.paragraphs(), *document.stories) for a in p.anchors}
    for line, paragraph in enumerate(_told(document), 1):
        at = Position(file=file, line=line)
        for what, words in (("hidden", paragraph.hidden), ("too pale or too small to be seen", paragraph.faint)):
            if words.strip():
                short = words.strip() if len(words) <= 80 else f"{words.strip()[:80]} …"
                yield Diagnostic(
                    rule=HIDDEN_WORDS,
                    severity=Severity.WARNING,
                    message=f"words that are {what}: “{short}”",
                    at=at,
                    hint="show them or take them out: they are part of what is signed",
                )
        for segment in paragraph.segments:
            if segment.target and segment.target not in anchors:
                message = f"the reference “{segment.text.strip()}” leads to a place that is gone"
                yield Diagnostic(rule="dangling-reference", message=message, at=at, hint="set the reference anew")


def _at_lines(subject: Subject, words: Words) -> Subject:
    """The subject with its passages at the paragraphs of the file that hold them."""
    lines = {text: line for line, (_, text, _) in enumerate(words, 1)}
    places = [Position(file=subject.name, line=lines.get(p.text, p.at.line)) for p in subject.passages]
    passages = tuple(replace(p, at=at, source=(p.text,)) for p, at in zip(subject.passages, places))
    return replace(subject, passages=passages)


def _paragraphs(document: ReadDocument) -> Words:
    """Number, words and whether it is a heading, of each paragraph that is not a part of a contents list."""
    return tuple((p.full_number or p.number, " ".join(p.text.split()), bool(p.heading)) for p in _told(document))


def _told(document: ReadDocument) -> list[ReadParagraph]:
    return [
        *(p for p in document.paragraphs() if not p.contents),
        *(p for p in document.stories if p.story not in ("header", "footer")),
    ]


@lru_cache(maxsize=16)
def _word_file(file: str) -> tuple[ReadDocument | None, tuple[Diagnostic, ...]]:
    from .read.file import read_word_file

    document, problems = read_word_file(Path(file))
    return document, tuple(problems)


@lru_cache(maxsize=64)
def lines_of(file: str) -> list[str]:
    """The lines of a text file, or the paragraphs of a Word file; empty when there is no such file."""
    path = Path(file)
    if path.suffix in _WORD:
        document = _word_file(file)[0]
        return [text for _, text, _ in _paragraphs(document)] if document else []
    try:
        with path.open("rb") as stream:
            return stream.read(limits().text_bytes).decode("utf-8", "replace").split("\n")
    except OSError:
        return []


def introduced(before: ReadDocument, after: ReadDocument) -> tuple[str, ...]:
    """What the rules find in paragraphs that only the later reading of a contract has, each with its number.

    What they found in the earlier wording of the paragraph too was not brought in by the change.
    """
    sent, words = _paragraphs(before), _paragraphs(after)
    known, kept = ({text for _, text, _ in side} for side in (sent, words))
    if kept <= known:
        return ()
    reworded = [passage for passage in sent if passage[1] not in kept]
    had = Counter((reworded[d.at.line - 1][0], d.rule, d.message) for d in lint_words(reworded, before.name))
    found = []
    for diagnostic in lint_words(words, after.name):
        number, text, _ = words[diagnostic.at.line - 1]
        key = number, diagnostic.rule, diagnostic.message
        if text not in known and had[key]:
            had[key] -= 1
        elif text not in known:
            message = (
                diagnostic.message
                if not number or diagnostic.message.startswith(number)
                else f"{number}: {diagnostic.message}"
            )
            found.append(f"{message} [{diagnostic.rule}]")
    return tuple(dict.fromkeys(found))
