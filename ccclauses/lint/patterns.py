"""What rules look for: parties, periods, binding sentences, and a finding for each match of a pattern."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model.words.words import NUMBER_WORD, UNIT_OF_TIME
from .subject import Finding, Sentence, Subject

PARTIES = (
    "Provider|Client|Supplier|Customer|Vendor|Contractor|Company|Processor|Controller|Seller|Buyer|Licensor|Licensee|"
    "Recipient|Discloser|Consultant|Employee|Employer|Business Associate|Covered Entity|Purchaser|Service Provider|"
    "Partner|Founder|Bank|Lender|Borrower|Landlord|Tenant|Operator|Publisher|Distributor|Outsourcer|Importer|Exporter"
)
ACTOR = (
    rf"(?:{PARTIES})(?:’s|'s)?|[Ee]ach [Pp]arty|[Ee]ither [Pp]arty|[Bb]oth [Pp]arties|[Tt]he [Pp]arties|[Aa] [Pp]arty|"
    r"[Nn]either [Pp]arty"
)
_NUMBER = rf"(?:\d[\d,.]*|{NUMBER_WORD})"
PERIOD = (
    rf"\b{_NUMBER}(?: \(\d+\))?[\s\u00a0-]+(?:calendar |business |Business |working |Working )?"
    rf"(?:{UNIT_OF_TIME}|Day)s?\b"
)
# A law or standard and its number: what it says is a measure that others have given a meaning.
STATUTE = (
    r"\b\d+ (?:CFR|CCR) \d|\bCPS \d|\bPCI DSS v\d|\bArticle \d[\w()]* of the (?!Annex)"
    r"|\bsection \d[\w()]*\(\d+\)"
)
# A sentence that gives a duty or a right.
BINDING = re.compile(r"\b(?:shall|must|will|may|agrees? to|undertakes? to)\b")


def any_of(*alternatives: str, cased: bool = False) -> re.Pattern[str]:
    """A pattern that finds any of these as whole words, in any case unless `cased`."""
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b", 0 if cased else re.IGNORECASE)


def matches(pattern: re.Pattern[str], subject: Subject) -> Iterator[tuple[re.Match[str], Sentence]]:
    """Each match of a pattern in each sentence."""
    for sentence in subject.sentences:
        for match in pattern.finditer(sentence.text):
            yield match, sentence


def told(
    pattern: re.Pattern[str],
    subject: Subject,
    message: str,
    hint: str,
    *,
    fine: re.Pattern[str] | None = None,
    binding: bool = False,
) -> Iterator[Finding]:
    """A finding for each match: its words in quotation marks, then `message`.

    A sentence in which `fine` matches, read with the words that introduce it, is passed over; so is, with `binding`,
    one that gives neither a duty nor a right.
    """
    for match, sentence in matches(pattern, subject):
        if fine and fine.search(sentence.whole):
            continue
        if binding and not BINDING.search(sentence.whole):
            continue
        joint = "" if message.startswith(":") else " "
        yield Finding(message=f"“{match[0]}”{joint}{message}", words=match[0], passage=sentence.passage, hint=hint)
