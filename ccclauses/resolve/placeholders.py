"""Values that an annex prints in brackets: what nobody has given yet, and sums of the library that nobody has confirmed."""

from __future__ import annotations

from collections.abc import Mapping

from ..load.profile.profile_format import CREDITS
from ..model.profile import Profile, Resolution, Setting
from ..model.words.quantity import Money

_SUMS_OF_THE_LIBRARY = ("posture", "variant")


def bracketed(resolution: Resolution) -> frozenset[str]:
    """The parameters whose value is printed in brackets."""
    open_ = {name for name, s in resolution.settings.items() if s.source == "open"}
    if "time_zone" in resolution.profile.open:
        open_ |= {name for name, s in resolution.settings.items() if s.parameter.role == "time_zone"}
    return frozenset(open_ | set(unconfirmed_sums(resolution)))


def unconfirmed_sums(resolution: Resolution) -> Mapping[str, Setting]:
    """The sums in force that the library proposes and the client has neither confirmed nor replaced."""
    return {
        name: setting
        for name, setting in resolution.settings.items()
        if isinstance(setting.value, Money)
        and setting.source in _SUMS_OF_THE_LIBRARY
        and name not in resolution.profile.confirmed
    }


def credits_unconfirmed(profile: Profile) -> bool:
    """Whether the sums of the credit table follow from the charges and nobody has confirmed them."""
    return profile.monthly_charges is not None and CREDITS not in profile.confirmed
