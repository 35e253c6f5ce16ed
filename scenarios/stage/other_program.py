"""Another program of the district that has OneRoster credentials too, and writes what it likes.

What lives here: its few deeds. It checks nothing before it writes, unlike the engine, so what says no to it
is Synergy itself.
"""

from __future__ import annotations

import base64

from scenarios.stage.cast import Section
from scenarios.stage.narration import Narrator, StoryError
from scenarios.stage.web import Web
from sync_engine import OneRosterAccess, Request, Transport


class OtherProgram:
    """Its hands, in the first section of the story's course unless told."""

    def __init__(
        self, wire: Transport, narrator: Narrator, sections: tuple[Section, ...], access: OneRosterAccess
    ) -> None:
        self._wire = wire
        self._narrator = narrator
        self._sections = sections
        self._access = access

    async def removes_type(self, name: str, *, section: Section | None = None) -> None:
        """Delete an assignment type of a class that no assignment has, and that weighs nothing."""
        where = section or self._sections[0]
        web = Web(self._wire, self._access.url, await self._token())
        listed = (await web.must("GET", f"/classes/{where.guid}/categories"))["categories"]
        found = next((each["sourcedId"] for each in listed if each["title"] == name), None)
        if found is None:
            raise StoryError(f'{where} has no type "{name}"; it has {[each["title"] for each in listed]}')
        await web.must("DELETE", f"/categories/{found}")
        self._narrator.step("Other program", f'Another program removes the type "{name}" from {where}')

    async def _token(self) -> str:
        client = f"{self._access.client_id}:{self._access.client_secret}"
        basic = base64.b64encode(client.encode()).decode()
        answer = await self._wire.send(
            Request(
                "POST",
                self._access.token_url,
                headers={"authorization": f"Basic {basic}"},
                form=(("grant_type", "client_credentials"),),
            )
        )
        if answer.status != 200:
            raise StoryError(f"No token for another program: {answer.status} {answer.text}")
        token: str = answer.json()["access_token"]
        return token
