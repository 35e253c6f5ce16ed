"""The control API over two worlds, for each test its own."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.unit.control.control import Control, controlling, two_worlds


@pytest.fixture
async def control() -> AsyncIterator[Control]:
    async with controlling(two_worlds()) as control:
        yield control
