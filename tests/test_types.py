"""Types are checked by mypy (`make check`); what is excepted is little and says why."""

from __future__ import annotations

import io
import re
import tokenize
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MOST = 20
_IGNORE = re.compile(r"#\s*type:\s*ignore(?P<codes>\[[\w, -]+\])?\s*(?P<reason>#\s*\S.*)?")


def exceptions(text: str) -> list[re.Match[str]]:
    comments = (t.string for t in tokenize.generate_tokens(io.StringIO(text).readline) if t.type == tokenize.COMMENT)
    return [found for comment in comments if (found := _IGNORE.search(comment))]


def test_few_lines_are_excepted_from_the_check_of_types_and_each_says_why():
    found = [
        (path.relative_to(ROOT).as_posix(), each)
        for path in sorted((ROOT / "ccclauses").rglob("*.py"))
        for each in exceptions(path.read_text("utf-8"))
    ]
    assert len(found) <= MOST
    assert [f"{path}: {each[0]}" for path, each in found if not (each["codes"] and each["reason"])] == []


def test_an_exception_without_a_code_or_a_reason_would_be_seen():
    (bare,) = exceptions("x = 1  # type: ignore\n")
    (coded,) = exceptions("x = 1  # type: ignore[misc]\n")
    (whole,) = exceptions("x = 1  # type: ignore[misc]  # the library has no types\n")
    assert not bare["codes"] and coded["codes"] and not coded["reason"] and whole["reason"]
    assert exceptions('x = "# type: ignore"\n') == []
