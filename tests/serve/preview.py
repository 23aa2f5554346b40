"""A running `pamphlet serve`, and a client that says exactly what it sends."""

import http.client
import os
import re
import signal
import socket
import subprocess
import time
from pathlib import Path

WAIT_SECONDS = 60  # for anything that takes a moment; tests share their machine


class Preview:
    """`pamphlet serve` in a folder, on a port that is free; ended and checked by end()."""

    def __init__(self, program, folder, *options, environment=None):
        self.folder = Path(folder)
        self.log = self.folder.parent / f"{self.folder.name}.log"
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen([program, "serve", "--port", "0", *options], cwd=folder, env=environment,
                                            stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
        said = wait_for(lambda: re.search(r"at http://([^/]*):(\d+)/", self.said()) or self.process.poll() is not None)
        if said is True or not said:
            raise RuntimeError(f"it did not begin: {self.said()}")
        self.port = int(said.group(2))

    def said(self):
        return self.log.read_text(encoding="utf-8", errors="replace")

    def get(self, path, method="GET", **headers):
        """(status, headers, body); header names have _ for -."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WAIT_SECONDS)
        try:
            connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            response = connection.getresponse()
            return response.status, response.headers, response.read()
        finally:
            connection.close()

    def body(self, path):
        return self.get(path)[2].decode("utf-8", "replace")

    def page(self, path):
        """As a browser gets it."""
        return self.get(path, Accept="text/html,application/xhtml+xml")[2].decode("utf-8", "replace")

    def send(self, data, seconds=WAIT_SECONDS):
        """What comes back for these bytes, up to the end of the connection or the time."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=seconds) as connection:
            connection.sendall(data)
            answer = b""
            try:
                while part := connection.recv(65536):
                    answer += part
            except (TimeoutError, ConnectionError):
                pass
            return answer

    def state(self):
        """What a page that follows the site is told first."""
        answer = self.send(b"GET /__events HTTP/1.1\r\nHost: localhost\r\n\r\n", 1)
        found = re.search(rb"data: (\{.*\})", answer)
        return found.group(1).decode() if found else ""

    def family(self):
        """The process and all that descend from it."""
        found = [self.process.pid]
        for parent in found:
            try:
                found += map(int, Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii").split())
            except OSError:
                continue
        return found

    def memory(self):
        """Bytes of all its processes, shared ones counted once."""
        total = 0
        for process in self.family():
            try:
                total += int(re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii"), re.M).group(1))
            except OSError:
                continue
        return total * 1024

    def end(self, how=signal.SIGINT):
        """Its exit code; problems are added to the list."""
        family = self.family()
        if self.process.poll() is None:
            os.kill(self.process.pid, how)
        try:
            code = self.process.wait(WAIT_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return ["it did not end"]
        left = wait_for(lambda: not [process for process in family if is_alive(process)])
        problems = [] if left else [f"these processes are left: {[process for process in family if is_alive(process)]}"]
        if code != 0:
            problems.append(f"exit code {code}: {self.said()[-3000:]}")
        return problems


def is_alive(process):
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False


def wait_for(condition, seconds=WAIT_SECONDS):
    """The first true value of the condition; false when it never is."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := condition():
            return value
        time.sleep(0.01)
    return False
