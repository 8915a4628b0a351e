"""Many keep-alive clients in one process of their own, so that they take little of the machine.

Reads an order as JSON from its input, drives the clients and answers with the waits. The same
clients drive both sides of a comparison. `python -m tests.benchmarks.clients` is that process.
"""

import heapq
import json
import math
import random
import selectors
import socket
import statistics
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 300  # characters of a coded passage


@dataclass(frozen=True)
class Order:
    """What the clients do: one after the other all of `reads`, or its one of `reads_each`,
    or else a new passage by its one of `writes`.

    `pace` is how often a second each client does it; None is as soon as it has its answer. After
    `seconds`, or once `most` were begun, no more is begun.
    """

    port: int
    clients: int
    seconds: float
    headers: dict[str, str]
    reads: tuple[str, ...] = ()
    reads_each: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    shape: str = ""
    text: str = ""
    codes: tuple[int, ...] = ()
    pace: float | None = None
    most: int = 10**9
    seed: int = 1


@dataclass(frozen=True)
class Told:
    """What the clients met: waits of good answers in seconds, and what went wrong."""

    waits: list[float]
    errors: dict[str, int]
    seconds: float

    @property
    def rate(self) -> float:
        """Good answers a second."""
        return len(self.waits) / self.seconds

    def p(self, percent: int) -> float:
        """Return a percentile of the waits in milliseconds."""
        return statistics.quantiles(self.waits, n=100)[percent - 1] * 1000


def start(order: Order) -> "subprocess.Popen[str]":
    """Start the clients in a process of their own."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.clients"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert child.stdin
    json.dump(asdict(order), child.stdin)
    child.stdin.close()
    return child


def result(child: "subprocess.Popen[str]") -> Told:
    """Wait for the clients and return what they met."""
    assert child.stdout
    with child.stdout as told:
        found = Told(**json.load(told))
    child.wait()
    return found


def drive(order: Order) -> Told:
    """Let the clients do their work and return what they met."""
    return result(start(order))


def _highlight(order: Order, rng: random.Random) -> dict[str, Any]:
    begin = rng.randrange(len(order.text) - LONGEST)
    end = begin + rng.randint(1, LONGEST)
    return {"start_offset": begin, "end_offset": end, "tags": [rng.choice(order.codes)]}


def _coding(order: Order, rng: random.Random) -> dict[str, Any]:
    begin = rng.randrange(len(order.text) - LONGEST)
    end = begin + rng.randint(1, LONGEST)
    quote = order.text[begin:end]
    return {"code_id": rng.choice(order.codes), "start": begin, "end": end, "quote": quote}


SHAPES = {"coding": _coding, "highlight": _highlight}


class Client:
    """One connection that is asked something, and takes the answer in as it comes."""

    def __init__(self, order: Order, number: int) -> None:
        self.order, self.rng = order, random.Random(order.seed * 1000 + number)
        self.lines = "".join(f"{name}: {value}\r\n" for name, value in order.headers.items())
        self.asked, self.due, self.got = 0, 0.0, b""
        self.reads = order.reads or order.reads_each[number % len(order.reads_each or (1,)) :][:1]
        self.write = order.writes[number % len(order.writes)] if order.writes else ""
        self.socket = socket.create_connection(("127.0.0.1", order.port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self) -> None:
        reads, body = self.reads, b""
        if reads:
            first = f"GET {reads[self.asked % len(reads)]}"
        else:
            first = f"POST {self.write}"
            body = json.dumps(SHAPES[self.order.shape](self.order, self.rng)).encode()
        self.asked += 1
        head = f"{first} HTTP/1.1\r\nHost: 127.0.0.1\r\n{self.lines}Content-Length: {len(body)}\r\n"
        kind = "Content-Type: application/json\r\n" if body else ""
        self.got = b""
        self.socket.sendall(f"{head}{kind}\r\n".encode() + body)

    def take(self) -> str | None:
        """Read what has come; return the status when the answer is whole."""
        came = self.socket.recv(1 << 20)
        if not came:
            return "connection closed"
        self.got += came
        head, gap, body = self.got.partition(b"\r\n\r\n")
        if not gap or len(body) < _length(head):
            return None
        status = head[9:12].decode()
        if status[0] == "2" and self.reads and self.asked % len(self.reads):
            self.ask()
            return None
        return status


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line[15:])
    return 0


class Loop:
    """Asks for each client at its time and takes the answers in as they come."""

    def __init__(self, order: Order) -> None:
        self.order, self.waits, self.errors = order, list[float](), dict[str, int]()
        self.begun = time.perf_counter()
        self.until, self.busy, self.made = self.begun + order.seconds, 0, 0
        self.gap = 1 / order.pace if order.pace else 0.0
        self.chooser = selectors.DefaultSelector()
        clients = [Client(order, number) for number in range(order.clients)]
        self.idle = [(self.begun + c.rng.uniform(0, self.gap), n, c) for n, c in enumerate(clients)]
        heapq.heapify(self.idle)
        for client in clients:
            self.chooser.register(client.socket, selectors.EVENT_READ, client)

    def run(self) -> Told:
        while self.busy or self._next_due() < self.until:
            while self._next_due() <= time.perf_counter():
                self._begin()
            wait = min(self._next_due() - time.perf_counter(), 1.0)
            for key, _ in self.chooser.select(max(wait, 0)):
                status = key.data.take()
                if status:
                    self._end(key.data, status)
        return Told(self.waits, self.errors, time.perf_counter() - self.begun)

    def _next_due(self) -> float:
        due = self.idle[0][0] if self.idle and self.made < self.order.most else math.inf
        return due if due < self.until else math.inf

    def _begin(self) -> None:
        due, _, client = heapq.heappop(self.idle)
        client.due, self.busy, self.made = due, self.busy + 1, self.made + 1
        client.ask()

    def _end(self, client: Client, status: str) -> None:
        now, self.busy = time.perf_counter(), self.busy - 1
        if status[0] == "2":
            self.waits.append(now - client.due)
        else:
            self.errors[status] = self.errors.get(status, 0) + 1
        if status == "connection closed":
            self.chooser.unregister(client.socket)
            return
        # Due at its time, however late the last answer was, so that no wait is left out.
        due = client.due + self.gap if self.gap else now
        heapq.heappush(self.idle, (due, id(client), client))


if __name__ == "__main__":
    sent = json.load(sys.stdin)
    json.dump(asdict(Loop(Order(**sent)).run()), sys.stdout)
