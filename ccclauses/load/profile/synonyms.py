"""What others call the keys of a profile: other tools, other contracts, and everyday speech."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_CALLED = {
    "law": "governing_law applicable_law choice_of_law jurisdiction legal_system",
    "parties.provider": "supplier vendor contractor service_provider outsourcer processor call_centre call_center bpo",
    "parties.client": "customer buyer purchaser controller",
    "parties.client.registration": "registration_number company_number registered_number",
    "parties.client.country": "country_code",
    "parties.client.address": "registered_address registered_office",
    "parties.client.signatories": "signatory signers signer signed_by",
    "term.start": "start_date effective_date commencement commencement_date service_start begin",
    "term.months": "duration_months length term_months duration",
    "charges.monthly": "monthly_fee monthly_charge monthly_charges fee fees price monthly_price",
    "agreement": "master_agreement contract msa main_agreement",
    "annex": "document schedule appendix exhibit",
    "annex.date": "annex_date document_date signing_date",
    "annex.classification": "confidentiality",
    "currency": "currency_code",
    "calendar": "business_days holidays holiday_calendar",
    "time_zone": "timezone tz",
    "frameworks": "standards regulations compliance",
    "posture": "risk_level stance strictness",
    "settings": "parameters values overrides",
    "facts": "answers questions circumstances",
    "libraries": "clause_libraries clause_folders",
    "extends": "base inherits parent",
    "exclude": "excluded without omit",
    "include": "included clauses",
    "template": "house_style word_template",
    "page": "paper page_size paper_size",
    "subcontractors": "subprocessors sub_processors sub_contractors",
    "sites": "locations premises",
    "contacts": "persons people",
    "processing": "data_processing",
}
SYNONYMS: Mapping[str, str] = MappingProxyType(
    {name: path for path, names in _CALLED.items() for name in names.split()}
)  # another name, with underscores → the key, with the groups that it is under and a dot after each


def key_called(name: str) -> str:
    """The key of a profile, from its top, that goes by another name; empty when there is none."""
    return SYNONYMS.get(name.strip().casefold().replace("-", "_").replace(" ", "_"), "")
