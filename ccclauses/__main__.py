"""`python -m ccclauses`."""

from .cli import main

main()
