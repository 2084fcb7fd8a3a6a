"""How the page bears a long day: many changes with time and memory, and a program that is killed at any moment.

    python tools/endure.py --changes 1000 --kills 200

Prints the time of a change at the beginning and at the end, the memory, and in how many of the kills the folder could be read
afterwards, with nothing lost that had been reported as saved. Exit status 1 when one could not.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import signal
import statistics
import tempfile
import time
from pathlib import Path

from ccclauses.common.resources import examples_folder
from ccclauses.deals.edit import save_one
from ccclauses.deals.folder import Deal, Deals
from ccclauses.deals.state import shown
from ccclauses.deals.versions import undo, versions
from ccclauses.web.app import create_app

PRICE = "charges.monthly"


def soak(root: Path, changes: int) -> tuple[list[float], list[int]]:
    """Change the price again and again through the page, and read the next screen each time; seconds and kilobytes of each."""
    app = create_app(root, hosts=["localhost"], examples=examples_folder())
    client, token = app.test_client(), app.extensions["token"]
    deal = _deal(root)
    seconds, memory = [], []
    for number in range(changes):
        start = time.perf_counter()
        data = {"token": token, PRICE: f"{15_000 + number}", f"seen:{PRICE}": shown(deal).said(PRICE)}
        answer = client.post(f"/d/{deal.slug}/ask/2", data=data)
        assert answer.status_code == 303, answer.status
        assert client.get(answer.location).status_code == 200
        seconds.append(time.perf_counter() - start)
        memory.append(_memory())
    return seconds, memory


def kill(root: Path, times: int, seed: int = 1) -> tuple[int, list[str]]:
    """Kill a process that changes a deal, at random moments; how often the folder was whole after it, and what was wrong."""
    deal, chance, whole, wrong = _deal(root), random.Random(seed), 0, []
    shown(deal)  # what is slow at first is done before
    for number in range(times):
        told_read, told_write = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(told_read)
            try:
                for price in range(1_000_000):
                    save_one(deal, PRICE, f"GBP {1000 * (number + 1) + price % 1000}.00")
                    os.write(told_write, f"{1000 * (number + 1) + price % 1000}\n".encode())
                    if price % 7 == 6:
                        undo(deal)
            finally:
                os._exit(1)
        os.close(told_write)
        time.sleep(chance.uniform(0.002, 0.12))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(told_read, "rb") as stream:
            told = stream.read().split()
        problem = _unwhole(deal, [t.decode() for t in told])
        whole += not problem
        wrong += [problem] if problem else []
    return whole, wrong


def _unwhole(deal: Deal, told: list[str]) -> str:
    """What is wrong with the folder after a kill; empty when everything is there."""
    found = shown(deal)
    if found.broken or found.annex is None:
        return f"the profile can't be read: {found.broken}"
    said = {found.said(PRICE)}
    for version in versions(deal):
        text = deal.read("versions", version.name)
        if not text or b"charges" not in text:
            return f"{version.name} is not whole"
        said.add(text.decode().partition("monthly: ")[2].partition("}")[0].strip('"'))
    lost = [t for t in told[-3:] if not any(s == f"GBP {t}.00" for s in said)]
    if lost:
        return f"told as saved and lost: {lost}"
    save_one(deal, "annex.reference", f"after-{len(said)}")
    return "" if shown(deal).said("annex.reference") else "it can't be changed any more"


def _deal(root: Path) -> Deal:
    text = (examples_folder() / "startup-baseline.yaml").read_text(encoding="utf-8")
    return Deals(root).new("endure", text)


def _memory() -> int:
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main() -> int:
    """Run both, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--changes", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=200)
    asked = parser.parse_args()
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        if asked.kills:
            whole, wrong = kill(Path(folder) / "kills", asked.kills)
            print(f"killed {asked.kills} times: {whole} times the folder was whole", *wrong[:5], sep="\n  ")
        if asked.changes:
            seconds, memory = soak(Path(folder) / "soak", asked.changes)
            tenth = max(1, asked.changes // 10)
            first, last = statistics.median(seconds[:tenth]), statistics.median(seconds[-tenth:])
            print(
                f"{asked.changes} changes: median {first * 1000:.0f} ms in the first tenth, {last * 1000:.0f} ms in the last"
            )
            print(f"memory: {memory[tenth - 1] // 1024} MB after the first tenth, {memory[-1] // 1024} MB at the end")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
