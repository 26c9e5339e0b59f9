"""echo.py PORT MEBIBYTES: sends 64 KiB at a time over one connection, reads all of it back.

One thread writes, one reads; both are in system calls nearly all the time.
"""

import socket
import sys
import threading

from common import Clock

port, mebibytes = int(sys.argv[1]), int(sys.argv[2])
piece = bytes(65536)
pieces = mebibytes * 16


def write():
    for _ in range(pieces):
        connection.sendall(piece)
    connection.shutdown(socket.SHUT_WR)


connection = socket.create_connection(("127.0.0.1", port))
clock = Clock()
threading.Thread(target=write, daemon=True).start()
buffer = bytearray(1 << 20)
received = 0
while count := connection.recv_into(buffer):
    received += count
if received != pieces * len(piece):
    sys.exit(f"{received} bytes came back of {pieces * len(piece)}")
clock.report(bytes=received)
