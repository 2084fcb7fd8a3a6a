"""A deal in negotiation: what was sent, and what a counterparty makes of it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, datetime, timezone
from functools import cache
from pathlib import Path

from ccclauses.common.resources import examples_folder
from ccclauses.deals.folder import Deal, Deals
from ccclauses.deals.rounds.rounds import record_sent
from ccclauses.load.inputs import load_inputs
from ccclauses.ooxml.namespaces import w
from ccclauses.ooxml.package.package import read_package
from ccclauses.pipeline import build_annex

sys.path.insert(0, str(Path(__file__).parents[1]))

from review.edits import Draft, structure, text_of  # noqa: E402

DAY = date(2026, 5, 4)
NOW = datetime(2026, 5, 9, 12, tzinfo=timezone.utc)
NOTICE = "at the latest 72 hours after"


@cache
def annex_file(example: str = "startup-full") -> bytes:
    profile, library, _ = load_inputs(examples_folder() / f"{example}.yaml")
    built, problems = build_annex(profile, library)
    assert built, problems
    return built.data


def sent_deal(root: Path, example: str = "startup-full") -> Deal:
    """A deal whose annex went out."""
    text = (examples_folder() / f"{example}.yaml").read_text(encoding="utf-8")
    deal = Deals(root).new("Pebblebox", text)
    record_sent(
        deal.path("rounds"), annex_file(example), name="annex.docx", day=DAY.isoformat(), beside={"yaml": text.encode()}
    )
    return deal


def later_notice(draft: Draft) -> None:
    """72 hours become 96, and nobody tracked it."""
    for run in draft.root.iter(w("t")):
        if run.text and NOTICE in run.text:
            run.text = run.text.replace("72 hours", "96 hours")


def deleted_sentence(draft: Draft) -> None:
    """The sentence that holds the notice of a breach to no excuse is gone, untracked."""
    for run in draft.root.iter(w("t")):
        if run.text and "It shall not wait for confirmation" in run.text:
            run.text = run.text[: run.text.index(" It shall not wait")]


def returned(*edits: Callable[[Draft], object], data: bytes = b"", seed: int = 5) -> bytes:
    """What comes back: the file that was sent, edited."""
    draft = Draft(read_package(data or annex_file()), seed=seed)
    for edit in edits:
        edit(draft)
    return draft.saved()


USUAL = (later_notice, structure.delete_paragraph, structure.paste_paragraph_tracked)
__all__ = ["DAY", "NOW", "USUAL", "annex_file", "deleted_sentence", "later_notice", "returned", "sent_deal", "text_of"]
