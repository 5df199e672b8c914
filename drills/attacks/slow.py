# SPDX-License-Identifier: Apache-2.0
"""Holds connections to a server as callers do who are slow on purpose, and says when each was closed.

usage: slow.py PORT TOKEN HEADERS BODIES READERS CONTENT-PATH EVENTS EVENTS-PATH

So many connections each send a byte of a header, or of a body, a second; take a byte of a large answer a second; or listen
to events of which none comes. Prints "ready" once all are open, listens for a line on its standard input, and then prints one
line for each kind: its name, how many were opened, how many the server has closed, and after how many seconds the last was.
"""

import selectors
import socket
import sys
import time

PATIENCE = 0.02


class Caller:
    def __init__(self, kind, address, first, more):
        self.kind, self.more = kind, more
        self.sent = 0
        self.closed = None
        self.accepted = False
        self.socket = socket.socket()
        if kind == "readers":
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.socket.settimeout(20)
        self.socket.connect(address)
        self.port = self.socket.getsockname()[1]
        self.socket.sendall(first)
        self.socket.setblocking(False)
        self.opened = time.monotonic()

    def turn(self):
        """What it does once a second."""
        try:
            if self.kind == "readers":
                if self.socket.recv(1) == b"":
                    self.gone()
            elif self.more:
                self.socket.send(self.more[self.sent % len(self.more)].to_bytes(1, "big"))
                self.sent += 1
        except BlockingIOError:
            pass
        except OSError:
            self.gone()

    def hear(self):
        try:
            if self.socket.recv(4096) == b"":
                self.gone()
        except BlockingIOError:
            pass
        except OSError:
            self.gone()

    def gone(self):
        if self.closed is None:
            self.closed = time.monotonic() - self.opened


def held(port):
    """The other ends of the connections that the server has not closed; what it closed belongs to nobody."""
    ends = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        with open(table, encoding="ascii") as lines:
            for words in map(str.split, list(lines)[1:]):
                if int(words[1].rsplit(":", 1)[1], 16) == port and words[9] != "0":
                    ends.add(int(words[2].rsplit(":", 1)[1], 16))
    return ends


def callers(port, token, counts, content, events):
    address = ("127.0.0.1", port)
    known = f"Host: localhost\r\nAuthorization: Bearer {token}\r\n"
    body = f"POST /api/groups HTTP/1.1\r\n{known}Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n"
    kinds = {
        "headers": (b"GET /health HTTP/1.1\r\n", b"X-Slow: 1\r\n"),
        "bodies": (body.encode() + b'{"name": "', b"slow "),
        "readers": (f"GET {content} HTTP/1.1\r\n{known}\r\n".encode(), b""),
        "events": (f"GET {events} HTTP/1.1\r\n{known}Accept: text/event-stream\r\n\r\n".encode(), b""),
    }
    return [Caller(kind, address, *kinds[kind]) for kind, count in counts.items() for _ in range(count)]


def hold(all_of_them, port):
    selector = selectors.DefaultSelector()
    selector.register(sys.stdin, selectors.EVENT_READ, None)
    for caller in all_of_them:
        if caller.kind != "readers":
            selector.register(caller.socket, selectors.EVENT_READ, caller)
    begun, turns, looked = time.monotonic(), 0, 0
    readers = [caller for caller in all_of_them if caller.kind == "readers"]
    while True:
        # Who does not read does not see the end of what comes, so for readers the system is asked.
        if time.monotonic() - looked > 1:
            there, looked = held(port), time.monotonic()
            for caller in readers:
                if caller.port in there:
                    caller.accepted = True
                elif caller.accepted:
                    caller.gone()
        for key, _ in selector.select(PATIENCE):
            if key.data is None:
                return
            key.data.hear()
            if key.data.closed is not None:
                selector.unregister(key.data.socket)
                key.data.socket.close()
        # Each has its turn once a second, and not all at one moment.
        due = int((time.monotonic() - begun) * len(all_of_them))
        for turn in range(turns, due):
            caller = all_of_them[turn % len(all_of_them)]
            if caller.closed is None:
                caller.turn()
                if caller.closed is not None:
                    if caller.kind != "readers":
                        selector.unregister(caller.socket)
                    caller.socket.close()
        turns = due


def main(port, token, headers, bodies, readers, content, events, stream):
    counts = {"headers": int(headers), "bodies": int(bodies), "readers": int(readers), "events": int(events)}
    all_of_them = callers(int(port), token, counts, content, stream)
    print("ready", flush=True)
    hold(all_of_them, int(port))
    for kind in counts:
        mine = [caller for caller in all_of_them if caller.kind == kind]
        ends = [caller.closed for caller in mine if caller.closed is not None]
        print(kind, len(mine), len(ends), f"{max(ends, default=0):.0f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
