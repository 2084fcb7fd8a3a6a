"""The twenty habits of suppliers' papers, each with sentences of our own: what must not be taken for a promise, and what is one."""

import pytest

from .conftest import Ask

PARTIES = "This agreement is between Brightline Ltd (“Provider”) and its customer (“Customer”).\n"

# habit, question, paper, verdict, value
CASES = [
    ("1 words only", "breach-notice", "Provider shall notify Customer of a data breach without undue delay.", "partly", ""),
    ("1 firm behind words", "breach-notice", "Provider shall notify Customer of a data breach immediately, and no later than 12 hours after becoming aware of it.", "met", "12 hours"),
    ("1 released", "breach-notice", "Provider shall notify Customer of a data breach within 24 hours if reasonably possible.", "partly", "24 hours"),
    ("1 blank", "breach-notice", "Provider shall notify Customer of a data breach within ____ of becoming aware.", "partly", ""),
    ("2 by definition", "breach-notice", "“Alarm Notice Period” means 36 hours.\nProvider shall notify Customer of each security incident no later than the Alarm Notice Period after becoming aware of it.", "met", "36 hours"),
    ("2 by cover page", "breach-notice", "Incident Notice Period | 20 hours\nProvider shall notify Customer of each security incident within the Incident Notice Period.", "met", "20 hours"),
    ("3 two periods", "erase-due", "Within 90 days after termination Provider shall delete all Customer Data.", "partly", "90 days"),
    ("4 clock", "breach-notice", "Provider shall notify Customer within 24 hours of confirming a personal data breach.", "met", "24 hours"),
    ("5 doubled number", "sub-notice", "Provider shall give Customer forty-five (45) days' prior notice of any new subprocessor.", "met", "45 days"),
    ("5 quarterly", "access-review", "User access rights are reviewed quarterly.", "met", "3 months"),
    ("5 Working Days", "audit-notice", "Customer may audit Provider on ten (10) Working Days' prior notice.", "met", "10 business days"),
    ("6 cap on the client", "audit-frequency", "Customer may not audit Provider more than once in any twelve (12) month period.", "met", "1 per year"),
    ("6 every second year", "audit-frequency", "Customer may audit Provider no more than once every two (2) years.", "partly", "0.5 per year"),
    ("7 taken back", "audit-right", "Provider shall allow Customer to audit its facilities. Customer agrees that these audits will be satisfied by Provider's reports.", "partly", ""),
    ("7 own discretion", "breach-notice", "Provider shall, at its sole discretion, notify Customer of a security incident within 24 hours.", "partly", "24 hours"),
    ("8 the client's duty", "breach-notice", "Customer shall notify Provider of any security breach within 24 hours.", "missing", ""),
    ("8 supplier audits client", "audit-right", "Provider may audit Customer's use of the software once a year.", "missing", ""),
    ("8 the client's factor", "mfa", "Customer shall use multi-factor authentication for its accounts.", "missing", ""),
    ("9 negated promise", "encrypt-rest", "Data at rest is not encrypted; AES-256 may be bought as an option.", "partly", "AES-256"),
    ("9 negated wrong", "own-use", "Provider shall NOT sell Customer Data or use it for its own purposes.", "met", ""),
    ("10 anywhere", "data-location", "Customer agrees that Provider may process Customer Data anywhere in the world.", "partly", "anywhere"),
    ("10 own purposes", "own-use", "Provider may aggregate Customer Data for its own purposes.", "partly", ""),
    ("11 permission alone", "sub-authorisation", "Provider may engage subcontractors to provide the services.", "partly", "general"),
    ("11 specific consent", "sub-authorisation", "Provider shall not engage any subcontractor without Customer's prior written consent.", "met", "specific"),
    ("12 flow-down", "sub-flowdown", "Provider shall bind each subprocessor by a written contract to obligations no less protective than those of this agreement.", "met", ""),
    ("12 no liability", "sub-liability", "Provider shall not be liable for the acts or omissions of its subcontractors.", "partly", ""),
    ("13 no period", "erase-due", "Upon termination Provider shall delete Customer Data in accordance with its standard backup policy.", "partly", ""),
    ("14 weakening", "weakening", "Provider may update the security measures provided that the overall security is not materially decreased.", "partly", ""),
    ("15 lead-in", "breach-notice", "In the event of a security breach Provider shall, within 24 hours of becoming aware:\n- notify Customer in writing;\n- state what happened.", "met", "24 hours"),
    ("16 by reference", "governing-law", "This agreement is governed by the law specified in the main services agreement.", "partly", ""),
    ("17 UPS", "backup-recovery", "The building has UPS backup systems and diesel generators, which are tested each month.", "missing", ""),
    ("17 audit log", "audit-right", "Each administrative action is written to the audit log.", "missing", ""),
    ("17 a contract's breach", "breach-notice", "A party shall notify the other of a material breach of this agreement within 10 days.", "missing", ""),
    ("17 recording", "card-recording", "Processing means any operation such as collection, recording, storage or erasure.", "missing", ""),
    ("18 catchwords", "mfa", "Technical measures:\n- Multi-factor authentication required for all remote access\n- Antivirus", "met", ""),
    ("7 taken back later", "audit-right", "Customer may audit Provider's compliance with this agreement on site.\nAudits take place in business hours.\nCustomer agrees that its audit rights will be satisfied by Provider's reports.", "partly", ""),
    ("15 a neighbour's number", "breach-notice", "Provider shall:\n- notify Customer promptly of each security breach;\n- restore the service within 4 hours.", "partly", ""),
    ("20 page break", "breach-notice", "Provider shall notify Customer in writing of each personal data breach of which it becomes aware\n12\nwithin 24 hours of becoming aware of it.", "met", "24 hours"),
    ("20 contents", "breach-notice", "4.2 Notice of security breaches to Customer within 24 hours ........ 12", "missing", ""),
]  # fmt: skip


@pytest.mark.parametrize(("habit", "question", "text", "verdict", "value"), CASES, ids=[c[0] for c in CASES])
def test_habit(ask: Ask, habit: str, question: str, text: str, verdict: str, value: str) -> None:
    answer = ask(question, PARTIES + text)
    assert (answer.verdict, answer.value.text if answer.value else "") == (verdict, value), answer.reasons


NAMES = ["Provider", "Processor", "Contractor", "Supplier", "Vendor", "Business Associate"]


@pytest.mark.parametrize("name", NAMES)
def test_the_supplier_goes_by_many_names(ask: Ask, name: str) -> None:
    # Habit 19.
    text = f"{name} shall notify Customer of any personal data breach within 24 hours of becoming aware of it."
    assert ask("breach-notice", text).verdict == "met"


def test_a_company_goes_by_its_own_name(ask: Ask) -> None:
    text = "\n".join(
        [
            "Quillhost will keep Customer Data secure.",
            "Quillhost will train its staff.",
            "Quillhost will help Customer.",
            "Customer may ask for more. Customer pays the fees. Customer decides.",
            "Quillhost will notify Customer of any personal data breach within 24 hours of becoming aware of it.",
        ]
    )
    assert ask("breach-notice", text).verdict == "met"


def test_a_statement_in_the_first_person(ask: Ask) -> None:
    text = "We look after your data. You own your data. We keep our systems up to date and you can ask us.\nWe will tell you about a data breach within 24 hours of becoming aware of it. You trust us."
    assert ask("breach-notice", text).verdict == "met"


def test_the_clock_is_told(ask: Ask) -> None:
    # Habit 4: whoever starts the clock at confirmation chooses the day.
    found = ask(
        "breach-notice",
        PARTIES + "Provider shall notify Customer within 24 hours of confirming a personal data breach.",
    )
    assert found.value and found.value.clock == "confirmation"
    found = ask(
        "erase-due", PARTIES + "Provider shall delete Customer Data within 30 days of termination of the services."
    )
    assert found.value and found.value.clock == "the end of the services"


def test_a_condition_that_nobody_knows_is_never_met(ask: Ask) -> None:
    text = (
        PARTIES
        + "Provider shall notify Customer of a data breach within 24 hours, provided that Customer has paid the premium tier."
    )
    answer = ask("breach-notice", text)
    assert answer.verdict == "unsure"
    assert "premium tier" in answer.reasons[0]


def test_the_same_paper_gets_the_same_answer(ask: Ask) -> None:
    text = PARTIES + "Provider shall notify Customer of a data breach within 24 hours of becoming aware of it."
    assert ask("breach-notice", text) == ask("breach-notice", text)


def test_a_thing_that_does_something_is_no_party(ask: Ask) -> None:
    things = "The Platform shall be available. The Work shall be done. The Platform shall run. The Work may be late. The Platform must start. "
    text = f"{things}The platform is hosted and the work is done with care.\nVendor shall notify Customer of a data breach within 24 hours."
    answer = ask("breach-notice", text)
    assert (answer.verdict, answer.found[0].sentence.plain.count("SUPPLIER")) == ("met", 1)
    assert ask("audit-right", f"{things}\nThe Platform may audit Customer's use of it.").verdict == "missing"


def test_a_company_that_says_we_goes_by_its_name_too(ask: Ask) -> None:
    text = (
        "Brightline uses TLS for all traffic. Brightline will notify customers of any data breach within 24 hours of discovery. "
        "Brightline maintains a programme. We train our people. We review our plans. Our staff is screened. We log access."
    )
    answer = ask("breach-notice", text)
    assert "SUPPLIER will notify" in answer.found[0].sentence.plain
