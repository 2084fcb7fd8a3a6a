"""Many mixed builds, reviews and redlines in one process, whose memory is to stay flat: `python -m benchmarks.soak`.

python -m benchmarks.soak --rounds 10000 --minutes 15
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from datetime import datetime
from pathlib import Path

from ccclauses.cli.common import load_inputs
from ccclauses.ooxml.package.package import read_package, write_package
from ccclauses.pipeline import build_annex
from ccclauses.redline import redline
from ccclauses.review.find.findings import review

ROOT = Path(__file__).resolve().parent.parent
KINDS = ("docx", "html", "json", "docx", "txt", "md")


def resident() -> float:
    """The resident memory of this process in MiB."""
    status = Path("/proc/self/status")
    if not status.exists():
        sys.exit("The soak reads its memory from /proc, which is not there.")
    return int(re.search(r"VmRSS:\s+(\d+)", status.read_text())[1]) / 1024  # type: ignore[index]


def main() -> None:
    """Run, and print the memory as it goes; exit with 1 when it grew by more than a tenth after the first fifth."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=10_000)
    parser.add_argument("--minutes", type=float, default=60.0)
    asked = parser.parse_args()
    profiles = [load_inputs(path)[:2] for path in sorted((ROOT / "examples").glob("*.yaml"))]
    built = [build_annex(profile, library)[0] for profile, library in profiles]
    # Whole annexes are built; what is reviewed and redlined is their first fifth, since that takes the longest.
    sent = [read_package(b.data) for b in built]
    small = [read_package(write_package({**p.parts, p.main_part: _shortened(p.parts[p.main_part])})) for p in sent]
    begin, seen, counts = time.monotonic(), [], {"build": 0, "review": 0, "redline": 0}
    for number in range(asked.rounds):
        if time.monotonic() - begin > asked.minutes * 60:
            break
        index = number % len(profiles)
        package = small[index]
        text = (
            package.parts[package.main_part]
            .replace(b"shall", b"must", 1 + number % 7)
            .replace(b"within", b"within %d days or" % number, 1)
        )
        returned = read_package(write_package({**package.parts, package.main_part: text}))
        what = ("build", "build", "review", "build", "redline")[number % 5]
        if what == "build":
            profile, library = profiles[index]
            assert build_annex(profile, library, kind=KINDS[number % len(KINDS)])[0]
        elif what == "review":
            assert review(package, returned).findings
        else:
            write_package(redline(package, returned, date=datetime(2026, 1, 5)).package.parts)
        counts[what] += 1
        if number % max(1, asked.rounds // 50) == 0:
            seen.append(resident())
            print(f"{number:7,} {time.monotonic() - begin:7.0f} s {seen[-1]:8.1f} MiB", flush=True)
    done = sum(counts.values())
    print(
        f"{done:,} runs ({', '.join(f'{n:,} {w}s' for w, n in counts.items())}) in {time.monotonic() - begin:.0f} s; {resident():.1f} MiB at the end"
    )
    settled = seen[len(seen) // 5]
    sys.exit(f"the memory grew from {settled:.1f} to {max(seen):.1f} MiB" if max(seen) > settled * 1.1 else 0)


def _shortened(document: bytes) -> bytes:
    head, _, rest = document.partition(b"<w:body>")
    paragraphs = re.findall(
        rb"<w:p>.*?</w:p>|<w:p .*?</w:p>", re.sub(rb"<w:tbl>.*?</w:tbl>", b"", rest, flags=re.DOTALL), re.DOTALL
    )
    section = rest[rest.rindex(b"<w:sectPr") :]
    return head + b"<w:body>" + b"".join(paragraphs[: len(paragraphs) // 5]) + section


if __name__ == "__main__":
    main()
