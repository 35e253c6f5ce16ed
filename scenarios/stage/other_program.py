"""Another program of the district that has OneRoster credentials too, and writes what it likes.

What lives here: its few deeds. It checks nothing before it writes, unlike the engine, so what says no to it
is Synergy itself.
"""

from __future__ import annotations

import base64

from scenarios.stage.cast import Assignment, Section
from scenarios.stage.narration import Narrator, StoryError
from scenarios.stage.web import Web
from sync_engine import Answer, OneRosterAccess, Request, Transport


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

    async def sends_again(self, assignment: Assignment, *, section: Section | None = None) -> None:
        """Send an assignment of a class once more, under an id of its own; it has to work."""
        where = section or self._sections[0]
        answer = await self._send_again(assignment, where)
        if answer.status >= 400:
            raise StoryError(f"{assignment} was not taken a second time: {answer.status} {answer.text}")
        told = f"Another program has lost its links, and sends {assignment} to {where} under a new id"
        self._narrator.step("Other program", told)

    async def cannot_send_again(
        self, assignment: Assignment, *, because: str, section: Section | None = None
    ) -> None:
        """Try the same, and expect a refusal with these words in it."""
        where = section or self._sections[0]
        answer = await self._send_again(assignment, where)
        told = f"Another program tries to send {assignment} to {where} under a new id: {answer.text}"
        self._narrator.step("Other program", told)
        self._narrator.holds(
            f'Synergy refuses it: "{because}"',
            held=answer.status == 422 and because in answer.text,
            saw=f"{answer.status} {answer.text}",
        )

    async def _send_again(self, assignment: Assignment, where: Section) -> Answer:
        web = Web(self._wire, self._access.url, await self._token())
        listed = (await web.must("GET", f"/classes/{where.guid}/lineItems"))["lineItems"]
        found = next((each for each in listed if each["title"] == assignment.name), None)
        if found is None:
            raise StoryError(f"{where} has no line item {assignment}")
        again = {**found, "sourcedId": f"again-{found['sourcedId']}"}
        return await web.ask("PUT", f"/lineItems/{again['sourcedId']}", {"lineItem": again})

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
