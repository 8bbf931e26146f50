"""Importing the charts changes nothing for what is imported later."""

from __future__ import annotations

import subprocess
import sys


def test_importing_the_charts_makes_no_later_import_warn() -> None:
    program = "import minutes_nlp.browse.charts; import no_such_module_anywhere"
    done = subprocess.run([sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=False)
    assert done.stderr.rstrip().endswith("ModuleNotFoundError: No module named 'no_such_module_anywhere'")
