"""Countries whose law the annex does not answer are named: with the framework that would, or as not judged at all."""

from __future__ import annotations

from ccclauses import api
from ccclauses.resources import examples_folder

ABROAD = """extends: {base}
facts: {{cross_border: yes, subcontractors_used: yes}}
sites:
  - {{name: Seoul, address: "1 Gangnam-daero, Seoul", country: KR, purpose: Night team}}
  - {{name: Sofia, address: "1 Vitosha, Sofia", country: BG, purpose: Calls}}
subcontractors:
  - {{name: Cape Ltd, service: Calls, country: ZA, data: Names, address: "1 Street, Cape Town", contact: "Ana, a@b.example"}}
{more}"""


def told(tmp_path, more=""):
    path = tmp_path / "deal.yaml"
    path.write_text(ABROAD.format(base=examples_folder() / "insurer-germany.yaml", more=more))
    return {p.message: p.hint for p in api.check(path) if p.rule == "law-not-judged"}


def test_a_country_without_rows_and_one_whose_framework_is_off_are_named(tmp_path):
    found = told(tmp_path)
    seoul, cape = (next(m for m in found if name in m) for name in ("Seoul", "Cape Ltd"))
    assert "in South Korea, on whose data protection and labour law this library has no rows" in seoul
    assert "POPIA is not among the frameworks" in cape and "`za_popia`" in found[cape]
    assert not any("Sofia" in m for m in found), "the GDPR is on, and applies in Bulgaria"


def test_nothing_is_said_where_the_framework_is_on(tmp_path):
    found = told(tmp_path, "frameworks: [gdpr, za_popia]\n")
    assert [m for m in found if "Cape" in m] == []
