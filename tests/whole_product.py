"""How much is tried: a sample, so that the suite takes a minute, or all where CCCLAUSES_WHOLE_PRODUCT is set, as CI does."""

from __future__ import annotations

import os
from pathlib import Path

WHOLE_PRODUCT = bool(os.environ.get("CCCLAUSES_WHOLE_PRODUCT"))
EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.yaml"))
# The least and, in numbers, laws and frameworks, the most unlike of the examples.
FEW = EXAMPLES if WHOLE_PRODUCT else [p for p in EXAMPLES if p.stem in ("insurer-germany", "startup-baseline")]
