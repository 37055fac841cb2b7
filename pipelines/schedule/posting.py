"""Delivery of notices to webhooks and mailboxes, through apprise. The addresses hold keys: nothing prints them."""

import logging
from dataclasses import dataclass

import apprise

from pipelines.ingest.personal import mask

logging.getLogger("apprise").disabled = True  # it logs the addresses that it cannot use


@dataclass(frozen=True)
class Delivery:
    """To which address, by its place in the list and its scheme, and did its server take it?

    Some robots take with code 200 what they then refuse: `sent` is not yet arrived.
    """

    number: int
    scheme: str
    sent: bool

    def __str__(self) -> str:
        return f"{self.number}:{self.scheme}"


class Post:
    """The addresses of one installation, as BURDEN_NOTIFY gives them, apart by spaces."""

    def __init__(self, addresses: str) -> None:
        self._addresses = addresses.split()

    def __bool__(self) -> bool:
        return bool(self._addresses)

    def __repr__(self) -> str:
        return f"Post({len(self._addresses)})"

    def send(self, title: str, body: str) -> list[Delivery]:
        """Send a text, masked of personal numbers, to every address."""
        return [
            Delivery(number, _find_scheme(address), _deliver(address, mask(title), mask(body)))
            for number, address in enumerate(self._addresses, 1)
        ]


def _deliver(address: str, title: str, body: str) -> bool:
    try:
        # Made anew each time: apprise makes a second message to the same object wait.
        service = apprise.Apprise()
        return bool(service.add(address) and service.notify(body=body, title=title, body_format=apprise.NotifyFormat.TEXT))
    except Exception:  # a webhook's library may raise what it likes; its message may hold the address
        return False


def _find_scheme(address: str) -> str:
    """The kind of an address; an unknown one might be part of a key."""
    scheme, sign, _ = address.lower().partition("://")
    known = apprise.plugins.N_MGR.schemas()  # type: ignore[no-untyped-call]
    return scheme if sign and scheme in known else "?"
