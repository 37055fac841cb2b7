"""`make faults`: kills a refresh many hundred times and prints what came of it. Exit code 1 where anything was wrong.

    python -m tests.faults.suite [--kills 600] [--offices 2] [--seed N]
"""

import argparse
import random
import shutil
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.faults.office import STATES, State
from tests.faults.plans import Points, choose, list_missing_steps
from tests.faults.trials import Books, Office

LARGEST_CHAIN = 3


@dataclass(frozen=True)
class Siege:
    """How an office is besieged: `chain` to three kills before one refresh may finish; shares of special kills.

    `parted`: tables in parts by city, as in a large province. `keep` is less than the command keeps, so that every refresh
    has an old snapshot to remove under the reader.
    """

    kills: int
    seed: int
    chain: int = 1
    keep: int = 4
    states: tuple[State, ...] = STATES
    by_chance: float = 0.25
    fresh: float = 0.05
    first: float = 0.08
    parted: bool = False


def besiege(folder: Path, siege: Siege) -> Books:
    """Kill the refreshes of one office so many times. Gives the books."""
    dice = random.Random(siege.seed)
    office = Office(folder, siege.seed, siege.keep, siege.states, parted=siege.parted)
    beginning = Points.of(office.trace("first"))
    office.start_reader()
    for _ in range(siege.keep):
        office.change()
        seconds = office.finish()
    office.change(siege.states[0])
    office.finish()
    office.change(siege.states[1])  # brings files that are to be read, so that every step is passed
    points = Points.of(office.trace("incremental"))
    missing = list_missing_steps(points)
    if missing:
        office.books.failures += [f"no point stands for the step “{step}”" for step in missing]
        return office.close()
    _kill_again_and_again(office, points, siege, seconds, dice)
    books = office.close()
    if siege.first:
        books.take(_besiege_beginnings(folder / "new", beginning, siege, dice))
    return books


def _kill_again_and_again(office: Office, points: Points, siege: Siege, seconds: float, dice: random.Random) -> None:
    by_chance = round(siege.kills * siege.by_chance)
    planned = siege.kills - by_chance - round(siege.kills * siege.first)
    plans = [*choose(points, planned, dice), *[None] * by_chance]
    dice.shuffle(plans)
    while plans:
        office.change()
        for plan in [plans.pop() for _ in range(min(len(plans), dice.randint(siege.chain, LARGEST_CHAIN)))]:
            if office.is_done:
                office.change()
            moment = dice.random() * seconds
            if dice.random() < siege.fresh:
                office.kill_fresh(plan, moment + 1.5)  # a process of its own has everything to import first
            else:
                office.kill(plan, moment, full=dice.random() < 0.1)
        office.finish()
    office.kill(points.plan("refresh.run._execute", dice))  # where nothing is new


def _besiege_beginnings(folder: Path, points: Points, siege: Siege, dice: random.Random) -> Books:
    """Kill the very first refresh of a warehouse, half of the times near its end: nothing was ever published there."""
    office = Office(folder, dice.randrange(2**32), siege.keep, siege.states, parted=siege.parted)
    late = points.names[points.names.index("warehouse.publish.publish") :]
    for number in range(round(siege.kills * siege.first)):
        office.start_anew()
        office.change()
        office.kill(points.plan(dice.choice(late if number % 2 else points.names), dice))
        office.finish()
    return office.close()


def main() -> None:
    """Run the suite and print the figures."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--kills", type=int, default=600)
    words.add_argument("--offices", type=int, default=2)
    words.add_argument("--seed", type=int, default=random.randrange(2**32))
    asked = words.parse_args()
    started = time.perf_counter()
    folder = Path(tempfile.mkdtemp(prefix="faults-"))
    shares = [asked.kills // asked.offices + (n < asked.kills % asked.offices) for n in range(asked.offices)]
    with ThreadPoolExecutor(asked.offices) as pool:
        ends = pool.map(lambda n: besiege(folder / f"office{n}", _plan_siege(shares[n], asked.seed, n)), range(asked.offices))
        books = Books()
        for own in ends:
            books.take(own)
    tell(books, asked.seed, time.perf_counter() - started)
    if not books.sound:
        sys.exit(1)
    shutil.rmtree(folder)


def _plan_siege(kills: int, seed: int, number: int) -> Siege:
    """Every other office is large enough for tables in parts."""
    return Siege(kills, seed + number, parted=number % 2 == 1)


def tell(books: Books, seed: int, seconds: float) -> None:
    """Print the books."""
    lines = [f"{count:5} {point}" for point, count in books.kills.most_common()]
    lines += [
        "", f"kills tried: {books.kills.total()}, at {len(books.kills)} points, {books.fresh} of them of the command itself "
        f"(seed {seed}, {seconds:.0f} s)",
        f"refreshes killed after they had published: {books.published_by_the_killed}; plans that met no pass: {books.missed}",
        f"refreshes that finished the work: {books.finished}",
        f"torn or lost snapshots: {len(books.torn)}", f"rows lost: {len(books.lost)}", f"leftovers: {len(books.leftovers)}",
        f"reader: {books.reads} reads of {books.snapshots_read} snapshots, {len(books.reader_errors)} errors",
        f"other failures: {len(books.failures)}",
    ]  # fmt: skip
    findings = [*books.torn, *books.lost, *books.leftovers, *books.reader_errors, *books.failures]
    print("\n".join([*lines, *(f"! {finding}" for finding in findings)]))


if __name__ == "__main__":
    main()
