"""Whose a system is: the schedule calls a system of the client a Client System, once, in the agreement's own terms."""

from dataclasses import replace

import pytest

from ccclauses.common.resources import examples_folder, library_folder
from ccclauses.compose.annex import compose_annex
from ccclauses.load.library.library import load_library
from ccclauses.load.profile.profile import load_profile
from ccclauses.model.annex import Table
from ccclauses.model.diagnostic import Position
from ccclauses.model.profile import System
from ccclauses.resolve import resolve

AT = Position(file="x")


@pytest.fixture(scope="module")
def loaded():
    library, _ = load_library(library_folder())
    return load_profile(examples_folder() / "startup-baseline.yaml", library)[0], library


@pytest.mark.parametrize(
    ("system", "terms", "named"),
    [
        (System(name="CRM", at=AT), {}, "CRM"),
        (System(name="CRM", party="client", at=AT), {}, "CRM (a Client System)"),
        (System(name="CRM", party="client", at=AT), {"Client": "Authority"}, "CRM (an Authority System)"),
        (System(name="CRM, a Client System", party="client", at=AT), {}, "CRM, a Client System"),
        (System(name="CRM", keeps="Orders (Client Systems)", party="client", at=AT), {}, "CRM"),
    ],
)
def test_a_system_of_the_client_is_named_so_once(loaded, system, terms, named):
    profile, library = loaded
    resolution, _ = resolve(replace(profile, systems=(system,), terms=terms), library)
    annex, problems = compose_annex(resolution)
    assert annex is not None, problems
    (schedule,) = (s for s in annex.schedules if s.id == "systems")
    (table,) = (b for b in schedule.blocks if isinstance(b, Table))
    assert [row[0].text for row in table.rows] == [named]
