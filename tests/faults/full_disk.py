"""A disk that fills up at every length of a refresh. In a mount namespace of its own, where a small disk can be mounted:

    unshare --mount --map-root-user python -m tests.faults.full_disk FOLDER COUNT

Prints the trials as JSON: room left, exit code, what was said, and what was found wrong.
"""

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.faults.office import STATES, TODAY
from tests.faults.trials import Office

SIZE = 24 << 20
PAGE = 4096
NEED = 320 << 10  # more than a refresh of the small office writes


@dataclass(frozen=True)
class Attempt:
    """A refresh with so many bytes of room."""

    room: int
    code: int | None
    said: str


def fill(folder: Path, count: int) -> tuple[list[Attempt], list[str]]:
    """Refresh with ever more room; between two attempts the disk has room again and the next refresh finishes."""
    disk, notes = folder / "disk", folder / "notes"
    disk.mkdir(parents=True)
    notes.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "faults", disk], check=True)
    office = Office(disk, seed=5, keep=2, states=STATES[:4], notes=notes)
    for _ in range(3):
        office.finish()
        office.change()
    attempts = []
    for number in range(count):
        room = NEED * number // count // PAGE * PAGE
        ballast = disk / "ballast"
        _leave(disk, ballast, room)
        code, said = office.command(*office.words)
        office.look(f"with {room} bytes of room", TODAY)
        ballast.unlink()
        office.finish()
        attempts.append(Attempt(room, code, said))
        office.change()
    office.finish()
    books = office.close()
    return attempts, [*books.torn, *books.lost, *books.leftovers, *books.failures]


def _leave(disk: Path, ballast: Path, room: int) -> None:
    """Fill the disk so that so many bytes are left."""
    answer = subprocess.run(["df", "--block-size=1", "--output=avail", disk], capture_output=True, text=True, check=True)
    with ballast.open("wb") as file:
        file.write(bytes(int(answer.stdout.split()[-1]) - room))


if __name__ == "__main__":
    tried, wrong = fill(Path(sys.argv[1]), int(sys.argv[2]))
    print(json.dumps({"attempts": [asdict(attempt) for attempt in tried], "wrong": wrong}))
