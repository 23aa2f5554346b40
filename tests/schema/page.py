"""What the rules look at in a page: its JSON-LD scripts, and its text as a reader sees it."""

import re
from html.parser import HTMLParser

UNSEEN = {"script", "style", "template", "title", "noscript"}
INLINE = {"a", "abbr", "b", "bdi", "bdo", "button", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s",
          "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"}


def folded(text):
    return re.sub(r"\s+", " ", text).strip()


class Page(HTMLParser):
    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.scripts = []  # texts of the ld+json scripts
        self.times = set()  # datetime attributes
        self.canonical = ""
        self.links = set()  # what is linked, as written
        self.redirects = False  # sends the reader on: no content of its own
        self._unseen = []
        self._script = None
        self._text = []
        self.feed(html)
        self.close()
        self.text = folded("".join(self._text))

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag in UNSEEN or "popover" in given or (self._unseen and self._unseen[-1] == tag):
            self._unseen.append(tag)  # a popover is shown when it is asked for
        if tag == "script" and given.get("type") == "application/ld+json":
            self._script = []
        if tag == "time" and given.get("datetime"):
            self.times.add(given["datetime"])
        if given.get("href"):
            self.links.add(given["href"])
        if tag == "link" and given.get("rel") == "canonical":
            self.canonical = given.get("href", "")
        if tag == "meta" and (given.get("http-equiv") or "").lower() == "refresh":
            self.redirects = True
        if tag not in INLINE:
            self._text.append(" ")

    def handle_endtag(self, tag):
        if self._unseen and self._unseen[-1] == tag:
            self._unseen.pop()
        if tag == "script" and self._script is not None:
            self.scripts.append("".join(self._script))
            self._script = None
        if tag not in INLINE:
            self._text.append(" ")

    def handle_data(self, data):
        if self._script is not None:
            self._script.append(data)
        elif not self._unseen:
            self._text.append(data)

    def shows(self, text):
        return folded(text).lower() in self.text.lower()

    def links_to(self, url):
        """Also without its origin, as pages of one site link to each other."""
        path = re.sub(r"^https?://[^/]+", "", url)
        return url == self.canonical or bool({url, path} & self.links)
