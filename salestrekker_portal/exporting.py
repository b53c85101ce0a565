"""`python -m salestrekker_portal.exporting`: Reflex's own export, without the long good-bye (see build.py).

Reflex leaves millions of objects behind, and Python collects them one by one before it ends: more than a quarter of the
time of a build. By then every file is written and every process that was started has ended, so there is nothing to
wait for.
"""

import os
import runpy
import sys


def main() -> None:
    """Export, and end at once with Reflex's exit code."""
    sys.argv = ["reflex", "export", "--frontend-only", "--no-zip"]
    code: object = 0
    try:
        runpy.run_module("reflex", run_name="__main__", alter_sys=True)
    except SystemExit as ended:
        code = ended.code or 0
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 1)


if __name__ == "__main__":
    main()
