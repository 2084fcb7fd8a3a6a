"""The front and the end of an annex: date, parties, background, operative words, and where each party signs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from ...model.annex import Block, Paragraph, SignatureBlock, Text
from ...model.library.clause import EMPTY
from ...model.profile import Company, Resolution, Role
from ..texts.markup import Draft
from ..texts.texts import Texts
from .opening import party_details, signing_details

_SIGNATURE_LINES = "Signature; Name; Capacity; Place; Date"
_CAPACITIES = ("position", "title", "capacity", "designation", "function")


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """What the front is written with: the deal, its texts, and how a draft becomes a paragraph and a heading plain words."""

    resolution: Resolution
    texts: Texts
    paragraph: Callable[[Draft, tuple[str, str], str], Paragraph]
    heading: Callable[[str], str]

    def opening(self) -> Iterator[Block]:
        """Date, parties, background and operative words, each under its heading."""
        yield from self.plain("opening")
        yield self._head("parties")
        for index, (role, company) in enumerate(
            (("client", self.resolution.profile.client), ("provider", self.resolution.profile.provider))
        ):
            own = self.plain(
                "party",
                party_details(role, company, self.resolution.profile.terms),
                role,
                number=f"({index + 1})",
                kind="recital",
            )
            yield from (replace(b, inlines=(*b.inlines, Text("." if index else "; and"))) for b in own)
        yield self._head("background")
        yield from self.plain("background", number="(A)", kind="recital")
        yield self._head("agreed")
        yield from self.plain("operative")

    def _head(self, name: str) -> Paragraph:
        return Paragraph(role="heading", inlines=(Text(self.heading(f"heading-{name}")),))

    def plain(
        self,
        name: str,
        details: Mapping[str, str] = EMPTY,
        role: str = "",
        *,
        number: str = "",
        kind: str = "body",
    ) -> Iterator[Paragraph]:
        """The paragraphs of a text of the frame, outside the numbering of clauses; `number` is that of the first."""
        file = self.texts.frame[name].at.file if name in self.texts.frame else ""
        for index, draft in enumerate(d for d in self.texts.of_frame(name, details, role) if isinstance(d, Draft)):
            own = number.replace("A", chr(ord("A") + index))
            paragraph = self.paragraph(draft, ("", ""), file)
            yield replace(paragraph, level=0, number=own, full_number=own, role=kind)

    def execution(self) -> Iterator[SignatureBlock]:
        """Where each signatory of each party signs, and the witnesses that the law has."""
        law, profile = self.resolution.law, self.resolution.profile
        deed = profile.deed and law.switches.get("deed") == "yes"
        lines = law.switches.get("deed_signature" if deed else "signature", _SIGNATURE_LINES)
        parties: tuple[tuple[Role, Company], ...] = (("client", profile.client), ("provider", profile.provider))
        for side, company in parties:
            for index in range(1 if deed else max(1, len(company.signatories))):
                details = signing_details(company, index)
                lead = " ".join(b.text for b in self.plain("signed-deed" if deed else "signed-for", details))
                known = {"name": details["signing.name"]}
                known |= dict.fromkeys(_CAPACITIES, details["signing.capacity"])
                yield SignatureBlock(
                    side=side,
                    lead=lead,
                    lines=tuple((line, known.get(line.casefold(), "")) for line in lines.split("; ")),
                )
        for index in range(int(law.switches.get("witnesses", "0"))):
            lead = f"{self.heading('witness')} {index + 1}"
            of: Role = "provider" if index % 2 else "client"
            yield SignatureBlock(side=of, lead=lead, lines=(("Signature", ""), ("Name", ""), ("Address", "")))

    def testimonium(self) -> tuple[Block, ...]:
        deed = self.resolution.profile.deed and self.resolution.law.switches.get("deed") == "yes"
        return tuple(self.plain("testimonium-deed" if deed else "testimonium"))
