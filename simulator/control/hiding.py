"""Keeping a world's secrets out of what leaves its journal.

The journal itself leaves out headers and bodies that are known to carry secrets. This is the second line: a
client may put a token anywhere, as Canvas's `access_token` in a form, and none of them may end in a file that
somebody attaches to a ticket. All secrets of a world have the one shape that `Ids.secret` gives them.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from simulator.world import World

HIDDEN = "***"
SECRET_CHARACTERS = 64
_MAY_HOLD_SECRET = re.compile(rf"[0-9a-f]{{{SECRET_CHARACTERS},}}")


def hiding(world: World) -> Callable[[str], str]:
    """What puts `***` in the place of every credential and live access token of this world."""
    credentials = world.credentials
    known = {
        *credentials.teacher_tokens,
        credentials.admin_token,
        credentials.client_secret,
        credentials.teachervue_token,
    }

    def hide_in(run: str) -> str:
        """Hexadecimal characters without what is secret in them, whatever somebody wrote around it."""
        if len(run) == SECRET_CHARACTERS and world.synergy.token(run) is not None:
            return HIDDEN
        parts = (run[at : at + SECRET_CHARACTERS] for at in range(len(run) - SECRET_CHARACTERS + 1))
        for secret in known.intersection(parts):
            run = run.replace(secret, HIDDEN)
        return run

    return lambda text: _MAY_HOLD_SECRET.sub(lambda found: hide_in(found[0]), text)
