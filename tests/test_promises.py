"""Promises to the reader, one a test: what exists is documented, and what is documented exists."""

import json
import re
from pathlib import Path

import click
import pytest

from ccclauses.cli import cli
from ccclauses.common.resources import library_folder
from ccclauses.load.document.kinds import TYPES
from ccclauses.load.library.library import load_library
from ccclauses.model.library.roles import ROLES

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
COMMANDS = cli.list_commands(click.Context(cli))

# Commands that write a file instead of reporting, or whose own option says in which format.
NO_FORMAT = {"new": "writes a profile", "schema": "prints JSON", "read": "has --to", "serve": "opens a page"}

# Clauses that answer no framework, each with its reason.
NO_MAPPING: dict[str, str] = {}


@pytest.fixture(scope="module")
def library():
    return load_library(library_folder())[0]


def command(name):
    return cli.get_command(click.Context(cli), name)


def options(name):
    return [o for p in command(name).params if isinstance(p, click.Option) for o in (*p.opts, *p.secondary_opts)]


@pytest.mark.parametrize("name", COMMANDS)
class TestEachCommand:
    def test_has_help_with_an_example(self, name):
        text = command(name).get_help(click.Context(command(name), info_name=f"ccclauses {name}"))
        assert f"ccclauses {name} " in text.split("Usage:", 1)[1].split("\n", 1)[1] or f"ccclauses {name}\n" in text
        assert (command(name).help or "").strip().split("\n")[0].rstrip().endswith((".", ":")) or "." in command(
            name
        ).help

    def test_each_option_says_what_it_does(self, name):
        assert [p.name for p in command(name).params if isinstance(p, click.Option) and not (p.help or p.hidden)] == []

    def test_has_a_page_that_names_every_option(self, name):
        page = (DOCS / f"reference/cli/{name}.md").read_text(encoding="utf-8")
        assert page.startswith(f"# ccclauses {name}\n")
        hidden = {o for p in command(name).params if getattr(p, "hidden", False) for o in p.opts}
        assert [o for o in options(name) if o.startswith("--") and o not in hidden and f"`{o}" not in page] == []
        assert f"ccclauses {name}" in page.split("\n", 1)[1]

    def test_its_page_names_no_option_that_is_not_there(self, name):
        page = (DOCS / f"reference/cli/{name}.md").read_text(encoding="utf-8")
        rows = "\n".join(line.split("|")[1] for line in page.splitlines() if line.startswith("| `-"))
        named = re.findall(r"`(--?[a-z][a-z-]*)", rows)
        assert [o for o in named if o not in options(name)] == []

    def test_stands_in_the_list_of_commands(self, name):
        assert f"(cli/{name}.md)" in (DOCS / "reference/cli.md").read_text(encoding="utf-8")

    def test_prints_json_where_it_reports(self, name):
        assert name in NO_FORMAT or "--format" in options(name)


def test_each_page_is_of_a_command():
    assert {p.stem for p in (DOCS / "reference/cli").glob("*.md")} == set(COMMANDS)


@pytest.mark.parametrize("name", TYPES)
def test_each_parameter_type_is_in_the_format(name):
    assert re.search(rf"\b{name}\b", (DOCS / "reference/clause-format.md").read_text(encoding="utf-8"))


def test_each_role_is_in_the_format_with_its_types():
    page = (DOCS / "reference/clause-format.md").read_text(encoding="utf-8")
    rows = [f"| `{name}` | {', '.join(types)} | {what} |" for name, (types, what) in ROLES.items()]
    assert "| `role` | type | what for |\n| --- | --- | --- |\n" + "\n".join(rows) + "\n\n" in page


def test_each_clause_is_in_the_catalogue_and_the_catalogue_is_current(library):
    import sys

    sys.path.insert(0, str(ROOT / "tools"))
    import reference

    page = (DOCS / "reference/clauses.md").read_text(encoding="utf-8")
    assert [c for c in library.clauses if f"\n## {c}\n" not in page] == []
    assert page == reference.catalogue(library), "run: python tools/reference.py"


def test_the_schema_of_the_examples_completes_what_the_library_holds(library):
    schema = json.loads((ROOT / "examples/profile.schema.json").read_text(encoding="utf-8"))
    parameters = {name for clause in library.clauses.values() for name in clause.parameters}
    assert set(_keys(schema, "settings")) == parameters, "run: python tools/reference.py"
    assert set(_keys(schema, "exclude")) == set(library.clauses), "run: python tools/reference.py"


def _keys(schema, name):
    """The keys that a group of the profile may hold."""
    found = schema["properties"][name]
    while "properties" not in found:
        found = next(f for f in found["anyOf"] if f.get("type") != "null")
        if "$ref" in found:
            found = schema["definitions"][found["$ref"].rsplit("/", 1)[1]]
    return found["properties"]


def test_each_clause_has_a_purpose_of_one_sentence(library):
    wrong = [c.id for c in library.clauses.values() if not re.fullmatch(r"[A-Z][^.!?]*\.", c.purpose)]
    assert wrong == []


def test_each_clause_has_a_summary_and_the_negotiators_notes(library):
    wanting = [
        c.id
        for c in library.clauses.values()
        if not (c.summary and c.negotiation.preferred and c.negotiation.acceptable and c.negotiation.walk_away)
    ]
    assert wanting == []


def test_each_clause_answers_a_requirement_that_exists(library):
    dead = [
        (c.id, framework, ref)
        for c in library.clauses.values()
        for framework, references in c.maps_to.items()
        for ref in references
        if framework not in library.frameworks or ref not in library.frameworks[framework].references
    ]
    assert dead == []
    without = {c.id for c in library.clauses.values() if not any(c.maps_to.values())}
    assert without == set(NO_MAPPING)


def test_each_topic_has_a_clause(library):
    assert set(library.topics) - {c.topic for c in library.clauses.values()} == set()


def test_nothing_shipped_is_called_advice():
    for name in ("README.md", "docs/reference/clauses.md", "docs/tutorial.md", "docs/tutorial-command-line.md"):
        assert re.search(
            r"not\*{0,2} legal advice|[Nn]othing that is shipped is legal advice",
            (ROOT / name).read_text(encoding="utf-8"),
        )


def test_the_readme_names_only_commands_that_exist():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\bccclauses ([a-z]+)\b", readme))
    assert named <= set(COMMANDS) | {"build"}
