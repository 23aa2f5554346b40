"""HTTP as browsers and as attackers speak it."""

import re
import socket
import time

TRAVERSALS = ("/../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc/passwd", "/one/../../content/site.yaml", "/%2e%2e%5c", "/a\\..\\b",
              "/one/%00", "/%00/etc/passwd", "/leaf.svg%00.html", "/./one/", "/one/.", "/%c0%ae%c0%ae/", "/%ff", "/%", "/%4", "/%zz", "//etc/passwd",
              "/content/site.yaml", "/.pamphlet/manifest", "/themes/tiny/theme.yaml", "/secret.txt", "/link.txt", "/linked/secret.txt", "/a%0d%0aSet-Cookie:x")


def check_answers(suite, preview, files):
    """Each published file under its own path, byte for byte, with its type."""
    types = {"html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8", "svg": "image/svg+xml", "xml": "application/xml",
             "txt": "text/plain; charset=utf-8", "": "application/octet-stream"}
    problems = []
    for name, data in files.items():
        path = "/" + re.sub(r"(^|/)index\.html$", r"\1", name)
        status, headers, body = preview.get(path)
        ending = name.rsplit(".", 1)[1] if "." in name else ""
        wanted = 200
        if (status, headers["Content-Type"]) != (wanted, types[ending]) or body != data:
            problems.append(f"{path}: {status} {headers['Content-Type']}, {len(body)} bytes for {len(data)}")
    suite.check("every file is served as a build would publish it", problems)


def check_headers(suite, preview, files):
    wanted = dict(re.findall(r"^  ([A-Za-z-]+): (.*)$", files["_headers"].decode().split("\n\n")[0], re.M))
    problems = [] if "Content-Security-Policy" in wanted else ["no policy in _headers"]
    for path in ("/", "/leaf.svg", "/one", "/nowhere/"):
        headers = preview.get(path)[1]
        problems += [f"{path}: {name}: {headers[name]}" for name, value in wanted.items() if headers[name] != value]
    browser = preview.get("/", Accept="text/html")[1]
    problems += [f"browser: {name}" for name, value in wanted.items() if browser[name] != value]
    suite.check("headers are those of _headers, for browsers too", problems)
    css = next(name for name in files if name.endswith(".css"))
    suite.check("files named by their content never change", [] if "immutable" in preview.get("/" + css)[1]["Cache-Control"] else [css])
    suite.check("others are asked for again", [] if preview.get("/")[1]["Cache-Control"] == "no-cache" else ["/"])


def check_conditions(suite, preview):
    for path in ("/one/", "/leaf.svg"):
        status, headers, body = preview.get(path)
        tag = headers["ETag"]
        again = preview.get(path, If_None_Match=f'"x", W/{tag}')
        suite.check(f"{path}: 304 for the same", [] if again[0] == 304 and again[2] == b"" and again[1]["ETag"] == tag else [again])
        other = preview.get(path, If_None_Match='"other"')
        suite.check(f"{path}: 200 for another", [] if other[0] == 200 and other[2] == body else [other])
        head = preview.get(path, method="HEAD")
        right = head[0] == status and head[2] == b"" and head[1]["Content-Length"] == str(len(body))
        suite.check(f"{path}: HEAD", [] if right else [head])
    accept = {"Accept": "text/html"}
    tag = preview.get("/one/", **accept)[1]["ETag"]
    suite.check("a browser's page has its own tag", [] if tag != preview.get("/one/")[1]["ETag"] else [tag])
    suite.check("a browser's page: 304", [] if preview.get("/one/", If_None_Match=tag, **accept)[0] == 304 else [tag])


def check_ranges(suite, preview):
    for path in ("/one/", "/leaf.svg"):
        _, headers, whole = preview.get(path)
        size = len(whole)
        for asked, first, end in (("0-9", 0, 10), ("5-", 5, size), ("-7", size - 7, size), (f"0-{size * 2}", 0, size), (f"-{size * 2}", 0, size)):
            status, got, body = preview.get(path, Range=f"bytes={asked}")
            right = (status, got["Content-Range"], body) == (206, f"bytes {first}-{end - 1}/{size}", whole[first:end])
            suite.check(f"{path}: bytes={asked}", [] if right else [f"{status} {got['Content-Range']} {body[:40]}"])
        for asked in ("bytes=0-1,4-5", "bytes=9-2", "lines=1-2", "bytes=a-b", "bytes=-", "bytes=99999999999999999999-"):
            status, _, body = preview.get(path, Range=asked)
            suite.check(f"{path}: {asked} means all", [] if (status, body) == (200, whole) else [status])
        for asked in (f"bytes={size}-", "bytes=-0"):
            status, got, body = preview.get(path, Range=asked)
            suite.check(f"{path}: {asked} is outside", [] if (status, got["Content-Range"]) == (416, f"bytes */{size}") else [status, body])
        status, _, body = preview.get(path, Range="bytes=0-1", If_Range=headers["ETag"])
        suite.check(f"{path}: If-Range of this version", [] if (status, body) == (206, whole[:2]) else [status])
        status, _, body = preview.get(path, Range="bytes=0-1", If_Range='"other"')
        suite.check(f"{path}: If-Range of another", [] if (status, body) == (200, whole) else [status])


def check_places(suite, preview, files):
    for path in ("/one", "/ward", "/ward?x=1"):
        status, headers, _ = preview.get(path)
        wanted = path.replace("?", "/?") if "?" in path else path + "/"
        suite.check(f"{path}: goes to its folder", [] if (status, headers["Location"]) == (302, wanted) else [status, headers["Location"]])
    status, headers, body = preview.get("/nowhere/")
    suite.check("404 page", [] if (status, body) == (404, files["404.html"]) else [status, body])
    problems = []
    for path in TRAVERSALS:
        answer = preview.send(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        if not re.match(rb"HTTP/1.1 (400|404) ", answer) or b"root:" in answer or b"a secret" in answer or b"\nSet-Cookie" in answer:
            problems.append(f"{path}: {answer[:200]}")
    suite.check("no path leads out of the site", problems)


def check_hosts(suite, preview):
    def status(host, target="/one/"):
        head = f"GET {target} HTTP/1.1\r\n" + (f"Host: {host}\r\n" if host is not None else "") + "Connection: close\r\n\r\n"
        found = re.match(rb"HTTP/1\.1 (\d+)", preview.send(head.encode("latin-1")))
        return int(found.group(1)) if found else None
    ours = ("localhost", f"localhost:{preview.port}", "127.0.0.1", "127.0.0.1:80", "[::1]:8080", "LOCALHOST", "clinic.localhost", "localhost.")
    suite.check("our names", [host for host in ours if status(host) != 200])
    others = ("evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "evil.example:8080", "192.0.2.1", "[::2]", "localhost:x", "[::1", "",
              "evil.example localhost", "localhost@evil.example", "0.0.0.0", "127.0.0.1:8080:9")
    suite.check("names of others", [f"{host}: {status(host)}" for host in others if status(host) not in (400, 403)])
    suite.check("no name", [] if status(None) in (400, 403) else [status(None)])
    suite.check("a whole URL of ours", [] if status("localhost", "http://localhost/one/") == 200 else [status("localhost", "http://localhost/one/")])
    suite.check("a whole URL of another", [] if status("localhost", "http://evil.example/one/") == 403 else ["let in"])


def check_bad_requests(suite, preview):
    """Whatever comes, something short goes back, and the next request is served."""
    bad = {
        "not HTTP": b"hello\r\n\r\n",
        "binary": bytes(range(256)) * 20,
        "a long address": b"GET /" + b"a" * 6000 + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "a huge address": b"GET /" + b"a" * 2_000_000,
        "a huge header": b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 2_000_000 + b"\r\n\r\n",
        "many headers": b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"A: b\r\n" * 100_000 + b"\r\n",
        "a huge body": b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000000\r\n\r\n" + b"x" * 2_000_000,
        "a huge chunk": b"GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffff\r\nxx",
        "a negative length": b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
    }
    for name, data in bad.items():
        answer = b""
        try:
            answer = preview.send(data, 5)
        except (ConnectionError, BrokenPipeError):
            pass  # cut off while it was still sending
        problems = [] if not answer or re.match(rb"HTTP/1\.[01] (400|413|414|431|501|200|503|403) ", answer) else [answer[:200]]
        status = preview.get("/one/")[0]
        suite.check(f"{name}: bounded", problems + ([] if status == 200 else [f"then {status}"]))
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW"):
        status, headers, _ = preview.get("/one/", method=method)
        suite.check(f"{method} is refused", [] if (status, headers["Allow"]) == (405, "GET, HEAD") else [status])


def open_idle(preview, count):
    connections = []
    for _ in range(count):
        connection = socket.create_connection(("127.0.0.1", preview.port), timeout=10)
        connection.sendall(b"GET /one/ HTTP/1.1\r\nHost: local")
        connections.append(connection)
    return connections


def check_idle(suite, preview):
    """1,000 connections that begin a request and say no more."""
    before = preview.memory()
    idle = open_idle(preview, 1000)
    began = time.monotonic()
    problems = [status for status in (preview.get("/one/")[0] for _ in range(20)) if status != 200]
    suite.check("1,000 idle connections: the next is served", problems)
    more = preview.memory() - before
    suite.check("1,000 idle connections: memory", [] if more < 100 << 20 else [f"{more} bytes more"])
    idle[0].settimeout(60)
    try:
        ended = idle[0].recv(1) == b""
    except OSError:
        ended = True
    suite.check("an idle connection is ended", [] if ended and time.monotonic() - began < 50 else [f"{time.monotonic() - began} s"])
    for connection in idle:
        connection.close()


def check_follow(suite, preview):
    state = preview.state()
    suite.check("a page that follows is told the state", [] if '"generation"' in state and '"errors": 0' in state else [state])
    listeners = [socket.create_connection(("127.0.0.1", preview.port)) for _ in range(220)]
    for connection in listeners:
        connection.sendall(b"GET /__events HTTP/1.1\r\nHost: localhost\r\n\r\n")
    heads = [connection.recv(64)[:12] for connection in listeners]
    suite.check("followers are bounded", [] if heads.count(b"HTTP/1.1 200") <= 200 and b"HTTP/1.1 503" in heads else [heads.count(b"HTTP/1.1 200")])
    suite.check("with all of them, pages are served", [] if preview.get("/one/")[0] == 200 else ["no"])
    for connection in listeners:
        connection.close()
