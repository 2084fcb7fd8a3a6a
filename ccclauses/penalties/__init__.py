"""A ledger of events and an annex to a statement of what is due: rows, events, months."""

from .event import Event, Term
from .events import read_events
from .ledger import COLUMNS, Row, read_ledger, read_option
from .statement import calculate_credits
from .statement_of import Charges, Statement

__all__ = [
    "COLUMNS",
    "Charges",
    "Event",
    "Row",
    "Statement",
    "Term",
    "read_events",
    "read_ledger",
    "read_option",
    "calculate_credits",
]
