"""The rounds of a deal as plain files: what was sent, what came back, and what we decided about it.

`rounds/` is the folder that `ccclauses review --keep` fills and `ccclauses history` reads: `rounds.json` names the papers
with their fingerprints. Beside each paper that was sent lie the profile and the data it was made of; next to each that came
back, the answers in the form that `ccclauses review --respond` reads. A paper is in the index once it was sent: until
then it may be written anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ...common.files import replace_whole
from ...model.diagnostic import Diagnostic
from ...model.findings.negotiation import Side, Stage
from ...review.rounds import INDEX, index_text, read_rounds
from ..folder import DealError


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A round: the paper that was sent and the one that came back, either of which may not be there yet."""

    number: int
    sent: Stage | None = None
    returned: Stage | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounds:
    """What a rounds folder holds. `problems` say what of it can't be read; the papers themselves are still there."""

    folder: Path
    stages: tuple[Stage, ...] = ()
    problems: tuple[Diagnostic, ...] = ()

    @property
    def all(self) -> tuple[Round, ...]:
        """The rounds in order."""
        found: dict[int, dict[Side, Stage]] = {}
        for stage in self.stages:
            found.setdefault(stage.round, {})[stage.side] = stage
        return tuple(
            Round(number=n, sent=sides.get("sent"), returned=sides.get("returned"))
            for n, sides in sorted(found.items())
        )

    @property
    def last(self) -> Round | None:
        """The round that the deal is in."""
        return self.all[-1] if self.all else None

    @property
    def turn(self) -> str:
        """Whose turn it is: "ours" before the first paper and once one came back, else "theirs"."""
        return "theirs" if self.stages and self.stages[-1].side == "sent" else "ours"

    def path(self, number: int, side: Side) -> Path:
        """Where a paper lies, or would."""
        return self.folder / f"{number:02}-{side}.docx"

    def answers(self, number: int) -> Path:
        """Where our answers to a round lie."""
        return self.folder / f"{number:02}-answers.yaml"

    def source(self, number: int, kind: str = "yaml") -> Path:
        """Where the profile (`yaml`) or the data (`json`) of a paper that was sent lies."""
        return self.folder / f"{number:02}-sent.{kind}"


class Refused(DealError):
    """A paper can't be taken in; the message says why in a sentence, and nothing was changed."""


def open_rounds(folder: Path) -> Rounds:
    """The rounds in a folder; a folder that is not there has none."""
    stages, problems = read_rounds(folder) if folder.is_dir() else ([], [])
    order = {"sent": 0, "returned": 1}
    return Rounds(
        folder=folder,
        stages=tuple(sorted(stages, key=lambda s: (s.round, order[s.side]))),
        problems=tuple(problems),
    )


def record_sent(folder: Path, word: bytes, *, name: str, day: str, beside: Mapping[str, bytes] | None = None) -> Stage:
    """Freeze a paper as sent, with the files next to it (`yaml`, `json`); `day` is ISO 8601.

    Raises Refused while it is the other side's turn, or when the folder can't be written.
    """
    known = _readable(folder)
    if known.turn == "theirs":
        raise Refused("The last paper has gone out and nothing came back yet. Undo “I have sent it” to send another.")
    number = known.last.number + 1 if known.last else 1
    return _record(known, number, "sent", word, name=name, day=day, beside=beside or {})


def record_returned(folder: Path, word: bytes, *, name: str, day: str) -> Stage:
    """Keep a paper that came back as the answer to the last one that was sent. `day` is ISO 8601.

    Raises Refused when nothing was sent, when it is the very file that was sent, or one that is known already.
    """
    known = _readable(folder)
    last = known.last
    if last is None or last.sent is None:
        raise Refused("Nothing was sent yet, so nothing can have come back. Send the annex first.")
    digest = hashlib.sha256(word).hexdigest()
    for stage in known.stages:
        if stage.sha256 == digest:
            what = "the file that you sent" if stage.side == "sent" else "a file that you have added already"
            raise Refused(f"This is {what} in round {stage.round}, byte for byte.")
    if last.returned is not None:
        raise Refused(f"Round {last.number} has their file already. Answer it, or undo adding it first.")
    return _record(known, last.number, "returned", word, name=name, day=day, beside={})


def take_back(folder: Path) -> Stage | None:
    """Undo the last step, sending or adding a file: it leaves the index, and the file goes to `set-aside/`."""
    known = open_rounds(folder)
    if not known.stages or known.problems:
        return None
    *rest, last = known.stages
    aside = folder / "set-aside"
    aside.mkdir(exist_ok=True)
    path = folder / last.file
    data = path.read_bytes()
    replace_whole(aside / f"{last.sha256[:12]}-{last.file}", data)
    replace_whole(folder / INDEX, index_text(rest).encode())
    path.unlink(missing_ok=True)
    return last


def _readable(folder: Path) -> Rounds:
    known = open_rounds(folder)
    if known.problems:
        raise Refused(f"The list of rounds can't be read: {known.problems[0].message}. Nothing was added.")
    return known


def _record(
    known: Rounds, number: int, side: Side, word: bytes, *, name: str, day: str, beside: Mapping[str, bytes]
) -> Stage:
    digest = hashlib.sha256(word).hexdigest()
    stage = Stage(round=number, side=side, file=f"{number:02}-{side}.docx", sha256=digest, name=name[:200], kept=day)
    try:
        known.folder.mkdir(parents=True, exist_ok=True)
        for kind, data in beside.items():
            replace_whole(known.source(number, kind), data)
        replace_whole(known.folder / stage.file, word)
        # The index comes last, so that it names whole files only.
        replace_whole(known.folder / INDEX, index_text([*known.stages, stage]).encode())
    except OSError as problem:
        raise Refused(f"The file can't be kept: {problem.strerror or problem}.") from None
    return stage
