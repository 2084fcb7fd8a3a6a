"""What is installed is what is here: packages, data, links, and no trace of the machine it was made on."""

import configparser
import fnmatch
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def setup():
    parser = configparser.ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    return parser


def lines(text):
    return [line for line in text.strip().splitlines() if line.strip()]


def tracked():
    """The files of the repository; in an unpacked archive, those below the folders that it ships."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
        return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]
    except (OSError, subprocess.CalledProcessError):
        kept = ("ccclauses", "clause_library", "docs", "examples", "templates", "tests", "tools", "benchmarks")
        found = [p for name in kept for p in (ROOT / name).rglob("*") if p.is_file() and "__pycache__" not in p.parts]
        return found + [p for p in ROOT.iterdir() if p.is_file()]


def test_the_packages_of_setup_cfg_are_those_of_the_tree(setup):
    declared = lines(setup["options"]["packages"])
    found = {".".join(p.parent.relative_to(ROOT).parts) for p in (ROOT / "ccclauses").rglob("__init__.py")}
    mapped = {"ccclauses.clause_library", "ccclauses.examples", "ccclauses.templates"}
    assert set(declared) == found | mapped


def test_every_folder_with_code_is_a_package():
    folders = {p.parent for p in (ROOT / "ccclauses").rglob("*.py")}
    assert [f.name for f in folders if not (f / "__init__.py").exists()] == []


def test_the_mapped_folders_are_there(setup):
    mapped = dict(line.split(" = ") for line in lines(setup["options"]["package_dir"]))
    assert all((ROOT / folder).is_dir() for folder in mapped.values())


@pytest.mark.parametrize("folder", ["clause_library", "templates"])
def test_each_file_of_data_is_installed(setup, folder):
    globs = [g.strip() for g in setup["options.package_data"][f"ccclauses.{folder}"].split(",")]
    shipped = {p for glob in globs for p in (ROOT / folder).glob(glob)}
    data = [p for p in tracked() if (ROOT / folder) in p.parents]
    assert data
    assert [str(p.relative_to(ROOT)) for p in data if p not in shipped] == []


def test_data_inside_the_package_are_declared(setup):
    """A file beside the code that is not Python, such as a page's style sheet, is installed too."""
    missing = []
    for path in tracked():
        if (ROOT / "ccclauses") in path.parents and path.suffix != ".py":
            owners = [
                (package, path.relative_to(ROOT / package.replace(".", "/")).as_posix())
                for package in setup["options.package_data"]
                if (ROOT / package.replace(".", "/")) in path.parents
            ]
            globs = (
                (g.strip(), name) for package, name in owners for g in setup["options.package_data"][package].split(",")
            )
            if not any(fnmatch.fnmatch(name, glob.replace("**/", "*")) for glob, name in globs):
                missing.append(str(path.relative_to(ROOT)))
    assert missing == []


def test_what_is_imported_is_declared(setup):
    """Each library that the code names is installed with it; `tests` names those that only the tests need."""
    import ast
    import sys

    names = {"yaml": "PyYAML", "flask": "Flask", "docx": "python-docx"}
    declared = {re.split(r"[ ><=;]", line)[0].lower() for line in lines(setup["options"]["install_requires"])}
    # `--dask` says what to install where it is absent.
    declared |= {re.split(r"[ ><=;]", line)[0].lower() for line in lines(setup["options.extras_require"]["dask"])}
    used = set()
    for path in (ROOT / "ccclauses").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                used |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
                used.add(node.module.split(".")[0])
    outside = {names.get(name, name).lower() for name in used - sys.stdlib_module_names - {"ccclauses"}}
    assert outside <= declared


def test_the_constraints_pin_all_that_is_installed_with_it():
    """Whatever a dependency brings along is pinned too, or a look for known holes would pass it over."""
    import sys

    sys.path.insert(0, str(ROOT / "tools"))
    from constraints import installed, pinned

    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    python = ".".join(map(str, sys.version_info[:2]))
    if f"Python {python}:" not in text:
        pytest.skip(f"the constraints were written on another Python than {python}, which brings other things along")
    (versions, _), there = installed(), pinned(text)
    assert {"flask", "werkzeug", "lxml", "pytest", "tornado"} <= set(versions) & set(there)
    assert sorted(set(versions) - set(there)) == []


_LINK = re.compile(r"\]\(([^)\s]+)\)")


def anchors(page):
    """The headings of a page as links name them."""
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}


@pytest.mark.parametrize(
    "page",
    [p for p in tracked() if p.suffix == ".md" and "tests" not in p.parts],
    ids=lambda p: str(p.relative_to(ROOT)),
)
def test_links_lead_somewhere(page):
    dead = []
    for link in _LINK.findall(page.read_text(encoding="utf-8")):
        if link.startswith(("http://", "https://", "mailto:")):
            continue
        name, _, heading = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        if not target.exists() or (heading and heading not in anchors(target)):
            dead.append(link)
    assert dead == []


# Paths of a machine; written in pieces so that this file does not hold them.
_MACHINE = re.compile(
    "|".join(("/ro" + r"ot\b", "/ho" + r"me/\w", "/Us" + r"ers/\w", r"C:\\" + r"Users", "/wo" + "rk/", "/opt/" + "cc"))
)


def test_no_path_of_a_machine_is_in_the_tree():
    found = []
    for path in tracked():
        if path.suffix in (".docx", ".png", ".xlsx", ".zip", ".ico", ".gz"):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if _MACHINE.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    assert found == []


@pytest.mark.parametrize("line", ["see /wo" + "rk/x", "/ho" + "me/ada/x", "C:\\" + "Users\\ada", "cd /ro" + "ot"])
def test_a_path_of_a_machine_is_seen(line):
    assert _MACHINE.search(line)
