"""Imports point left only, and what only one stage may know stays in it."""

import ast
import graphlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "ccclauses"

PAGE = (ROOT / "docs/explanation/architecture.md").read_text(encoding="utf-8")

# The table of the page tells the layers: each row may import the rows above it and its own parts, never one beside it.
LAYERS = (
    *(tuple(re.findall(r"`(\w+)`", row)) for row in re.findall(r"^\| (`.*?) \|", PAGE, re.MULTILINE)),
    ("__init__", "__main__"),
)
LAYER = {unit: number for number, units in enumerate(LAYERS) for unit in units}

# What is outside the project, and the only stages that may know it. `load/profile/intake.py` writes YAML's scalars.
KNOWN_BY = {
    "yaml": {"load"},
    "jinja2": {"common", "syntax"},  # the page's templates are Flask's matter
    "markupsafe": {"common"},
    "click": {"cli"},
    "flask": {"web"},
    "werkzeug": {"web", "cli"},  # `serve` starts the server
    "lxml": {"ooxml", "read", "write", "firm", "redline", "into", "review", "amend", "assess"},
    "docx": {"ooxml", "report", "pipeline", "firm"},  # opened and saved in `ooxml/package/documents.py` alone
    "icalendar": {"report"},
    "holidays": {"common"},
    "babel": {"load"},  # `load/profile/typed`
    "phonenumbers": {"load"},
    "pycountry": {"common"},
    "pypdf": {"assess"},
    "distributed": {"cli"},
}
STANDARD_ONLY = {"model"}


def imports(source: str, module: tuple[str, ...]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Each import of a module as (line, absolute name); `module` is its dotted name, `__init__` included."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, tuple(alias.name.split("."))) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = module[: len(module) - node.level] if node.level else ()
            name = base + tuple(node.module.split(".") if node.module else ())
            if name == ("ccclauses",):
                yield from ((node.lineno, (*name, alias.name)) for alias in node.names)
            else:
                yield node.lineno, name


def unit_of(name: tuple[str, ...]) -> str:
    """The part of the package that a name belongs to; a name of the package itself is its `__init__`."""
    return name[1] if len(name) > 1 and name[1] in LAYER else "__init__"


def violations(source: str, module: tuple[str, ...]) -> list[str]:
    """What a module imports that it may not."""
    unit, found = unit_of(module), []
    for line, name in imports(source, module):
        where = f"{'/'.join(module)}.py:{line}"
        if name[0] == "ccclauses":
            other = unit_of(name)
            # The version is the package's own; the command line prints it, and a batch knows by it what is to be made again.
            told = unit in ("cli", "batch") and name[1:] == ("__version__",)
            if other != unit and LAYER[other] >= LAYER[unit] and not told:
                found.append(f"{where}: {unit} imports {other}, which stands to its right or beside it")
        elif name[0] in KNOWN_BY and unit not in KNOWN_BY[name[0]]:
            found.append(f"{where}: {unit} imports {name[0]}, which only {sorted(KNOWN_BY[name[0]])} may know")
        elif unit in STANDARD_ONLY and name[0] not in _standard():
            found.append(f"{where}: {unit} imports {name[0]}, which is not of the standard library")
    return found


def _standard() -> frozenset[str]:
    import sys

    return sys.stdlib_module_names


MODULES = sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> tuple[str, ...]:
    return ("ccclauses", *path.relative_to(PACKAGE).with_suffix("").parts)


def test_imports_point_left_only():
    assert [v for path in MODULES for v in violations(path.read_text(encoding="utf-8"), name_of(path))] == []


def test_each_part_of_the_package_has_its_layer():
    units = {name_of(path)[1] for path in MODULES}
    assert units <= set(LAYER), f"give {sorted(units - set(LAYER))} a row in LAYERS"


def test_the_architecture_page_names_each_part():
    units = {name_of(path)[1] for path in MODULES} - {"__init__", "__main__"}
    assert set(LAYER) - {"__init__", "__main__"} == units


def folders() -> list[Path]:
    return sorted({path.parent for path in MODULES})


def test_every_folder_says_in_a_sentence_what_it_owns():
    silent = [f for f in folders() if not ast.get_docstring(ast.parse((f / "__init__.py").read_text(encoding="utf-8")))]
    assert silent == []


# A rule, a command and an upgrade each have a file of their own, however many there are.
ONE_FILE_EACH = {"ccclauses/lint/rules", "ccclauses/cli"}


def test_no_file_and_no_folder_is_too_large_to_be_known():
    long = {
        str(p.relative_to(ROOT)): n for p in MODULES if (n := len(p.read_text(encoding="utf-8").splitlines())) > 400
    }
    full = {str(f.relative_to(ROOT)): n for f in folders() if (n := len([*f.glob("*.py")])) > 16}
    assert long == {}
    assert set(full) <= ONE_FILE_EACH


def test_no_module_imports_in_a_circle():
    names = {name_of(p)[:-1] if p.stem == "__init__" else name_of(p): p for p in MODULES}
    graph = {}
    for module, path in names.items():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        package = module if path.stem == "__init__" else module[:-1]
        needs = set()
        for node in tree.body:  # those inside functions wait until they are called
            if isinstance(node, ast.ImportFrom):
                start = package[: len(package) - (node.level - 1)] if node.level else ()
                base = start + tuple(node.module.split(".") if node.module else ())
                needs |= {(*base, a.name) if (*base, a.name) in names else base for a in node.names}
        graph[module] = (needs & set(names)) - {module}
    graphlib.TopologicalSorter(graph).prepare()  # raises CycleError with the circle


@pytest.mark.parametrize(
    "module, source",
    [
        ("model/annex", "from ..compose.annex import compose_annex"),
        ("model/annex", "def f():\n    from ..load import located"),
        ("model/annex", "import yaml"),
        ("model/annex", "import attr"),
        ("compose/annex", "from ccclauses.write.word.docx import write_docx"),
        ("compose/annex", "from .. import write"),
        ("write/html", "import jinja2"),
        ("write/html", "from ..cli.common import report"),
        ("load/library", "from click import echo"),
        ("resolve/__init__", "from ..compose import annex"),
        ("lint/engine", "from ..read.docx import read_docx"),
        ("pipeline", "from .cli import main"),
    ],
)
def test_a_planted_violation_is_caught(module, source):
    assert violations(source, ("ccclauses", *module.split("/")))


@pytest.mark.parametrize(
    "module, source",
    [
        ("compose/annex", "from ..model.annex import Annex\nfrom .template import render\nimport re"),
        ("resolve/__init__", "from ..model import clause\nfrom . import settings"),
        ("lint/rules/doublet", "from ...model.diagnostic import Severity\nfrom ..subject import Finding"),
        ("cli/__init__", "from .. import __version__\nimport click"),
    ],
)
def test_what_is_allowed_is_not_flagged(module, source):
    assert violations(source, ("ccclauses", *module.split("/"))) == []
