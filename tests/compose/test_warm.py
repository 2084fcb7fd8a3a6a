"""What is remembered from one annex never shows in another: warm bytes are cold bytes."""

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from ccclauses.load.library.library import load_library
from ccclauses.load.profile.profile import load_profile
from ccclauses.pipeline import build_annex

TESTS = Path(__file__).resolve().parents[1]
OTHER = {
    "Client plc": "Other & Co",
    "leaver_revoke: 4 hours": "leaver_revoke: 9 hours",
    "posture: standard": "posture: strict",
    "[gdpr, card_standard]": "[gdpr]",
    "seats: 120": "seats: 20",
    "template: modern": "template: legal",
    "A4": "Letter",
}
FRESH = "import sys; from test_warm import digests; print(*digests(sys.argv[1:]))"


def digests(paths):
    """Of the Word file and the data of each profile, built one after the other."""
    library, _ = load_library(TESTS / "library")
    out = []
    for path in paths:
        profile, _ = load_profile(Path(path), library)
        built = [build_annex(profile, library, kind=kind)[0] for kind in ("docx", "json")]
        out += [sha256(b.data).hexdigest() for b in built]
    return out


def test_annexes_built_in_turns_are_those_of_fresh_processes(tmp_path):
    text = (TESTS / "profiles" / "full.yaml").read_text()
    profiles = [tmp_path / "one.yaml", tmp_path / "other.yaml"]
    profiles[0].write_text(text)
    for old, new in OTHER.items():
        assert old in text
        text = text.replace(old, new)
    profiles[1].write_text(text)
    path = os.pathsep.join(sys.path + [str(Path(__file__).parent)])
    one, other = (
        subprocess.run(
            [sys.executable, "-c", FRESH, str(profile)],
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": path},
        ).stdout.split()
        for profile in profiles
    )
    assert not set(one) & set(other)
    assert digests([*profiles, *profiles]) == [*one, *other, *one, *other]
