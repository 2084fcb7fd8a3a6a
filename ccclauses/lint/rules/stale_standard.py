"""Finds a standard that was replaced, and one cited without a version.

Why it matters
    An auditor reads the version that the contract names, even when nobody follows it any more.

Flagged
    The Provider shall sanitise media under NIST SP 800-88 Rev. 1 within 5 days.
    The Provider is certified under ISO/IEC 27001:2013.
    Traffic uses TLS 1.0.

Accepted
    The Provider shall not accept connections with TLS 1.0.
    The Provider shall sanitise media under NIST SP 800-88 Rev. 2 within 5 days.
    Traffic uses TLS 1.3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..patterns import matches
from ..subject import Finding, Subject

CODE = "L35"
SEVERITY = Severity.ERROR
# What was replaced, by what, and since when.
STALE: tuple[tuple[str, str, str], ...] = (
    (r"ISO(?:/IEC)? ?27001:20(?:05|13)", "ISO/IEC 27001:2022", "October 2022"),
    (r"ISO(?:/IEC)? ?27002:20(?:05|13)", "ISO/IEC 27002:2022", "February 2022"),
    (r"ISO(?:/IEC)? ?27001[^.]{0,30}\bA\.(?:[5-9]|1[0-8])\.\d+\.\d+", "controls of ISO/IEC 27001:2022", "October 2022"),
    (r"PCI[ -]DSS,? (?:version |v\.? ?)?(?:[123](?:\.\d)*|4\.0)(?!\.?\d)", "PCI DSS v4.0.1", "June 2024"),
    (r"(?:NIST )?(?:SP )?800-88,? ?(?:Rev(?:ision)?\.? ?1|r1)\b", "NIST SP 800-88 Rev. 2", "September 2025"),
    (r"(?:NIST )?(?:SP )?800-53,? ?(?:Rev(?:ision)?\.? ?[1-4]|r[1-4])\b", "NIST SP 800-53 Rev. 5", "September 2020"),
    (r"(?:NIST )?(?:SP )?800-63B?-?3\b", "NIST SP 800-63B-4", "July 2025"),
    (r"\bTLS ?(?:v|version )?1\.[01]\b", "TLS 1.2 or 1.3", "March 2021 (RFC 8996)"),
    (r"\bSSL ?(?:v|version )?[23](?:\.0)?\b", "TLS 1.3", "June 2015 (RFC 7568)"),
    (r"\bDoD 5220\.22-M\b", "NIST SP 800-88 Rev. 2 and IEEE 2883-2022", "2014"),
    (r"\b(?:SHA-?1|MD5|3DES|Triple DES|RC4)\b", "an algorithm that NIST SP 800-131A Rev. 2 allows", "2019"),
    (r"\bCVSS ?(?:v|version )?[23](?:\.\d)?\b", "CVSS v4.0", "November 2023"),
    (r"\bSAS ?70\b", "SOC 2 Type II", "June 2011"),
    (r"\b(?:Privacy Shield|Safe Harbor)\b", "the Data Privacy Framework or standard contractual clauses", "July 2020"),
    (r"\bDirective 95/46(?:/EC)?\b", "Regulation (EU) 2016/679", "May 2018"),
    (r"\bWPA2?\b(?!3)", "WPA3", "2018"),
)
_PATTERNS = tuple((re.compile(pattern, re.IGNORECASE), now, since) for pattern, now, since in STALE)
# "The Provider shall not use TLS 1.0" is as it should be.
_RULED_OUT = re.compile(
    r"\b(?:not|no|never|neither|nor|without|instead of|disabled?|prohibit(?:ed|s)?|forbidden|removed?|retired?)\b",
    re.IGNORECASE,
)
_UNVERSIONED = re.compile(r"\b(?:ISO(?:/IEC)? ?2700[12](?!\d|:|,? ?\(?20)|PCI[ -]DSS(?!,? ?(?:\(?v|version|\d)))")


def check(subject: Subject) -> Iterator[Finding]:
    """Each replaced standard, and each that is cited without its version."""
    for pattern, now, since in _PATTERNS:
        for match, sentence in matches(pattern, subject):
            message = f"“{match[0]}” was replaced ({since})"
            if not _RULED_OUT.search(sentence.text):
                yield Finding(message=message, words=match[0], passage=sentence.passage, hint=f"cite {now}")
    for match, sentence in matches(_UNVERSIONED, subject):
        if not subject.house:
            message = f"“{match[0]}” is cited without its version"
            hint = "name the version and its date"
            yield Finding(
                message=message, words=match[0], passage=sentence.passage, severity=Severity.WARNING, hint=hint
            )
