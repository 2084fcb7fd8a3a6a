"""What all tests share."""

import gc

# Libraries and annexes live as long as the run and hold no cycles: looking through them again and again takes a tenth of it.
gc.set_threshold(100_000, 50, 50)
