"""Answers for a folder of papers, question by question, as JSON: `python tools/assess_answers.py FOLDER ANSWERS.json`.

The form is {paper: {question: {verdict, rung, value: {number, unit, text}, paragraphs}}}: a paper by its file's name without
ending, paragraphs by their place in the file, from 1. Papers are text files with a paragraph a line, or any file that
`ccclauses assess` reads.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from ccclauses.assess.paper.paper import read_paper  # noqa: E402
from ccclauses.assess.run import assess  # noqa: E402
from ccclauses.common.resources import library_folder  # noqa: E402
from ccclauses.load.library.cues import load_cues  # noqa: E402
from ccclauses.load.library.library import load_library  # noqa: E402
from ccclauses.model.findings.assessment import PaperAnswer  # noqa: E402


def told(answer: PaperAnswer) -> dict[str, Any]:
    """One answer in the form that is written."""
    value = answer.value
    return {
        "verdict": answer.verdict,
        "rung": answer.rung or None,
        "value": {"number": value.number, "unit": value.unit, "text": value.text} if value else None,
        "paragraphs": [f.sentence.passage + 1 for f in answer.found],
        "why": list(answer.reasons),
    }


def main(folder: Path, target: Path) -> int:
    """Judge every paper of a folder; the number of papers that could not be read."""
    library, problems = load_library(library_folder())
    cues, more = load_cues(library_folder())
    out, unread = {}, 0
    for path in sorted(p for p in folder.iterdir() if p.is_file()):
        paper, found = read_paper(path)
        for problem in found:
            print(problem, file=sys.stderr)
        if paper is None:
            unread += 1
            continue
        begun = time.perf_counter()
        result = assess(paper, cues, library)
        seconds = time.perf_counter() - begun
        print(
            f"{path.stem}: {sum(len(p.text.split()) for p in paper.passages)} words, {seconds:.2f} s", file=sys.stderr
        )
        out[path.stem] = {a.question.id: told(a) for a in result.answers}
    target.write_text(json.dumps(out, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return unread


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
