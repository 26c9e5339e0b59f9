"""datagrams.py PORT RATE COUNT SIZE [NEEDLE EVERY]: that many datagrams, paced to RATE a second; 0 is as fast as it can.

Each begins with the nanoseconds of CLOCK_REALTIME in 19 digits; every EVERYth also carries NEEDLE.
SIZE may be two sizes with a comma between them, taken in turns.
"""

import socket
import sys
import time

from common import Clock

port, rate, count = (int(word) for word in sys.argv[1:4])
sizes = [int(size) for size in sys.argv[4].split(",")]
needle, every = (sys.argv[5].encode(), int(sys.argv[6])) if len(sys.argv) > 6 else (b"", 0)
stamp_digits = 19
fills = [b" " * (size - stamp_digits) for size in sizes]
marked = [(b" " + needle).ljust(size - stamp_digits) for size in sizes]

outgoing = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
outgoing.connect(("127.0.0.1", port))
send = outgoing.send
realtime = time.time_ns
now = time.perf_counter
turns = len(sizes)
# A burst a millisecond: finer pacing costs more than the datagrams themselves.
burst = max(1, rate // 1000) if rate else 64
clock = Clock()
began_ms = realtime() / 1e6
begin = now()
sent = 0
while sent < count:
    if rate:
        ahead = begin + sent / rate - now()
        if ahead > 0:
            time.sleep(ahead)
    for number in range(sent, min(sent + burst, count)):
        tails = marked if every and number % every == 0 else fills
        send(b"%d%b" % (realtime(), tails[number % turns]))
    sent = min(sent + burst, count)
clock.report(sent=sent, beganMs=began_ms)
