"""ping.py PORT CONNECTIONS ROUNDS: 64 bytes to and fro on each connection, ROUNDS in all; one epoll, one thread."""

import select
import socket
import sys

from common import Clock

port, connections, rounds = (int(word) for word in sys.argv[1:4])
message = b"p" * 64
poll = select.epoll()
sockets = {}
for _ in range(connections):
    each = socket.create_connection(("127.0.0.1", port))
    each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sockets[each.fileno()] = each
    poll.register(each, select.EPOLLIN)

clock = Clock()
for each in sockets.values():
    each.send(message)
back = 0
owed = dict.fromkeys(sockets, len(message))
while back < rounds:
    for number, _ in poll.poll():
        each = sockets[number]
        data = each.recv(64)
        if not data:
            sys.exit("a connection was closed")
        owed[number] -= len(data)
        if owed[number] > 0:
            continue
        owed[number] = len(message)
        back += 1
        each.send(message)
clock.report(rounds=back)
