"""Does the steps of lessons as a learner's own program would: with sockets of its own, and nobody at the page.

The argument is the lesson's id. The first line on standard input is JSON: what the lesson names, addresses as
[host, port] and words. Every further line is the id of a step; "did <id>" is printed when its part is done. What was
opened stays open until the end of the input, as it would in a terminal.
"""

import json
import socket
import sys

PATIENCE_S = 15


def call(address):
    return socket.create_connection(address, timeout=PATIENCE_S)


def read_all(s):
    data = b""
    while chunk := s.recv(4096):
        data += chunk
    return data


def read_size(s, size):
    data = b""
    while len(data) < size:
        chunk = s.recv(4096)
        if not chunk:
            raise EOFError(f"{len(data)} of {size} bytes")
        data += chunk
    return data


def ask(s, text):
    """Sends a line and reads one."""
    s.sendall(text.encode())
    return s.makefile("rb").readline()


class YourBrowser:
    def open(self, site, **_):
        self.visit = call(site)
        self.visit.sendall(f"GET / HTTP/1.1\r\nHost: {site[0]}:{site[1]}\r\n\r\n".encode())
        read_size(self.visit, 12)

    def leave(self, **_):
        self.visit.close()


class WhoIsWho:
    def three_sockets(self, room, **_):
        self.guest = call(room)


class Connect:
    def connect(self, srv, **_):
        self.s = call(srv)


class HttpByHand:
    def bare(self, site, **_):
        self.request(site, "GET / HTTP/1.1\r\n\r\n", b"HTTP/1.1 400")

    def host(self, site, **_):
        head = f"GET / HTTP/1.1\r\nHost: {site[0]}:{site[1]}\r\nConnection: close\r\n\r\n"
        self.request(site, head, b"HTTP/1.1 200")

    def ancient(self, site, **_):
        self.request(site, "GET /\r\n\r\n", b"HTTP/1.1 400")

    def request(self, site, text, status):
        with call(site) as s:
            s.sendall(text.encode())
            answer = read_all(s)
        assert answer.startswith(status), answer


class Close:
    def close(self, srv, **_):
        call(srv).close()

    def parentheses(self, srv, WORD, **_):
        self.s = call(srv)
        self.s.close  # as in the tutorial: named, not called
        assert ask(self.s, f"{WORD}\n") == f"{WORD}\n".encode()


class HandTools:
    def outside(self, srv, **_):
        self.s = call(srv)

    def line_ends(self, WORD, **_):
        for end in ("\r\n", "\n"):
            assert ask(self.s, WORD + end) == (WORD + end).encode()

    def uninvited(self, box, **_):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
            s.settimeout(PATIENCE_S)
            s.connect(tuple(box))
            for text in (b"X", b"X", b"X", b"X", b"X", b"Hello\n"):
                s.send(text)
                assert s.recv(2048) == b"OK..." + text


class Echo:
    def connect(self, srv, **_):
        self.s = call(srv)

    def echo(self, WORD, **_):
        assert ask(self.s, f"{WORD}\n") == f"{WORD}\n".encode()

    def welcome(self, **_):
        assert ask(self.s, "Welcome User!\n") == b"Welcome User!\n"

    def leave(self, **_):
        self.s.close()


class Ok:
    def three(self, srv, WORD, **_):
        for _client in range(3):
            with call(srv) as s:
                assert ask(s, f"{WORD}\n") == f"OK...{WORD}\n".encode()
                s.shutdown(socket.SHUT_WR)
                assert read_all(s) == b""

    def many(self, small, **_):
        self.s = call(small)
        self.s.sendall(b"0123456789" * 300)
        read_size(self.s, 3000 + 3 * len("OK..."))


LESSONS = {
    "first-contact/your-browser": YourBrowser,
    "first-contact/who-is-who": WhoIsWho,
    "tcp-client/connect": Connect,
    "tcp-client/http-by-hand": HttpByHand,
    "tcp-client/close": Close,
    "tcp-client/hand-tools": HandTools,
    "tcp-server/echo": Echo,
    "tcp-server/ok": Ok,
}

learner = LESSONS[sys.argv[1]]()
told = json.loads(sys.stdin.readline())
for line in sys.stdin:
    step = line.strip()
    do = getattr(learner, step.replace("-", "_"), None)
    if do is not None:
        do(**told)
    print("did", step, flush=True)
