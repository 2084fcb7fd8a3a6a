"""What is said in one place only: names of the library's parameters in code are roles, which the library plays."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from ccclauses.common.resources import library_folder
from ccclauses.load.library.library import load_library
from ccclauses.load.profile.intake import questions
from ccclauses.load.profile.profile import load_profile_text
from ccclauses.model.library.roles import CREDIT_ROLES, KEY_TERMS, ROLES
from ccclauses.resolve.names import FROM_PROFILE
from ccclauses.web.questions.position import NUMBERS

PACKAGE = Path(__file__).parents[1] / "ccclauses"
# Keys of files and of laws that share their word with a parameter of the library.
WORDS = {"jurisdiction", "format", "mediation"}


@pytest.fixture(scope="module")
def library():
    library, problems = load_library(library_folder())
    assert not problems
    return library


def test_the_shipped_library_plays_every_role(library):
    assert set(library.roles) == set(ROLES)


def test_what_code_asks_for_is_a_role():
    assert {*CREDIT_ROLES, *KEY_TERMS, *NUMBERS, *FROM_PROFILE} <= set(ROLES)


def test_no_code_names_a_parameter_of_the_library(library):
    found = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}: {node.value}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and library.parameter(node.value)
        and node.value not in {*ROLES, *WORDS}
    ]
    assert not found


# What reads a clock or the environment, by module: the names that may not be used.
OUTSIDE = {
    "os": {"environ", "environb", "getenv", "getenvb"},
    "time": {"time", "time_ns", "localtime", "gmtime", "ctime", "strftime"},
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
}


def read_outside(source):
    """Each place of a source at which a clock or the environment is read."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            owner = node.value
            name = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
            if node.attr in OUTSIDE.get(name, ()):
                yield f"{node.lineno}: {name}.{node.attr}"
        elif isinstance(node, ast.ImportFrom) and node.module in ("os", "time"):
            for alias in node.names:
                if alias.name in OUTSIDE[node.module]:
                    yield f"{node.lineno}: {node.module}.{alias.name}"


def test_only_commands_read_a_clock_or_the_environment():
    found = [
        f"{path.relative_to(PACKAGE)}:{place}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.relative_to(PACKAGE).parts[0] != "cli"
        for place in read_outside(path.read_text("utf-8"))
    ]
    assert not found


@pytest.mark.parametrize(
    "source",
    [
        "import os\nos.environ.get('HOME')",
        "import os\nos.getenv('HOME')",
        "from os import environ",
        "from time import time",
        "import time\ntime.time()",
        "import datetime\ndatetime.datetime.now()",
        "from datetime import date\ndate.today()",
        "from datetime import datetime\ndatetime.utcnow()",
    ],
)
def test_a_reading_of_the_clock_or_the_environment_is_seen(source):
    assert list(read_outside(source))


@pytest.mark.parametrize("country", ["law's own", "FR", "US", "GB"])
def test_new_and_a_silent_profile_agree(library, country):
    for law in library.laws.values():
        here = law.id.partition("-")[0] if country == "law's own" else country
        answers = {"client-country": here, "law": law.id}
        asked = {q.name: q.propose(answers) for q in questions(library, "2026-03-02")}
        text = f"""annex: {{date: 2026-03-02}}
agreement: {{title: Master Services Agreement}}
parties: {{client: {{name: A Ltd, country: {here}}}, provider: {{name: B Ltd, country: GB}}}}
law: {law.id}
"""
        profile, problems = load_profile_text(text, "silent.yaml", library)
        if not asked["time-zone"]:
            assert profile and "time_zone" in profile.open  # a draft prints it as a bracket
            continue
        assert profile, problems
        assert (profile.calendar, profile.time_zone) == (asked["calendar"], asked["time-zone"])
        assert profile.posture == asked["posture"]
