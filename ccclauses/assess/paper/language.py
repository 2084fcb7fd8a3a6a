"""Which language a paper is in, by its commonest words: cues are English, other papers are shown and not judged."""

from __future__ import annotations

import re

NAMES = {"de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "nl": "Dutch"}
_COMMON = {
    "en": "the of and to in shall will by or for any with that be is this are on",
    "de": "der die das und den von zu mit des im für auf ist nicht ein eine dem sich bei werden oder durch",
    "fr": "le la les de des du et à en un une pour dans par que sur est au aux ou ce qui ne pas",
    "es": "el la los las de y en que del por con para una se al o no su es",
    "it": "il la di e che in del della per un dei con non le al i da sono ai nel",
    "nl": "de het van en een in is dat op te voor met zijn of door niet aan",
}


def language_of(text: str) -> str:
    """The code of the language whose common words are the most frequent; "en" for a text too short to tell."""
    words = re.findall(r"[a-zà-ÿ]+", text.lower())[:20_000]
    if len(words) < 40:
        return "en"
    scores = {}
    for code, common in _COMMON.items():
        known = frozenset(common.split())
        scores[code] = sum(w in known for w in words)
    return max(scores, key=lambda code: scores[code])
