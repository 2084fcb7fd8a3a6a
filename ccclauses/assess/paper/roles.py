"""Who is who in a paper: the names of supplier, client and subcontractors, written SUPPLIER, CLIENT and SUBP."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_SUPPLIER = (
    "provider|processor|vendor|supplier|service provider|business associate|data importer|importer|licensor|hosting provider|"
    "outsourcer|cloud provider|data processor|contractor|consultant|developer|hosting company"
)
_CLIENT = (
    "customer|client|controller|data controller|covered entity|data exporter|exporter|subscriber|buyer|licensee|school|purchaser|data fiduciary|"
    "responsible party|lea|end customer|commanditaire|ordering party|contracting authority"
)
_SUB = (
    r"sub-?\s?processors?|sub-?\s?contractors?|sub-?\s?contracted (?:processors?|part(?:y|ies))|sub-?\s?service providers?|"
    r"(?:another|other|further|additional|onward|third[- ]party) processors?|downstream (?:processors?|contractors?|providers?)|"
    r"subsequent (?:sub)?processors?|third[- ]party (?:service providers?|vendors?|suppliers?|providers?)|"
    r"fourth[- ]part(?:y|ies)|sub-?suppliers?|sub-?vendors?|sub-?agents?|subservice organi[sz]ations?"
)
_MODAL = (
    r"(?:shall|will|must|may|agrees?|undertakes?|warrants?|has|is|maintains?|uses?|provides?|ensures?|employs?|does)"
)
_NAME = re.compile(rf"\b([A-Z][A-Za-z0-9&.'-]*[A-Za-z0-9](?: [A-Z][A-Za-z0-9]+)?) {_MODAL}\b")
_DEFINED = re.compile(
    r"([A-Z][\w&.,' -]{1,60}?)(?:,[^()“”\"]{0,120}?)?\s*\((?:the |hereinafter |hereafter |referred to as |collectively |as |each an? |a |“|\"|')*"
    r"[“\"']?(?:the )?([A-Z][\w ]{1,24}?)[”\"']?\)"
)
_NOT_NAMES = frozenset(
    """this the each any all such either neither both no parties party agreement dpa annex section clause schedule exhibit addendum
    it he she we you they there which what where who data service services processing information access security notice
    standard contractual clauses subprocessor subprocessors subcontractor subcontractors baa sla personnel employees if
    nothing everything these those our your exhibits appendix article terms license software system systems product products
    user users customer client provider supplier vendor processor controller contractor licensor licensee notwithstanding however
    company organization breach incident audit payment member state commission gdpr hipaa phi pii recipient
    president director officer secretary undersigned affiliate affiliates representative representatives ism isms slas name
    employee user agent agents how why when then once also please questions only such most many some both one two""".split()
)
# What ends the name of a thing and not of a party.
_THINGS = frozenset(
    """data information agreement services service sccs clauses terms law laws period date fees policy policies party parties
    systems system platform software product products work works support personnel users materials content term order
    passphrase site sites documentation equipment deliverables website application applications plan notice team
    fee fees share instructions network solution solutions charges amount event request requests report reports program addendum person persons""".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The names that a paper uses for each side, and the expressions that find them."""

    supplier: tuple[str, ...]
    client: tuple[str, ...]
    notes: tuple[str, ...] = ()
    supplier_pattern: re.Pattern[str]
    client_pattern: re.Pattern[str]

    def replaced(self, text: str) -> str:
        """The text with the parties written as roles."""
        text = _SUB_PATTERN.sub("SUBP", text)
        text = self.supplier_pattern.sub("SUPPLIER", text)
        return self.client_pattern.sub("CLIENT", text)


_SUB_PATTERN = re.compile(rf"\b(?:{_SUB})\b", re.IGNORECASE)


def names_of(lines: Sequence[str], more_supplier: Sequence[str] = (), more_client: Sequence[str] = ()) -> Names:
    """Who is who, from the roles that the paper names, its definitions and who promises in it."""
    text = "\n".join(lines)
    supplier, client, notes = [*_SUPPLIER.split("|"), *more_supplier], [*_CLIENT.split("|"), *more_client], []
    has_client = _role(
        text, "Customer|CUSTOMER|Client|CLIENT|Controller|Subscriber|Covered Entity|Buyer|BUYER|Licensee|School"
    )
    has_supplier = _role(
        text,
        "Provider|PROVIDER|Vendor|VENDOR|Supplier|SUPPLIER|Processor|Business Associate|Contractor|Consultant|Developer",
    )
    company = _counts(text, r"Company|COMPANY") > 2
    if company:
        (supplier if has_client and not (has_supplier and not _counts(text, r"Customer|Client")) else client).append(
            "company"
        )
    for full, role in _DEFINED.findall(text):
        low = role.lower()
        known = supplier if low in supplier else client if low in client else None
        name = re.sub(r"^(?:between|and|by|of|the|with)\s+", "", full.strip(" ,."), flags=re.IGNORECASE)
        if (
            known is not None
            and 2 < len(name) < 50
            and all(w[:1].isupper() or w in ("of", "and", "the", "&") for w in name.split())
            and name.lower() not in _NOT_NAMES
            and not re.search(r"\bdata\b", name, re.I)
        ):
            known += [name.lower(), name.split(",")[0].lower()]
    if _counts(text, "the (?:Authority|Agency|Government)") > 4:
        client += ["the authority", "the agency", "the government"]
    first = _counts(text, r"\b(?:[Ww]e|[Oo]ur|[Uu]s)\b")
    you = _counts(text, r"\b(?:[Yy]ou|[Yy]our)\b")
    promises = Counter(n for n in _NAME.findall(text) if n.split()[0].lower() not in _NOT_NAMES)
    taken = {s.lower() for s in (*supplier, *client)}
    roles = _counts(text, _ANY_ROLE)
    named = [(n, c) for n, c in promises.most_common(6) if n.lower() not in taken and c >= 3 and _is_name(text, n)][:2]
    if has_client and not has_supplier:
        supplier += [n.lower() for n, _ in named]
    elif has_supplier and not has_client:
        for name, _ in named:
            (client if _works(text, name) <= 0 else supplier).append(name.lower())
    elif has_client and named and named[0][1] >= 6:
        supplier.append(named[0][0].lower())
    elif len(named) == 2 and not has_client and sum(c for _, c in named) > max(first, roles / 4):
        # Both parties go by their names: the supplier is the one who does the work.
        one, other = sorted((n for n, _ in named), key=lambda n: -_works(text, n))
        supplier.append(one.lower())
        client.append(other.lower())
    elif named and not has_client:  # a statement that a company makes, often of what “we” do
        supplier.append(named[0][0].lower())
    if first > 3:
        supplier += ["we", "our", "us", "ours"]
    if you > 3:
        client += ["you", "your", "yours"]
    if not has_client and you <= 3 and not company:
        notes.append("the paper names no client that it owes anything; it may be a statement and not a contract")
    if not has_supplier and first <= 3 and not any(n.lower() in supplier for n in promises):
        notes.append("it is not clear who the supplier is in this paper; read each verdict with its sentence")
    return Names(
        supplier=tuple(dict.fromkeys(supplier)),
        client=tuple(dict.fromkeys(client)),
        notes=tuple(notes),
        supplier_pattern=_any(supplier),
        client_pattern=_any(client),
    )


_ANY_ROLE = (
    r"(?:Customer|Client|Buyer|Company|Business Associate|Provider|Supplier|Vendor|Processor|Controller|Contractor|CUSTOMER|CLIENT|PROVIDER|SUPPLIER|VENDOR)"
    r" (?:shall|will|must|may|agrees)"
)


def _role(text: str, words: str) -> bool:
    """Whether a paper calls a party by one of the words: it promises by that name, or is given it in quotes."""
    return _counts(text, f"(?:{words}) {_MODAL}") >= 2 or bool(re.search(rf"[“\"'](?:the )?(?:{words})[”\"']", text))


def _is_name(text: str, name: str) -> bool:
    """Whether a word that promises is a party: a proper name, one word or defined or with the form of a company."""
    if name.split()[-1].lower() in _THINGS or name.endswith(("'s", "’s")):
        return False
    n = re.escape(name)
    if not name.isupper() and 5 * _counts(text, re.escape(name.lower())) > _counts(text, n):
        return False  # written small elsewhere: a common noun
    defined = (
        rf"[\"“'(]\s*(?:the )?{n}\s*[\"”')]|\b{n},? (?:Inc|Ltd|LLC|GmbH|Corp|S\.?A|AG|BV|B\.V|Limited|PLC|plc|Pty)"
    )
    return name.count(" ") == 0 or bool(re.search(defined, text))


def _works(text: str, name: str) -> int:
    """How often a party does what a supplier does, less how often it does what a client does."""
    n = re.escape(name)
    does = rf"{n} (?:shall|will|agrees to) (?:\w+ )?(?:provide|perform|supply|deliver|maintain|ensure|install|repair|host|operate|support)|(?:provided|performed|supplied|rendered|delivered) by {n}|{n}['’]s? (?:services|personnel|staff)"
    pays = rf"{n} (?:shall|will|agrees to) (?:\w+ )?(?:pay|reimburse|order|accept)|(?:to|for|by) {n} for (?:the )?[Ss]ervices|(?:provide|supply|deliver)\w* (?:\w+ ){{0,4}}to {n}|invoice {n}"
    return _counts(text, does) - 2 * _counts(text, pays)


def _counts(text: str, pattern: str) -> int:
    return len(re.findall(rf"\b(?:{pattern})\b", text))


def _any(names: Sequence[str]) -> re.Pattern[str]:
    ordered = sorted({re.escape(n).replace(r"\ ", " ") for n in names}, key=lambda n: -len(n))
    # "us" and "US" are not the same; a plural or a possessive is the party too.
    plain = [n for n in ordered if n != "us"]
    us = "|us" if "us" in ordered else ""
    return re.compile(rf"\b(?:(?i:(?:the )?(?:{'|'.join(plain)})(?:\(s\)|s)?){us})\b(?:['’]s?(?!\w))?")
