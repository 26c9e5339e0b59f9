"""pcap.py FILE COUNT SIZE NEEDLE EVERY: what datagrams.py sends, as TCP segments in a classic pcap file, or a pcapng one.

The layouts are those of https://www.ietf.org/archive/id/draft-ietf-opsawg-pcap-04.html and
https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng-02.html with Ethernet frames.
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



def classic(micros, frame):
    """A record of a classic pcap file."""
    return struct.pack("<IIII", *divmod(micros, 1_000_000), len(frame), len(frame)) + frame


def block(kind, body):
    """A block of a pcapng file."""
    body += bytes(-len(body) % 4)
    length = struct.pack("<I", len(body) + 12)
    return struct.pack("<I", kind) + length + body + length


def enhanced(micros, frame):
    """An enhanced packet block."""
    return block(6, struct.pack("<IIIII", 0, micros >> 32, micros & 0xFFFFFFFF, len(frame), len(frame)) + frame)


if path.endswith(".pcapng"):
    section = struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1)
    head = block(0x0A0D0D0A, section) + block(1, struct.pack("<HHI", 1, 0, 65535))
    record = enhanced
else:
    head = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1)
    record = classic

clock = Clock()
with open(path, "wb", buffering=1 << 20) as file:
    file.write(head)
    sequence = 1
    for number in range(count):
        tail = (" " + needle).encode() if number % every == 0 else b""
        size = sizes[number % len(sizes)]
        payload = (b"%d" % (1_700_000_000_000_000_000 + number * 1000) + tail).ljust(size)
        ip = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 40 + size, number & 0xFFFF, 0, 64, 6, 0, loopback, loopback)
        tcp = struct.pack(">HHIIBBHHH", 40000, 9, sequence, 1, 0x50, acknowledge_push, 65535, 0, 0)
        frame = ethernet + ip + tcp + payload
        file.write(record(number, frame))
        sequence = (sequence + size) & 0xFFFFFFFF
clock.report(frames=count)
