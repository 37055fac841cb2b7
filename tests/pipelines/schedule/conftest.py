"""A post office on this machine."""

from collections.abc import Iterator

import pytest
from post_office import PostOffice, open_mail_office, open_post_office


@pytest.fixture
def post_office() -> Iterator[PostOffice]:
    with open_post_office() as office:
        yield office


@pytest.fixture
def mail_office() -> Iterator[tuple[str, list[str]]]:
    """An address, and the mails that arrive there."""
    with open_mail_office() as office:
        yield office
