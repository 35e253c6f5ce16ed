"""Where `gradelab` begins.

What must never be here: an import of anything but the standard library, because the package may have been
installed without the lab, and then one line has to say so.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec

LAB = (
    "faker", "fastapi", "graphql", "httpx2", "jinja2", "oauthlib", "orjson", "sse_starlette", "uvicorn",
    "yaml",
)  # fmt: skip
"""The modules that the extra `lab` brings, as far as nothing works without them."""

BAD_USAGE = 2
INTERRUPTED = 130
"""What a shell takes for "ended by Ctrl-C"."""


def main() -> None:
    """Run the command line, or say in one line what has to be installed first."""
    missing = [name for name in LAB if find_spec(name) is None]
    if missing:
        sys.stderr.write(
            f"gradelab: the lab is not installed ({', '.join(missing)} missing). "
            "Install it: pip install 'gradelab[lab]', or in a clone: pip install '.[lab]'\n"
        )
        sys.exit(BAD_USAGE)
    try:
        from scenarios.cli import main as begin  # noqa: PLC0415 - only now is it known to be possible

        begin()
    except (
        KeyboardInterrupt
    ):  # Ctrl-C while it was still loading, or in a command that has nothing to tidy up
        sys.exit(INTERRUPTED)
