"""The Python API: its page is written out of it, each example runs, and nothing in it prints or exits."""

from __future__ import annotations

import ast
import doctest
import importlib.util
import inspect
import typing
from datetime import datetime, timezone
from pathlib import Path

import pytest

from ccclauses import api

ROOT = Path(__file__).parents[2]
MOMENT = datetime(2026, 6, 30, tzinfo=timezone.utc)
FUNCTIONS = [name for name in api.__all__ if name[0].islower()]


def page_tool():
    spec = importlib.util.spec_from_file_location("api_page", ROOT / "tools" / "api_page.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_as_the_functions_say():
    tool = page_tool()
    assert tool.PAGE.read_text(encoding="utf-8") == tool.page(), "run: python tools/api_page.py"


def looser(folder):
    """The short example with a looser breach notice."""
    path = folder / "looser.yaml"
    path.write_text(
        f"extends: {ROOT / 'examples' / 'startup-baseline.yaml'}\nsettings:\n  breach_notice: 60 hours\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A folder with what the examples name: the shipped examples, a table, a returned and an agreed file."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "examples").symlink_to(ROOT / "examples")
    table = "parties.provider.name,parties.provider.country\nAcme Voice Ltd,GB\nNorth Desk Ltd,GB\n"
    (folder / "suppliers.csv").write_text(table, encoding="utf-8")
    deal = ROOT / "examples" / "startup-baseline.yaml"
    (folder / "agreed.docx").write_bytes(api.build(deal).data)
    (folder / "returned.docx").write_bytes(api.redline(deal, looser(folder), author="Supplier", date=MOMENT).data)
    return folder


@pytest.mark.parametrize("name", FUNCTIONS)
def test_each_function_has_an_example_that_runs(name, desk, monkeypatch):
    monkeypatch.chdir(desk)
    example = doctest.DocTestParser().get_doctest(inspect.getdoc(getattr(api, name)), {"api": api}, name, None, 0)
    assert example.examples
    told: list[str] = []
    doctest.DocTestRunner().run(example, out=told.append)
    assert not told, "".join(told)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_each_function_is_typed_and_says_what_it_raises(name):
    function = getattr(api, name)
    parameters = inspect.signature(function).parameters.values()
    assert all(p.annotation is not p.empty for p in parameters)
    assert function.__annotations__["return"] not in ("None", "Any")
    assert "Raises" in function.__doc__ or "raises" in function.__doc__


@pytest.mark.parametrize("path", sorted((ROOT / "ccclauses" / "api").glob("*.py")), ids=lambda p: p.name)
def test_nothing_prints_or_exits(path):
    called = {
        n.func.id
        for n in ast.walk(ast.parse(path.read_text()))
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)
    }
    assert not called & {"print", "exit", "input", "SystemExit"}


def test_what_cannot_be_read_is_raised_with_every_problem(tmp_path):
    wrong = tmp_path / "deal.yaml"
    wrong.write_text("client: 3\nsuplier: x\n", encoding="utf-8")
    for function in (api.build, api.explain, api.coverage, api.read_deal, api.obligations):
        with pytest.raises(api.InputError) as caught:
            function(wrong)
        assert len(caught.value.problems) > 1 and "deal.yaml:2:1" in str(caught.value)
    assert {p.at.line for p in api.check(wrong)} >= {1, 2}


def test_a_change_comes_back_and_is_answered(tmp_path):
    deal = ROOT / "examples" / "startup-baseline.yaml"
    back = tmp_path / "back.docx"
    back.write_bytes(api.redline(deal, deal, posture="standard", author="Supplier", date=MOMENT).data)
    found = api.review(deal, back)
    answer = api.respond(found, "hold", author="Client", date=MOMENT)
    (tmp_path / "answer.docx").write_bytes(answer.data)
    assert found.review.findings and {p.answer.decision for p in answer.points} == {"refuse"}
    assert api.review(deal, tmp_path / "answer.docx").review.findings  # their marks are still there to be seen
    with pytest.raises(ValueError, match="accept-fallbacks"):
        api.respond(found, "everything", date=MOMENT)


def test_the_annotations_name_types_that_are_there():
    for name in FUNCTIONS:
        module = inspect.getmodule(getattr(api, name))
        typing.get_type_hints(getattr(api, name), vars(module) | {"Document": object})
