"""Names of places are those of pycountry, whether its tables are read as files or through it."""

import pycountry
import pytest

from ccclauses import places


@pytest.fixture(params=["files", "package"])
def names(request, monkeypatch):
    places._by_code.cache_clear()
    if request.param == "package":
        monkeypatch.setattr(places, "find_spec", lambda name: None)
    yield
    places._by_code.cache_clear()


def test_every_country_has_its_short_name(names):
    for country in pycountry.countries:
        assert places.country_name(country.alpha_2) == getattr(country, "common_name", country.name)


def test_every_part_has_its_name_and_country(names):
    for part in pycountry.subdivisions:
        assert places.place_name(part.code) == f"{part.name}, {places.country_name(part.country_code)}"


def test_what_names_no_place_stays_as_it_is(names):
    assert places.place_name("XX-YY") == "XX-YY" and places.country_name("XX") == "XX"
    assert places.place_code("Nowhere, Utopia") == places.place_code("") == places.place_code("Nowhere, France") == ""


@pytest.mark.parametrize("code", ["GB", "GB-ENG", "DE-BY", "IN-KA", "VE", "US-CA"])
def test_a_printed_place_is_found_again(names, code):
    assert places.place_code(places.place_name(code)) == code
