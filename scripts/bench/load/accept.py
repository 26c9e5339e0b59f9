"""accept.py PORT COUNT: connects, sends 64 bytes, reads them back and closes, 32 connections at a time."""

import socket
import sys

from common import Clock, raise_descriptors

port, count = int(sys.argv[1]), int(sys.argv[2])
at_once = 32
message = b"a" * 64
raise_descriptors()

clock = Clock()
done = 0
while done < count:
    batch = [socket.create_connection(("127.0.0.1", port)) for _ in range(min(at_once, count - done))]
    for each in batch:
        each.send(message)
    for each in batch:
        if len(each.recv(64, socket.MSG_WAITALL)) != len(message):
            sys.exit("a connection did not answer")
        each.close()
    done += len(batch)
clock.report(connections=done)
