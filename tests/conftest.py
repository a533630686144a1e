"""What several tests share: one running service."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from asgi import Client


@pytest.fixture(scope="session")
def client() -> Iterator[Client]:
    with Client() as running:
        yield running
