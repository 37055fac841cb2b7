"""A post office on this machine."""

from collections.abc import Iterator

import pytest
from post_office import PostOffice, open_post_office


@pytest.fixture
def post_office() -> Iterator[PostOffice]:
    with open_post_office() as office:
        yield office
