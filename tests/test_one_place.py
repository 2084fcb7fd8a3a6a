"""What is said in one place only: names of the library's parameters in code are roles, which the library plays."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from ccclauses.load.library import load_library
from ccclauses.model.roles import CREDIT_ROLES, KEY_TERMS, ROLES
from ccclauses.resolve.names import FROM_PROFILE
from ccclauses.resources import library_folder
from ccclauses.web.intake import NUMBERS

PACKAGE = Path(__file__).parents[1] / "ccclauses"
# Keys of files that share their word with a parameter of the library.
WORDS = {"jurisdiction", "format"}


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
