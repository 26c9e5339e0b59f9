"""What every load generator here does alike: raise its descriptors, and say in one line of JSON what it did."""

import json
import resource
import sys
import time


def raise_descriptors():
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def cpu_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


class Clock:
    """Wall and CPU seconds since it was made."""

    def __init__(self):
        self.wall = time.perf_counter()
        self.cpu = cpu_seconds()

    def report(self, **more):
        seconds = time.perf_counter() - self.wall
        say(seconds=seconds, busy=(cpu_seconds() - self.cpu) / seconds, **more)


def say(**facts):
    json.dump(facts, sys.stdout)
    sys.stdout.write("\n")
    sys.stdout.flush()
