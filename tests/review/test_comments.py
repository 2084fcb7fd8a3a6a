"""Comments of the other side: each thread is told once, at the words that it is about, with its answers."""

from __future__ import annotations

import pytest
from read.test_docx import W, p, package, r

from ccclauses.review.find.findings import review

W14, W15 = (f"http://schemas.microsoft.com/office/word/{year}/wordml" for year in (2010, 2012))
ABOUT = (
    '<w:commentRangeStart w:id="{0}"/>'
    + r("72 hours")
    + '<w:commentRangeEnd w:id="{0}"/><w:r><w:commentReference w:id="{0}"/></w:r>'
)


def commented(*comments: tuple[str, str, str], done: str = "0"):
    """A file with comments on one period: the author, the words, and the number of the comment that each answers."""
    written = "".join(
        f'<w:comment w:id="{n}" w:author="{author}" w:date="2026-01-0{n}T00:00:00Z"><w:p w14:paraId="A{n}">{r(words)}</w:p></w:comment>'
        for n, (author, words, _) in enumerate(comments, 1)
    )
    parents = [f'w15:paraIdParent="A{of}" ' if of else "" for _, _, of in comments]
    threads = "".join(
        f'<w15:commentEx w15:paraId="A{n}" {parent}w15:done="{done}"/>' for n, parent in enumerate(parents, 1)
    )
    return package(
        p(r("Within ") + "".join(map(ABOUT.format, range(1, len(comments) + 1)))),
        comments=f'<w:comments xmlns:w="{W}" xmlns:w14="{W14}">{written}</w:comments>',
        commentsExtended=f'<w15:commentsEx xmlns:w15="{W15}">{threads}</w15:commentsEx>',
    )


@pytest.mark.parametrize("done", ("0", "1"))
def test_a_thread_is_one_finding_with_its_answers(done):
    file = commented(("Ann", "Too long.", ""), ("Bob", "We agree.", "1"), ("", "And why?", ""), done=done)
    first, second = review(file, file).findings
    assert (first.before, first.after, first.authors) == ("72 hours", "Too long.", ("Ann",))
    assert first.thread == ("Bob: We agree.",) and first.done is (done == "1")
    assert (second.after, second.authors, second.thread) == ("And why?", (), ())
