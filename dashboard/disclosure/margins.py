"""Places without traits (regions × types of points): closing further ones until no closed one can be worked out.

All places are edges of one network: from the province over its cities and counties to the types of a city and back over the
types of the province; what flows through an edge is the place's sum, and at every node as much comes in as goes out. The
public knows the open edges. A closed one follows from them exactly where it is a bridge among the closed ones (Gusfield
1988, SIAM Journal on Computing 17); the cheapest cycle through it is closed (Kelly, Golden and Assad 1992, Networks 22).
"""

import heapq
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.disclosure.places import Key, Places

Bools = NDArray[np.bool_]
NEVER_SHOWN = -1
# What closing a place costs per point: a type of a city goes before a county, all others only where nothing else is left.
_LARGE = 100
_COSTS = {("county", True): 0, ("city", True): 1, ("county", False): 3, ("province", True): _LARGE, ("city", False): _LARGE}
_PROVINCE = 10_000


@dataclass(frozen=True)
class Network:
    """Edges as (node, node, place), `NEVER_SHOWN` for units of a city; `near`: edges at each node."""

    edges: list[tuple[int, int, int]]
    near: list[list[int]]


def close_margins(places: Places, safe: Bools, present: Bools, large: Bools, touched: Bools | None = None) -> Bools:
    """Which boundaries stay, (places, boundaries), of those that are `safe` for a place by itself.

    `present`: places that reported on both sides of a boundary; others can hide none. `touched` (as `present` where it is not
    given): those that reported on either side, which others must hide. `large`: places whose registered points
    are enough; what the others need to be hidden is closed throughout.

    The types of a county are never shown by themselves, but where they follow from open places anyway and are safe.
    """
    network = build_network(places)
    parts = np.array([key[0] == "county" and key[2] is not None for key in places.keys], dtype=bool)
    kept, found, everywhere = safe.copy(), dict[bytes, Bools](), np.ones_like(large)
    touched = present if touched is None else touched
    lasting = _protect(places, network, large, ~large | parts, everywhere, everywhere)
    for b in range(1, safe.shape[1]):
        key = safe[:, b].tobytes() + present[:, b].tobytes() + touched[:, b].tobytes()
        if key not in found:
            found[key] = _protect(places, network, safe[:, b], ~safe[:, b] | lasting, present[:, b], touched[:, b])
        kept[:, b] = ~found[key]
    return kept


def build_network(places: Places) -> Network:
    """The network of all places that hold points."""
    nodes: dict[object, int] = {}
    ends: list[tuple[object, object, int]] = []
    cities = {int(p): key[1] for key, p in places.of_key.items() if key[0] == "city" and key[2] is None}
    above = {key[1]: _find_city(places, key, cities) for key in places.of_key if key[0] == "county"}
    shown = {(c, t): 0 for level, c, t in places.of_key if level == "city" and t}
    for (level, code, type_), place in places.of_key.items():
        if level == "province":
            ends.append(("types", "top", place) if type_ is None else (("type", type_), "types", place))
        elif level == "city":
            ends.append(("top", ("city", code), place) if type_ is None else ((code, type_), ("type", type_), place))
        else:
            city = above[code]
            ends.append((("city", city), ("county", code), place) if type_ is None else (("county", code), (city, type_), place))
    for city, type_ in shown:
        ends.append((("city", city), (city, type_), NEVER_SHOWN)) if _has_rest(places, city, type_) else None
    edges = [(nodes.setdefault(a, len(nodes)), nodes.setdefault(b, len(nodes)), place) for a, b, place in ends]
    near: list[list[int]] = [[] for _ in nodes]
    for i, (a, b, _) in enumerate(edges):
        near[a].append(i)
        near[b].append(i)
    return Network(edges, near)


def find_bridges(network: Network, hiding: Bools) -> set[int]:
    """Which of the closed places that can hide others follow from the rest."""
    count = len(network.near)
    order, low, bridges = [0] * count, [0] * count, set[int]()
    clock = 0
    hidden = [place == NEVER_SHOWN or bool(hiding[place]) for _, _, place in network.edges]
    for root in range(count):
        if order[root]:
            continue
        clock += 1
        order[root] = low[root] = clock
        stack = [(root, -1, iter(network.near[root]))]
        while stack:
            node, entry, rest = stack[-1]
            edge = next((e for e in rest if hidden[e] and e != entry), None)
            if edge is None:
                stack.pop()
                if stack:
                    above = stack[-1][0]
                    low[above] = min(low[above], low[node])
                    if low[node] > order[above]:
                        bridges.add(network.edges[entry][2])
                continue
            other = network.edges[edge][1] if network.edges[edge][0] == node else network.edges[edge][0]
            if order[other]:
                low[node] = min(low[node], order[other])
                continue
            clock += 1
            order[other] = low[other] = clock
            stack.append((other, edge, iter(network.near[other])))
    return bridges - {NEVER_SHOWN}


def find_told(network: Network, closed: Bools, present: Bools, touched: Bools) -> set[int]:
    """Which closed places follow where only those of `present` hide others: bridges, and others whose ends no path joins."""
    told, joined = find_bridges(network, closed & present), list(range(len(network.near)))

    def find_root(node: int) -> int:
        while joined[node] != node:
            node = joined[node]
        return node

    for a, b, place in network.edges:
        if place == NEVER_SHOWN or (closed[place] and present[place]):
            joined[find_root(a)] = find_root(b)
    alone = closed & touched & ~present
    return told | {p for a, b, p in network.edges if p != NEVER_SHOWN and alone[p] and find_root(a) != find_root(b)}


def _protect(places: Places, network: Network, safe: Bools, closed: Bools, present: Bools, touched: Bools) -> Bools:
    """The places that have to be closed where those of `closed` are to begin with."""
    closed = closed.copy()
    costs = [_cost(key) * size for key, size in zip(places.keys, places.size.tolist(), strict=True)]
    everywhere = np.ones_like(present)
    is_small = np.array([_cost(key) < _LARGE for key in places.keys], dtype=bool)
    may_tell = safe & np.array([_cost(key) == 0 for key in places.keys], dtype=bool)

    def find_path() -> list[int]:
        for hiding, asked in ((everywhere, everywhere), (present, touched)):
            told = find_told(network, closed, hiding, asked)
            for leak in sorted((p for p in told if asked[p] and not may_tell[p]), key=lambda p: (places.size[p], p)):
                found = _find_cycle(network, leak, closed, hiding, costs)
                if found and (not safe[leak] or is_small[found].all()):  # no city is closed for a safe place
                    return found
        return []

    while path := find_path():
        closed[path] = True
    told = find_bridges(network, closed) | find_told(network, closed, present, touched)
    closed[[p for p in told if may_tell[p]]] = False  # they follow from open places, and from who reported
    return closed


def _find_cycle(network: Network, leak: int, closed: Bools, present: Bools, costs: list[int]) -> list[int]:
    """The open places of the cheapest cycle through an edge of a closed place; empty where there is none."""
    edge = next(i for i, (_, _, place) in enumerate(network.edges) if place == leak)
    start, goal, _ = network.edges[edge]
    reached: dict[int, tuple[int, int]] = {}
    queue = [(0, start, edge, start)]
    while queue and goal not in reached:
        cost, node, by, before = heapq.heappop(queue)
        if node in reached:
            continue
        reached[node] = (by, before)
        for e in network.near[node]:
            a, b, place = network.edges[e]
            other = b if a == node else a
            if e != edge and other not in reached and (place == NEVER_SHOWN or present[place]):
                is_free = place == NEVER_SHOWN or bool(closed[place])
                heapq.heappush(queue, (cost + (0 if is_free else costs[place]), other, e, node))
    path, node = [], goal if goal in reached else start
    while node != start:
        by, node = reached[node]
        place = network.edges[by][2]
        path += [place] if place != NEVER_SHOWN and not closed[place] else []
    return path


def _cost(key: Key) -> int:
    return _COSTS.get((key[0], key[2] is not None), _PROVINCE)


def _find_city(places: Places, county: Key, cities: dict[int, str]) -> str:
    inside = places.member[places.of_key[county]]
    return next(code for place, code in cities.items() if (places.member[place] & inside).any())


def _has_rest(places: Places, city: str, type_: str) -> bool:
    return (city, type_) in places.rest
