"""idle.py PORT COUNT: opens that many connections, says so, and holds them until its stdin ends."""

import socket
import sys

from common import raise_descriptors, say

port, count = int(sys.argv[1]), int(sys.argv[2])
raise_descriptors()
held = [socket.create_connection(("127.0.0.1", port)) for _ in range(count)]
say(connections=len(held))
sys.stdin.read()
