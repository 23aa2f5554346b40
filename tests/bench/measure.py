"""Runs a command and says what it took: wall time, CPU time of all its processes, peak memory of all its processes.

Memory is the sum of PSS (shared pages counted once, divided among those who share them) over the process and its
descendants, the largest sum seen. Reading it costs the measured program time, so it gets a run of its own."""

import os
import subprocess
import time
from pathlib import Path

SAMPLE_SECONDS = 0.01


class Failed(Exception):
    pass


def timed(command, log):
    """(wall seconds, CPU seconds) of a command, descendants that it waited for included; raises Failed with its output."""
    with open(log, "wb") as output:
        began = time.monotonic()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise Failed(f"{' '.join(map(str, command))}: exit code {process.returncode}\n{Path(log).read_text(errors='replace')[-2000:]}")
    return wall, usage.ru_utime + usage.ru_stime


def peak_memory(command, log):
    """The largest sum of PSS, in bytes."""
    peak = 0
    with open(log, "wb") as output:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)
        while process.poll() is None:
            peak = max(peak, sum(pss(pid) for pid in family(process.pid)))
            time.sleep(SAMPLE_SECONDS)
    if process.returncode != 0:
        raise Failed(f"{' '.join(map(str, command))}: exit code {process.returncode}")
    return peak


def family(pid):
    """A process and its descendants, as far as they still live."""
    found = [pid]
    for parent in found:
        try:
            for thread in os.listdir(f"/proc/{parent}/task"):
                found += map(int, Path(f"/proc/{parent}/task/{thread}/children").read_text().split())
        except OSError:
            continue  # it ended meanwhile
    return found


def pss(pid):
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass  # it ended meanwhile
    return 0
