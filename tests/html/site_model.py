"""A built site as the checks see it: pages with their ids, references and inline code; and where a URL leads."""

import posixpath
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

# Attributes that make a browser fetch something while it shows the page, by element.
FETCHED = {
    "img": ["src", "srcset"], "source": ["src", "srcset"], "script": ["src"], "iframe": ["src"], "embed": ["src"],
    "audio": ["src"], "video": ["src", "poster"], "track": ["src"], "object": ["data"], "input": ["src"],
    "use": ["href", "xlink:href"], "image": ["href", "xlink:href"],
}
FETCHED_LINK = {"stylesheet", "icon", "apple-touch-icon", "preload", "modulepreload", "manifest", "mask-icon"}


@dataclass
class Reference:
    url: str
    line: int
    what: str
    fetched: bool


@dataclass
class Page:
    path: str  # relative to the site's folder
    ids: set = field(default_factory=set)
    references: list = field(default_factory=list)
    styles: list = field(default_factory=list)  # URLs of style sheets
    paper_styles: set = field(default_factory=set)  # those of them that only a printer uses: nobody waits for them
    inline: list = field(default_factory=list)  # (kind, line, what)
    canonical: str = ""
    characters: int = 0
    lang: str = ""  # of the page
    text_lang: str = ""  # of its text, when that is another one
    indexed: bool = True
    redirects: bool = False
    encoding: str = ""  # what is wrong with it

    @property
    def repeats(self):
        """The page shows the text of a page in another language."""
        return self.text_lang not in ("", self.lang)


class PageParser(HTMLParser):
    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.page = page

    def refer(self, url, what, fetched):
        self.page.references.append(Reference(url.strip(), self.getpos()[0], what, fetched))

    def handle_starttag(self, tag, attrs):
        attributes = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.page.lang = attributes.get("lang", "")
        if "content" in attributes.get("class", "").split():
            self.page.text_lang = attributes.get("lang", "")
        if "id" in attributes:
            self.page.ids.add(attributes["id"])
        for name in FETCHED.get(tag, []):
            if name == "srcset":
                for candidate in attributes.get(name, "").split(","):
                    if candidate.strip():
                        self.refer(candidate.split()[0], f"<{tag} {name}>", True)
            elif name in attributes:
                self.refer(attributes[name], f"<{tag} {name}>", True)
        if tag in ("a", "area") and "href" in attributes:
            self.refer(attributes["href"], f"<{tag}>", False)
        if tag == "form" and "action" in attributes:
            self.refer(attributes["action"], "<form action>", False)
        if tag == "link":
            self.link(attributes)
        if tag == "meta":
            self.meta(attributes)
        self.find_inline(tag, attributes)

    def link(self, attributes):
        relations = set(attributes.get("rel", "").lower().split())
        url = attributes.get("href", "")
        self.refer(url, f"<link rel={' '.join(sorted(relations))}>", bool(relations & FETCHED_LINK))
        if "stylesheet" in relations:
            self.page.styles.append(url)
            if attributes.get("media", "").lower() == "print":
                self.page.paper_styles.add(url)
        if "canonical" in relations:
            self.page.canonical = url

    def meta(self, attributes):
        content = attributes.get("content", "")
        if attributes.get("name", "").lower() == "robots" and "noindex" in content.lower():
            self.page.indexed = False
        if attributes.get("property", "") in ("og:url", "og:image"):
            self.refer(content, f"<meta {attributes['property']}>", False)
        if attributes.get("http-equiv", "").lower() == "refresh":
            target = re.search(r"url\s*=\s*['\"]?([^'\"]+)", content, re.I)
            self.page.redirects = True
            self.refer(target.group(1) if target else "", "<meta refresh>", False)

    def find_inline(self, tag, attributes):
        line = self.getpos()[0]
        if tag == "style":
            self.page.inline.append(("inline-style", line, "<style>"))
        if "style" in attributes:
            self.page.inline.append(("inline-style", line, f"<{tag} style=\"{attributes['style']}\">"))
        if tag == "script" and "src" not in attributes and attributes.get("type", "").lower() != "application/ld+json":
            self.page.inline.append(("inline-script", line, "<script> without src"))
        for name, value in attributes.items():
            if name.startswith("on") or value.strip().lower().startswith("javascript:"):
                self.page.inline.append(("inline-script", line, f'<{tag} {name}="{value}">'))

    handle_startendtag = handle_starttag


class Site:
    """All pages of a folder. `base` is the absolute URL under which the folder is published, from the home page."""

    def __init__(self, root):
        self.root = Path(root)
        self.files = {str(path.relative_to(self.root)) for path in self.root.rglob("*") if path.is_file()}
        self.pages = {name: self.read(name) for name in sorted(self.files) if name.endswith(".html")}
        home = self.pages.get("index.html")
        self.base = urljoin(home.canonical if home and home.canonical else "https://example.org/", ".")
        self.host = urlsplit(self.base).netloc
        self.base_path = urlsplit(self.base).path or "/"

    def read(self, name):
        content = (self.root / name).read_bytes()
        page = Page(name, characters=len(content.decode("utf-8", errors="replace")))
        try:
            content.decode("utf-8")
        except UnicodeDecodeError as error:
            page.encoding = f"byte {error.start}: {error.reason}: {content[max(0, error.start - 30):error.start + 10]!r}"
        parser = PageParser(page)
        parser.feed(content.decode("utf-8", errors="replace"))
        parser.close()
        if name == "404.html":
            page.indexed = False  # it comes with status 404, which nobody indexes
        return page

    def url_of(self, name):
        """The absolute URL of a file; a folder's index.html has the folder's."""
        if posixpath.basename(name) == "index.html":
            name = name[: -len("index.html")]
        return self.base + name

    def is_local(self, url):
        parts = urlsplit(url)
        return parts.scheme in ("", "http", "https") and parts.netloc in ("", self.host)

    def resolve(self, name, url):
        """(file, fragment) that a local URL on file `name` leads to; file is None when there is none."""
        parts = urlsplit(urljoin(self.url_of(name), url))
        path = unquote(parts.path) or "/"
        if not path.startswith(self.base_path):
            return None, ""
        target = path[len(self.base_path):]
        if target == "" or target.endswith("/"):
            target += "index.html"
        return (target if target in self.files else None), unquote(parts.fragment)
