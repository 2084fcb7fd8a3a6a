"""Drive the readers of what comes from outside with atheris: one, or each in turn for its share of the time.

Goes on after a finding and keeps each kind of it once, with its traceback, so that a shallow one doesn't hide others.
What was learnt stays in the folder and is where the next run starts.

    python tools/fuzz.py all --seconds 3600
    python tools/fuzz.py returned --seconds 300
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent

SLOW = 5.0  # seconds of work; an input that takes more is a finding
HANG = 120  # seconds after which an input is given up, and the reader started again
MEMORY = 2048  # MiB
LONGEST = 200_000  # bytes of an input


def main() -> None:
    """Drive what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reader", help="the name of a reader, or `all`")
    parser.add_argument("--seconds", type=int, default=1800, help="altogether; `all` shares them out equally")
    parser.add_argument("--corpus", type=Path, default=ROOT / "build" / "fuzz", help="where what was found is kept")
    asked = parser.parse_args()
    if asked.reader == "all":
        from fuzz_readers import READERS

        share = asked.seconds / len(READERS)
        found = [_in_turn(name, share, asked.corpus) for name in READERS]
        totals = tuple(sum(column) for column in zip(*found))
        print(f"\n{'reader':<16} {'seconds':>8} {'of work':>8} {'executions':>11} {'findings':>9}")
        for name, (seconds, work, executions, findings) in zip((*READERS, "all"), (*found, totals)):
            print(f"{name:<16} {seconds:>8.0f} {work:>8.0f} {executions:>11,} {findings:>9}")
        sys.exit(f"found something: see {asked.corpus}" if totals[-1] else 0)
    _drive(asked.reader, asked.seconds, asked.corpus)


def _in_turn(name: str, share: float, corpus: Path) -> tuple[float, float, int, int]:
    """Seconds, those that the processor worked, executions and findings of one reader, started again when an input ended it."""
    began, worked, executions = time.monotonic(), _work(), 0
    known = set(_findings(name, corpus))
    corpus.mkdir(parents=True, exist_ok=True)
    log, noted = corpus / f"{name}.log", corpus / f"{name}.json"
    while (left := share - (time.monotonic() - began)) > 5 or not executions:
        noted.unlink(missing_ok=True)
        # Whatever the readers put into temporary folders goes with this one: atheris ends without cleaning up.
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, __file__, name, "--seconds", str(max(int(left), 1)), "--corpus", str(corpus)]
            with log.open("ab") as told:
                ended = subprocess.run(
                    command, stdout=told, stderr=told, env={**os.environ, "TMPDIR": folder}, check=False
                ).returncode
        if not noted.exists():
            sys.exit(f"{name} could not be driven: see {log}")
        executions += json.loads(noted.read_text())["executions"]
        if not ended:
            break
    findings = len(set(_findings(name, corpus)) - known)
    print(f"{name}: {executions:,} executions, {findings} findings", flush=True)
    return time.monotonic() - began, _work() - worked, executions, findings


def _work() -> float:
    """Seconds of the processor that the processes which were started and have ended took."""
    spent = os.times()
    return spent.children_user + spent.children_system


def _findings(name: str, corpus: Path) -> list[Path]:
    return [path for path in corpus.glob(f"{name}-*") if path.suffix != ".txt"]


def _drive(name: str, seconds: int, corpus: Path) -> None:
    began = time.monotonic()
    try:
        import atheris
    except ImportError:
        sys.exit("Nothing was fuzzed: atheris is not installed (pip install -e '.[fuzz]'; it runs on Linux).")
    # Only our own code is watched for the branches that a reader takes; to watch every library takes half a minute.
    with atheris.instrument_imports(include=["ccclauses"]):
        from fuzz_readers import EDITS, READERS, load_everything

        load_everything()
    import fuzz_edits
    from fuzz_seeds import seeds

    if name not in READERS:
        sys.exit(f"there is no reader `{name}`; there are {', '.join(READERS)}")
    folder, known = corpus / name, seeds(name)
    folder.mkdir(parents=True, exist_ok=True)
    for seed in known:
        (folder / f"seed-{hashlib.sha256(seed).hexdigest()[:16]}").write_bytes(seed)
    edit = EDITS[name]

    def spoil(data: bytes, most: int, number: int) -> bytes:
        rng = Random(number)
        if edit and rng.random() < 0.85:
            made = fuzz_edits.edited(data, edit, rng, known)
            if made != data and len(made) <= most:
                return made
        return bytes(atheris.Mutate(data, most))

    left = max(int(seconds - (time.monotonic() - began)), 1)
    options = [
        f"-max_total_time={left}", f"-timeout={HANG}", f"-rss_limit_mb={MEMORY}", f"-max_len={LONGEST}", "-len_control=0",
        f"-artifact_prefix={corpus / name}-", "-print_final_stats=1", "-report_slow_units=1000",
    ]  # fmt: skip
    atheris.Setup([sys.argv[0], *options, str(folder)], _watched(name, READERS[name], corpus), custom_mutator=spoil)
    atheris.Fuzz()


def _watched(name: str, read: Callable[[bytes], None], corpus: Path) -> Callable[[bytes], None]:
    """A reader that keeps what raises or takes long, and notes now and then how many inputs it was given."""
    executions, noted = 0, 0.0

    def watched(data: bytes) -> None:
        nonlocal executions, noted
        began, worked = time.monotonic(), time.process_time()
        try:
            read(data)
        # Every kind of it is what is looked for.
        except Exception as problem:
            _keep(corpus / f"{name}-{_signature(problem)}", data, traceback.format_exc())
        took = time.process_time() - worked  # whatever else the machine does
        if took > SLOW:
            _keep(corpus / f"{name}-slow-{hashlib.sha256(data).hexdigest()[:8]}", data, f"{took:.1f} seconds")
        executions += 1
        if began - noted > 0.5:
            noted = began
            (corpus / f"{name}.json").write_text(json.dumps({"executions": executions}))

    return watched


def _signature(problem: Exception) -> str:
    """The kind of a problem and the innermost place in our code that it came from."""
    places = [f for f in traceback.extract_tb(problem.__traceback__) if "ccclauses" in f.filename]
    at = f"{Path(places[-1].filename).stem}-{places[-1].lineno}" if places else "outside"
    return f"{type(problem).__name__}-{at}"


def _keep(path: Path, data: bytes, told: str) -> None:
    if not path.exists():
        path.write_bytes(data)
        path.with_name(f"{path.name}.txt").write_text(told)


if __name__ == "__main__":
    main()
