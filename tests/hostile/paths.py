"""Names and kinds of files that lead elsewhere, hide something, or are no file on another system.

CASES: name -> function that makes it in a site's folder, and what must be said (None: the site is built)."""

import os
import socket


def file(name, text="x"):
    def make(folder):
        path = os.path.join(os.fsencode(folder), b"content", name if isinstance(name, bytes) else os.fsencode(name))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as made:
            made.write(text)

    return make


def page(text):
    return file("bad.md", "---\ntitle: Bad\n---\n" + text)


def link(name, target, settings=""):
    def make(folder):
        (folder / "outside").mkdir(exist_ok=True)
        (folder / "outside" / "secret.txt").write_text("secret")
        (folder / "content" / "inside.txt").write_text("inside")
        if settings:
            with open(folder / "content" / "site.yaml", "a", encoding="utf-8") as site:
                site.write(settings)
        (folder / "content" / name).parent.mkdir(exist_ok=True)
        (folder / "content" / name).symlink_to(target)

    return make


def both(*makers):
    def make(folder):
        for maker in makers:
            maker(folder)

    return make


def fifo(folder):
    os.mkfifo(folder / "content" / "pipe.md")


def data_fifo(folder):
    os.mkfifo(folder / "content" / "facts.yaml")


def unix_socket(folder):
    at = os.getcwd()
    os.chdir(folder / "content")  # a socket's path is short
    try:
        socket.socket(socket.AF_UNIX).bind("s.md")
    finally:
        os.chdir(at)


def unreadable(folder):
    page("Text.")(folder)
    (folder / "content" / "bad.md").chmod(0)


CASES = {
    "newline": (file("a\nb.md"), r"content/a\ufffdb\.md: error: .*\[file-name\]"),
    "escape": (file("a\033[31m.md"), r"content/a\ufffd\[31m\.md: error: .*\[file-name\]"),
    "not UTF-8": (file(b"a\xff.md"), r"error: .*\[file-name\]"),
    "overlong UTF-8": (file(b"a\xc0\xaf.md"), r"error: .*\[file-name\]"),
    "newline in a picture's name": (file("a\nb.png"), r"error: .*\[file-name\]"),
    "FIFO": (fifo, r"content/pipe\.md: error: .*\[file-special\]"),
    "FIFO as a data file": (data_fifo, r"content/facts\.yaml: error: "),
    "socket": (unix_socket, r"content/s\.md: error: .*\[file-special\]"),
    "link out": (link("bad.txt", "../outside/secret.txt"), r"content/bad\.txt: error: .*\[file-link\]"),
    "link out, absolute": (link("bad.txt", "/etc/passwd"), r"content/bad\.txt: error: .*\[file-link\]"),
    "link to a device": (link("bad.txt", "/dev/zero"), r"content/bad\.txt: error: .*\[file-link\]"),
    "link to a folder": (link("bad", "../outside"), r"content/bad: error: .*\[file-link\]"),
    "link to itself": (link("bad.txt", "bad.txt"), r"content/bad\.txt: error: .*\[file-link\]"),
    "link to nothing": (link("bad.txt", "nothing"), r"content/bad\.txt: error: .*\[file-link\]"),
    "link as a data file": (link("facts.yaml", "/etc/passwd"), r"content/facts\.yaml: error: .*\[file-link\]"),
    "link into a folder beside the allowed one": (
        link("bad.txt", "../outside/secret.txt", "links: [out, outsid, /usr]\n"), r"content/bad\.txt: error: .*\[file-link\]"),
    "link inside": (link("good.txt", "inside.txt"), None),
    "link into an allowed folder": (link("good.txt", "../outside/secret.txt", "links: [outside]\n"), None),
    "link up in a page": (page("[a](../../etc/passwd)"), r"bad\.md:4:\d+: error: .*\[link-outside\]"),
    "link up, encoded": (page("[a](%2e%2e/%2e%2e/etc/passwd)"), r"bad\.md:4:\d+: error: .*\[link-outside\]"),
    "picture up": (page("![a](../../etc/passwd)"), r"bad\.md:4:\d+: error: .*\[link-outside\]"),
    "absolute file": (page("[a](/etc/passwd)"), r"bad\.md:4:\d+: error: .*\[link-url\]"),
    "alias up": (file("bad.md", "---\ntitle: Bad\naliases: [/../../x/]\n---\n"), r"bad\.md:3:\d+: error: .*\[alias\]"),
    "alias with dots": (file("bad.md", "---\ntitle: Bad\naliases: [/a/./b/]\n---\n"), r"bad\.md:3:\d+: error: .*\[alias\]"),
    "alias not rooted": (file("bad.md", "---\ntitle: Bad\naliases: [etc/passwd]\n---\n"), r"bad\.md:3:\d+: error: .*\[alias\]"),
    "alias into the notes": (file("bad.md", "---\ntitle: Bad\naliases: [/.pamphlet/manifest/]\n---\n"), r"bad\.md:3:\d+: error: .*\[alias\]"),
    "alias with a control character": (file("bad.md", '---\ntitle: Bad\naliases: ["/a\\nb/"]\n---\n'), r"bad\.md:3:\d+: error: .*\[alias\]"),
    "alias of a device": (file("bad.md", "---\ntitle: Bad\naliases: [/nul/]\n---\n"), r"bad\.md:3:\d+: error: .*\[file-name-elsewhere\]"),
    "device": (file("con.md", "---\ntitle: Con\n---\n"), r"con\.md: error: .*\[file-name-elsewhere\]"),
    "device with an ending": (file("LPT1.tar.gz"), r"LPT1\.tar\.gz: error: .*\[file-name-elsewhere\]"),
    "device as a folder": (file("Aux/a.png"), r"Aux/a\.png: error: .*\[file-name-elsewhere\]"),
    "nearly a device": (both(file("com0.txt"), file("console.txt"), file("lpt10.txt"), file("my-con.txt")), None),
    "dot at the end": (file("a."), r"a\.: error: .*\[file-name-elsewhere\]"),
    "space at the end": (file("a.png "), r"a\.png : error: .*\[file-name-elsewhere\]"),
    "colon": (file("a:b.png"), r"a:b\.png: error: .*\[file-name-elsewhere\]"),
    "backslash": (file("a\\b.png"), r"error: .*\[file-name-elsewhere\]"),
    "quote and angle": (file('a"><script>.png'), r"error: .*\[file-name-elsewhere\]"),
    "case": (both(file("A.png"), file("a.png")), r"a\.png: error: .*\[file-name-case\]"),
    "case beyond ASCII": (both(file("\u00c4.png"), file("\u00e4.png")), r"error: .*\[file-name-case\]"),
    "case of a folder": (both(file("Fotos/a.png"), file("fotos/A.png")), r"error: .*\[file-name-case\]"),
    "unreadable": (unreadable, r"content/bad\.md: error: this file cannot be read: Permission denied"),
}
