"""No setting is without effect in silence: another value changes the text, or `check` says that it has no effect."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from ccclauses.common.resources import examples_folder
from ccclauses.load.inputs import load_inputs
from ccclauses.model.profile import Asked
from ccclauses.pipeline import compose_profile
from ccclauses.write.plain.text import write_text

DEALS = [("retail-uk.yaml", "standard"), ("startup-baseline.yaml", "baseline"), ("startup-baseline.yaml", "strict")]


def others(parameter, value):
    if parameter.type == "boolean":
        return [not value]
    if parameter.type == "choice":
        return [c for c in parameter.choices if c != value]
    return list({v for v in parameter.values.values() if v != value}) or ["Erewhon"] * (parameter.type == "text")


@pytest.mark.parametrize(("example", "posture"), DEALS)
def test_another_value_shows_or_is_told(example, posture):
    profile, library, _ = load_inputs(examples_folder() / example)
    none = MappingProxyType({})
    deal = replace(profile, posture=posture, postures=none, settings=none)
    annex, resolution, _ = compose_profile(deal, library, check_form=False)
    before = write_text(annex)
    silent, tried = [], 0
    for name, setting in resolution.settings.items():
        if name in annex.parameters:
            continue  # it is printed
        for value in others(setting.parameter, setting.value)[:1]:
            asked = MappingProxyType({name: Asked(value=value, at=profile.at("settings"))})
            changed, _, problems = compose_profile(replace(deal, settings=asked), library, check_form=False)
            tried += 1
            if not any(f"`{name}" in f"{p.message} {p.hint}" for p in problems) and (
                changed is not None and write_text(changed) == before
            ):
                silent.append(f"{name}: {value}")
    assert tried >= 15 and not silent, (tried, silent)
