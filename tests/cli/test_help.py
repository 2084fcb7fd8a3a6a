"""Help answers at once: it loads none of the libraries that only work needs."""

import subprocess
import sys

HEAVY = ("jinja2", "docx", "yaml", "lxml", "openpyxl", "flask")


def test_help_loads_no_library_that_only_work_needs():
    asked = (
        "import sys\nfrom ccclauses.cli import main\nsys.argv = ['ccclauses', '--help']\n"
        f"try:\n    main()\nfinally:\n    print('loaded:', [n for n in {HEAVY} if n in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert "Commands:" in done.stdout and done.stdout.rstrip().endswith("loaded: []")
