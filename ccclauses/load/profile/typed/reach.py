"""E-mail addresses and telephone numbers as people write them."""

from __future__ import annotations

import re

from .reading import Habits, Typed, one, tidy, unread

_ADDRESS = re.compile(r"[^\s@<>,;:\"()]+@[^\s@<>,;:\"()]+")


def email(text: str, habits: Habits) -> Typed:
    """One e-mail address, alone or after a name: "Priya Nair <priya@example.com>"."""
    said, bare = text.strip(), tidy(text)
    example = "name@example.com"
    bare = re.sub(r"^mailto:", "", bare, flags=re.I)
    named = re.fullmatch(r"[^<>@]*<([^<>]*)>", bare)
    found = _ADDRESS.findall(bare)
    if len(found) > 1:
        return unread(text, f"“{said}” is more than one address; write one", example)
    if not found or bare.count("@") != 1 or found[0] != (named[1] if named else bare):
        return unread(text, f"“{said}” is not an e-mail address", example)
    local, _, domain = found[0].rstrip(".").partition("@")
    if "." not in domain or ".." in found[0] or domain.startswith((".", "-")) or local.endswith("."):
        return unread(text, f"“{said}” is not an e-mail address: its part after “@” names no domain", example)
    return one(text, f"{local}@{domain.lower()}")


def phone(text: str, habits: Habits) -> Typed:
    """A telephone number with the code of its country; a number without one is taken for one of the country at hand."""
    import phonenumbers

    said, bare = text.strip(), re.sub(r"^(?:tel|phone|mob|mobile|t|m)\b[.:]?\s*", "", tidy(text), flags=re.I)
    example = phonenumbers.example_number(habits.country or "GB")
    wanted = (
        phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
        if example
        else "+44 20 7946 0000"
    )
    abroad = bare.startswith(("+", "00"))
    if not habits.country and not abroad:
        return unread(text, f"“{said}” lacks the code of its country", wanted)
    try:
        number = phonenumbers.parse(re.sub(r"^00", "+", bare), habits.country or None)
    except phonenumbers.NumberParseException:
        return unread(text, f"“{said}” is not a telephone number", wanted)
    if not phonenumbers.is_possible_number(number):
        return unread(text, f"“{said}” has too few or too many digits for a telephone number", wanted)
    return one(text, phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))
