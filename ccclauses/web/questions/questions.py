"""The ten questions: what each asks, why, in which words, and which values of the profile its answers are.

Facts come before rules, since facts propose rules; the position comes once the deal is known; phone calls come last.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

Condition = tuple[str, str]  # a path and the value at which something is asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing that is asked. `control` is how: text, lines, choice, yesno, ticks or rows."""

    path: str
    label: str
    control: str = "text"
    hint: str = ""
    more: bool = False  # is under "More", folded
    when: tuple[Condition, ...] = ()  # asked when one of them holds
    columns: tuple[Field, ...] = ()
    needed: tuple[str, ...] = ()  # the columns without which a row says nothing
    add: str = ""
    final: bool = False  # needed before the annex can be final
    width: str = ""  # of its box: short, middle or all of the line


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One of the ten. `topic` names it in the title and in lists, `heading` is what is asked."""

    number: int
    topic: str
    heading: str
    why: str
    lead: str = ""
    fields: tuple[Field, ...] = field(default=())

    def all(self) -> Iterator[Field]:
        """Its fields."""
        return iter(self.fields)


def _party(who: str, company: str, country: str) -> tuple[Field, ...]:
    at = f"parties.{who}"
    return (
        Field(path=f"{at}.name", label=company, hint="The full name, as in a contract: Example Retail plc", final=True),
        Field(path=f"{at}.country", label=country, hint="Such as UK, Germany or US", final=True, width="middle"),
    )


_WHOSE = Field(path="party", label="Whose", control="choice", width="short")
_NO_DATA = "facts.subcontractors_used"

QUESTIONS = (
    Question(
        number=1,
        topic="two companies",
        heading="Which two companies is this between?",
        why="The countries decide the law, the public holidays and the currency that we propose.",
        fields=(
            *_party("client", "Your company", "Country of your company"),
            *_party("provider", "The call centre", "Country of the call centre"),
            Field(path="law", label="Law of the contract", control="choice", more=True, final=True),
            Field(path="currency", label="Currency", hint="Such as pounds or EUR", more=True, width="short"),
            Field(
                path="calendar",
                label="Whose public holidays count",
                hint="Such as England or Germany",
                more=True,
                width="middle",
            ),
            Field(path="time_zone", label="Clock for deadlines", hint="Such as London time", more=True, width="middle"),
            Field(path="page", label="Paper", control="choice", more=True, width="short"),
            Field(path="annex.language", label="Language", hint="Such as British English", more=True, width="middle"),
        ),
    ),
    Question(
        number=2,
        topic="what you buy",
        heading="What do you buy, from when, and for how much?",
        why="Every limit in money is a share of the monthly price, and periods run from the start.",
        fields=(
            Field(
                path="agreement.title",
                label="Name of the main contract",
                hint="Such as Master Services Agreement",
                final=True,
            ),
            Field(
                path="agreement.date",
                label="Date of the main contract",
                hint="If it is signed already: 3 March 2026",
                width="middle",
            ),
            Field(path="term.start", label="First day of the service", hint="Such as 1 June 2026", width="middle"),
            Field(path="term.months", label="Length", hint="Such as 36 months or 3 years", width="middle"),
            Field(path="charges.monthly", label="Monthly price", hint="Without tax: 14,500", width="middle"),
            Field(
                path="annex.date",
                label="Date of the annex",
                hint="Today, or the day it is to be signed",
                width="middle",
                final=True,
            ),
        ),
    ),
    Question(
        number=3,
        topic="agents",
        heading="What will the agents do?",
        why="Card rules, recording rules and rules on artificial intelligence bind both of you only where they apply.",
        fields=(
            Field(path="facts.seats", label="How many agents work for you at once?", hint="Such as 12", width="short"),
            Field(path="facts.takes_payments", label="Do they take card payments by phone?", control="yesno"),
            Field(path="facts.records_calls", label="Are calls or screens recorded?", control="yesno"),
            Field(
                path="facts.uses_ai",
                label="Will artificial intelligence talk, listen, transcribe or recognise voices?",
                control="yesno",
            ),
            Field(path="facts.collects_debts", label="Do they collect debts for you?", control="yesno"),
        ),
    ),
    Question(
        number=4,
        topic="data",
        heading="Which personal data will they see?",
        why="Data protection law asks the contract to say this, and the call centre may do nothing else with the data.",
        lead="We have drafted the usual words. Make them fit your service.",
        fields=(
            Field(path="processing.data", label="Kinds of data, one on each line", control="lines", final=True),
            Field(path="processing.persons", label="Whose data, one on each line", control="lines", final=True),
            Field(
                path="facts.special_data",
                label="Do agents see health, biometric or similar sensitive data?",
                control="yesno",
            ),
            Field(path="processing.subject", label="What the service is about", final=True, more=True),
            Field(path="processing.nature", label="What is done with the data", final=True, more=True),
            Field(path="processing.purpose", label="What for", final=True, more=True),
            Field(path="processing.duration", label="How long", final=True, more=True),
        ),
    ),
    Question(
        number=5,
        topic="places",
        heading="Where do the agents work?",
        why="Rooms are guarded in one way and homes in another, and the sites are listed in the annex.",
        fields=(
            Field(
                path="sites",
                label="Sites of the call centre",
                control="rows",
                add="Add a site",
                needed=("name", "country"),
                columns=(
                    Field(path="name", label="Name", hint="Such as Cardiff", width="middle"),
                    Field(path="address", label="Address"),
                    Field(path="country", label="Country", width="middle"),
                    Field(path="purpose", label="What is done there", hint="Such as all calls"),
                ),
            ),
            Field(path="facts.home_working", label="May agents work from home?", control="yesno"),
            Field(
                path="facts.bcp_home_only",
                label="If a site is lost, is working from home the only fallback?",
                control="yesno",
                when=(("facts.home_working", "yes"),),
            ),
            Field(
                path="facts.cameras_control",
                label="Do cameras watch who enters the floor?",
                control="yesno",
                when=(("sites", "*"),),
            ),
        ),
    ),
    Question(
        number=6,
        topic="helpers",
        heading="Does the call centre use other companies?",
        why="Whoever else sees your data must be bound as the call centre is, and data abroad needs more.",
        fields=(
            Field(path="facts.subcontractors_used", label="May the call centre use subcontractors?", control="yesno"),
            Field(
                path="subcontractors",
                label="Subcontractors that you know of",
                control="rows",
                add="Add a subcontractor",
                when=(("facts.subcontractors_used", "yes"),),
                needed=("name", "service", "country"),
                columns=(
                    Field(path="name", label="Name", width="middle"),
                    Field(path="service", label="What it does", hint="Such as overflow calls"),
                    Field(path="country", label="Country", width="middle"),
                    Field(path="data", label="What it can see", hint="Such as names and orders"),
                ),
            ),
            Field(
                path="facts.cross_border",
                label="Will your data be seen or stored outside your country?",
                control="yesno",
            ),
        ),
    ),
    Question(
        number=7,
        topic="systems",
        heading="Whose systems do they work in?",
        why="Whoever runs a system must keep it safe, back it up and let it be tested.",
        fields=(
            Field(
                path="facts.ict_service",
                label="Does the call centre bring the phone platform, cloud recording or software agents?",
                control="yesno",
            ),
            Field(
                path="facts.shared_platform",
                label="Does it serve other clients on the same platform?",
                control="yesno",
                when=(("facts.ict_service", "yes"),),
            ),
            Field(
                path="facts.backs_up_data",
                label="Does the call centre store your data on its own systems?",
                control="yesno",
            ),
            Field(
                path="systems",
                label="Systems in use at the start",
                control="rows",
                add="Add a system",
                more=True,
                needed=("name",),
                columns=(
                    Field(path="name", label="What it is, and where"),
                    _WHOSE,
                    Field(path="keeps", label="Your data kept in it", hint="Empty for none"),
                    Field(path="backup", label="Backed up", control="choice", width="middle"),
                ),
            ),
        ),
    ),
    Question(
        number=8,
        topic="rules",
        heading="Which rules bind you?",
        why="A supervised company must have certain duties in its contracts; the annex brings them with their limits.",
        fields=(
            Field(
                path="facts.regulated_client",
                label="Is your company supervised by a financial or health regulator?",
                control="yesno",
            ),
            Field(
                path="facts.insurer",
                label="Is your company an insurer?",
                control="yesno",
                when=(("facts.regulated_client", "yes"),),
            ),
            Field(
                path="facts.secrecy_203",
                label="Is it bound by professional secrecy under section 203 of the German Criminal Code, as life, health and accident insurers are?",
                control="yesno",
                when=(("law", "DE"),),
            ),
            Field(
                path="facts.critical_function",
                label="Would a day without the service stop something important?",
                control="yesno",
            ),
            Field(path="frameworks", label="Laws and standards that the annex answers", control="ticks"),
        ),
    ),
    Question(
        number=9,
        topic="length and position",
        heading="How long shall it be, and how hard do you press?",
        why="A longer annex says more; a harder position asks more of the call centre and gives you more to trade.",
        fields=(
            Field(path="form", label="Form and position", control="cards"),
            Field(path="postures", label="Subjects to press", control="subjects"),
            Field(path="settings", label="Eight numbers", control="numbers"),
            Field(path="settings", label="Five sums", control="sums"),
            Field(
                path="facts.negotiated_individually",
                label="Were credits and caps negotiated one by one, and can you prove it?",
                control="yesno",
                when=(("law", "DE"),),
            ),
        ),
    ),
    Question(
        number=10,
        topic="people",
        heading="Who answers the phone, and who signs?",
        why="In an incident nobody should have to look for a number.",
        lead="A draft can go out without any of this. To be final it needs your Client Security Lead and their Chief Security "
        "Officer; leave the names of the others empty, and these two take their calls.",
        fields=(
            Field(
                path="contacts",
                label="People to call",
                control="rows",
                add="Add a person",
                needed=("role", "name"),
                columns=(
                    Field(path="party", label="Whose", control="choice", width="short"),
                    Field(path="role", label="Role", hint="Such as Chief Security Officer"),
                    Field(path="name", label="Name", width="middle"),
                    Field(path="email", label="Email", width="middle"),
                    Field(path="phone", label="Phone", width="middle"),
                    Field(path="stand_in", label="Stand-in", width="middle"),
                ),
            ),
            *(
                f
                for who, whose in (("client", "your company"), ("provider", "the call centre"))
                for f in (
                    Field(
                        path=f"parties.{who}.signatories",
                        label=f"Who signs for {whose}",
                        control="rows",
                        add="Add a signatory",
                        needed=("name",),
                        columns=(
                            Field(path="name", label="Name", width="middle"),
                            Field(path="capacity", label="Capacity", hint="Such as Director", width="middle"),
                        ),
                    ),
                    Field(path=f"parties.{who}.address", label=f"Registered address of {whose}"),
                    Field(path=f"parties.{who}.registration", label=f"Register and number of {whose}"),
                )
            ),
            Field(path="annex.reference", label="Your reference", width="middle"),
        ),
    ),
)

FIELDS = {f.path: f for q in QUESTIONS for f in q.all() if f.control not in ("cards", "subjects", "numbers", "sums")}
QUESTION_OF = {f.path: q.number for q in QUESTIONS for f in q.all()}


def question_of(path: str) -> int:
    """The question that asks for a path: that of the field itself or of the list that it is in; 0 where none does."""
    while path:
        if path in QUESTION_OF:
            return QUESTION_OF[path]
        path = path.rpartition(".")[0]
    return 0
