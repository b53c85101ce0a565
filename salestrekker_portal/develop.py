"""`python -m salestrekker_portal.develop`: serve from one port and rebuild whenever a Python file changes.

Reflex's preview mode: one origin as in production, so cookies and uploads behave the same. Reload the page to see
a change. The data is a demo brokerage in .data/dev, made when it is not there.
"""

import os
import sys
from pathlib import Path

from salestrekker_portal.build import ROOT, toolchain_environment
from salestrekker_portal.serve import address, prepare_data


def main() -> None:
    """Replace this process by Reflex's development server."""
    os.environ.setdefault("PORTAL_MODE", "dev")
    os.environ.setdefault("PORTAL_DATA", str(ROOT / ".data" / "dev"))
    os.chdir(ROOT)
    _, port = address()
    prepare_data(demo=True, keep=True)
    ours = {key: value for key, value in os.environ.items() if key.startswith(("PORTAL_", "DATABASE_", "REDIS_"))}
    environment = toolchain_environment() | ours | {"PORT": str(port)}
    (ROOT / ".web" / "built-from").unlink(missing_ok=True)  # what is built now is not the production bundle
    command = [sys.executable, "-m", "reflex", "run", "--env", "preview", "--backend-port", str(port)]
    os.execve(str(Path(sys.executable)), command, environment)  # noqa: S606


if __name__ == "__main__":
    main()
