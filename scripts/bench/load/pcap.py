"""pcap.py FILE COUNT SIZE NEEDLE EVERY: what datagrams.py sends, as TCP segments in a classic pcap file.

The layout is that of https://www.ietf.org/archive/id/draft-ietf-opsawg-pcap-04.html with Ethernet frames.
"""

import struct
import sys

from common import Clock

path, count, sizes, needle, every = sys.argv[1:6]
count, every = int(count), int(every)
sizes = [int(size) for size in sizes.split(",")]
stamp_digits = 19
loopback = bytes((127, 0, 0, 1))
ethernet = bytes(12) + b"\x08\x00"
acknowledge_push = 0x18

clock = Clock()
with open(path, "wb", buffering=1 << 20) as file:
    file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))
    sequence = 1
    for number in range(count):
        tail = (" " + needle).encode() if number % every == 0 else b""
        size = sizes[number % len(sizes)]
        payload = (b"%d" % (1_700_000_000_000_000_000 + number * 1000) + tail).ljust(size)
        ip = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 40 + size, number & 0xFFFF, 0, 64, 6, 0, loopback, loopback)
        tcp = struct.pack(">HHIIBBHHH", 40000, 9, sequence, 1, 0x50, acknowledge_push, 65535, 0, 0)
        frame = ethernet + ip + tcp + payload
        seconds, micros = divmod(number, 1_000_000)
        file.write(struct.pack("<IIII", seconds, micros, len(frame), len(frame)) + frame)
        sequence = (sequence + size) & 0xFFFFFFFF
clock.report(frames=count)
