"""Countries whose law the annex does not answer are named: with the framework that would, or as not judged at all."""

from __future__ import annotations

from ccclauses import api
from ccclauses.common.resources import examples_folder

ABROAD = """extends: {base}
facts: {{cross_border: yes, subcontractors_used: yes}}
sites:
  - {{name: Seoul, address: "1 Gangnam-daero, Seoul", country: KR, purpose: Night team}}
  - {{name: Sofia, address: "1 Vitosha, Sofia", country: BG, purpose: Calls}}
subcontractors:
  - {{name: Cape Ltd, service: Calls, country: ZA, data: Names, address: "1 Street, Cape Town", contact: "Ana, a@b.example"}}
"""


def told(tmp_path):
    path = tmp_path / "deal.yaml"
    path.write_text(ABROAD.format(base=examples_folder() / "insurer-germany.yaml"))
    return [p.message for p in api.check(path) if p.rule == "law-not-judged"]


def test_a_country_whose_law_no_framework_states_is_named(tmp_path):
    found = told(tmp_path)
    (seoul,) = (m for m in found if "Seoul" in m)
    assert "in South Korea, and no framework of this library states its data protection and labour law" in seoul
    assert not any("Cape Ltd" in m for m in found), "POPIA is suggested for the country, with its reason"
    assert not any("Sofia" in m for m in found), "the GDPR is on, and applies in Bulgaria"
