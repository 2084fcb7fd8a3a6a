"""A paper to be signed, opened apart from the page: how it differs from what was agreed, and what it comes to as data."""

from __future__ import annotations

from dataclasses import dataclass

from ...read.within import alone
from ...review.find.findings import review
from ...review.judge.agreed import agreed, profile_yaml
from ...review.judge.judging import judge_review
from ...write.data.annex_json import write_json
from .papers import CantRead, Papers, known_of, package_of
from .table import Table, make_table


def compare_final(papers: Papers) -> Table:
    """What differs between the agreed paper (`sent`) and a file to be signed (`returned`); nothing tracked counts as agreed."""
    sent, _ = alone(package_of(*papers.sent))
    returned, _ = alone(package_of(*papers.returned))
    known, library = known_of(sent, papers)
    found = review(sent, returned, names=("agreed", "final"), all_open=True)
    judged = judge_review(found, known) if known else found
    return make_table(judged, known.annex if known else None, library)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedFiles:
    """What was agreed as files: the annex as data and a profile that extends the deal's, with what neither can say."""

    data: str
    profile: str
    wording: tuple[str, ...]
    apart: tuple[str, ...]


def agreed_files(papers: Papers, base: str, sent_name: str, final_name: str) -> AgreedFiles:
    """What a final paper (`returned`) comes to against the first one (`sent`); `base` is the profile seen from its place."""
    sent, _ = alone(package_of(*papers.sent))
    final, _ = alone(package_of(*papers.returned))
    known, _ = known_of(sent, papers)
    if known is None:
        raise CantRead("No clause of ours is in the paper that was sent first, so what was agreed can't be read.")
    found = judge_review(review(sent, final, read_as="accepted"), known)
    result = agreed(found, known, final, name="final.docx")
    if result is None:
        raise CantRead("No clause of ours is in this file.")
    text = profile_yaml(result, base, sent_name, final_name)
    return AgreedFiles(data=write_json(result.annex), profile=text, wording=result.wording, apart=result.apart)
