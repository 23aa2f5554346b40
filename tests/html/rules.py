"""Rules that hold on every page of a built site, and for its sitemap, feed and robots.txt.

A rule is a function (site, page) -> list of text, in PAGE_RULES by its name, or (site) -> list of text in SITE_RULES.
Each has a fixture that breaks it, in fixtures/, listed in fixtures/expected."""

import re
import subprocess
import tempfile
import xml.etree.ElementTree as ElementTree
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

# HTML and CSS together: what a slow phone gets in a few seconds. Counted in characters, since compression evens out that
# Arabic takes two bytes a letter; Spanish needs a fifth more of them than English.
PAGE_SIZE_MOST = 65_000
OTHER_SCHEMES = {"mailto", "tel", "sms", "geo"}
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ATOM = "{http://www.w3.org/2005/Atom}"
XSD = Path(__file__).resolve().parent.parent / "node_modules/sitemap/schema/sitemap.xsd"


def references(site, page):
    """Local references that lead to no file."""
    problems = []
    for ref in page.references:
        scheme = urlsplit(ref.url).scheme
        if ref.url == "":
            problems.append(f"line {ref.line}: {ref.what} is empty")
        elif scheme and scheme not in OTHER_SCHEMES | {"http", "https", "data"}:
            problems.append(f"line {ref.line}: {ref.what} {ref.url}: what is {scheme}:?")
        elif site.is_local(ref.url) and site.resolve(page.path, ref.url)[0] is None:
            problems.append(f"line {ref.line}: {ref.what} {ref.url} leads to no file")
    return problems


def fragments(site, page):
    """Local links to a place that the target page does not have."""
    problems = []
    for ref in page.references:
        if not ref.url or not site.is_local(ref.url):
            continue
        target, fragment = site.resolve(page.path, ref.url)
        if fragment.lower() not in ("", "top") and target in site.pages and fragment not in site.pages[target].ids:
            problems.append(f"line {ref.line}: {ref.what} {ref.url}: {target} has no id \"{fragment}\"")
    return problems


def third_party(site, page):
    """Whatever a browser would fetch from another host, by the page or by its style sheets."""
    problems = [f"line {ref.line}: {ref.what} {ref.url}" for ref in page.references
                if ref.fetched and not site.is_local(ref.url) and urlsplit(ref.url).scheme != "data"]
    for name in style_files(site, page):
        problems += [f"{name}: {url}" for url in css_urls(site, name)
                     if not site.is_local(url) and urlsplit(url).scheme != "data"]
    return problems


def style_references(site, page):
    """Local url(…) and @import of the page's style sheets that lead to no file."""
    problems = []
    for name in style_files(site, page):
        for url in css_urls(site, name):
            if site.is_local(url) and not url.startswith("#") and site.resolve(name, url)[0] is None:
                problems.append(f"{name}: {url} leads to no file")
    return problems


def style_files(site, page, paper=True):
    """The page's local style sheets and all that they import; without `paper` only those that a screen needs."""
    found = []
    waiting = [(page.path, url) for url in page.styles if paper or url not in page.paper_styles]
    while waiting:
        base, url = waiting.pop()
        name = site.resolve(base, url)[0] if site.is_local(url) else None
        if name and name not in found:
            found.append(name)
            waiting += [(name, imported) for imported in css_imports(site, name)]
    return found


def css_text(site, name):
    return re.sub(r"/\*.*?\*/", "", (site.root / name).read_text("utf-8"), flags=re.S)


def css_imports(site, name):
    return re.findall(r"@import\s+(?:url\(\s*)?[\"']?([^\"')\s;]+)", css_text(site, name))


def css_urls(site, name):
    quoted = re.findall(r"url\(\s*(?:\"([^\"]*)\"|'([^']*)'|([^\"')]*))\s*\)", css_text(site, name))
    return ["".join(parts).strip() for parts in quoted] + css_imports(site, name)


def inline_style(_site, page):
    return [f"line {line}: {what}" for kind, line, what in page.inline if kind == "inline-style"]


def inline_script(_site, page):
    return [f"line {line}: {what}" for kind, line, what in page.inline if kind == "inline-script"]


def weight(site, page):
    total = page.characters + sum((site.root / name).stat().st_size for name in style_files(site, page, paper=False))
    return [f"{total} characters of HTML and CSS, at most {PAGE_SIZE_MOST}"] if total > PAGE_SIZE_MOST else []


def canonical(site, page):
    """A page that search engines may list names its own absolute URL. One that shows the text of another language, because
    it has no translation, names the page that it repeats: the same address without the language in front."""
    if not page.indexed or page.redirects:
        return []
    wanted = site.url_of(page.path.split("/", 1)[-1] if page.repeats else page.path)
    return [] if page.canonical == wanted else [f"canonical link is \"{page.canonical}\", should be {wanted}"]


def lost_page(site, page):
    """404.html is served at any depth: whatever it refers to must not depend on where it stands."""
    if page.path != "404.html":
        return []
    return [f"line {ref.line}: {ref.what} {ref.url} is relative" for ref in page.references
            if not urlsplit(ref.url).scheme and not ref.url.startswith(("/", "#"))]


def utf_8(_site, page):
    return [page.encoding] if page.encoding else []


PAGE_RULES = {
    "utf-8": utf_8, "references": references, "fragments": fragments, "third-party": third_party,
    "style-references": style_references, "inline-style": inline_style, "inline-script": inline_script, "weight": weight,
    "canonical": canonical, "lost-page": lost_page,
}


def sitemap(site):
    """Valid by its schema; lists every page that may be listed, once, and nothing else."""
    path = site.root / "sitemap.xml"
    if not path.is_file():
        return ["sitemap.xml is missing"]
    try:
        tree = ElementTree.parse(path)
    except ElementTree.ParseError as error:
        return [f"sitemap.xml: {error}"]
    problems = [f"{element.tag}: its href {element.get('href')} leads to no page"
                for element in tree.iter() if element.get("hreflang")
                and site.resolve("index.html", element.get("href", ""))[0] not in site.pages]
    problems += schema_problems(tree)
    listed = [element.text or "" for element in tree.iter(SITEMAP + "loc")]
    wanted = {site.url_of(page.path) for page in site.pages.values() if page.indexed and not page.redirects and not page.repeats}
    problems += [f"{url} is listed and is no page" for url in sorted(set(listed) - wanted)]
    problems += [f"{url} is not listed" for url in sorted(wanted - set(listed))]
    problems += [f"{url} is listed twice" for url in sorted({url for url in listed if listed.count(url) > 1})]
    return problems


def schema_problems(tree):
    """What xmllint says by the sitemap's XSD. Elements of other namespaces (xhtml:link) have no schema at hand: left out."""
    for parent in list(tree.iter()):
        for child in list(parent):
            if not child.tag.startswith(SITEMAP):
                parent.remove(child)
    with tempfile.NamedTemporaryFile(suffix=".xml") as copy:
        tree.write(copy.name, encoding="utf-8", xml_declaration=True)
        run = subprocess.run(["xmllint", "--nonet", "--noout", "--schema", str(XSD), copy.name],
                             capture_output=True, text=True, check=False)
        return run.stderr.replace(copy.name, "sitemap.xml").splitlines() if run.returncode else []


def feeds(site):
    """The home page links a feed; each feed is Atom by RFC 4287, sections 4.1 and 4.2."""
    linked = [ref for ref in site.pages["index.html"].references if ref.what == "<link rel=alternate>"]
    names = sorted({name for ref in linked for name in [site.resolve("index.html", ref.url)[0]]
                    if name and name.endswith((".xml", ".atom"))})
    if not names:
        return ["the home page links no feed"]
    return [f"{name}: {problem}" for name in names for problem in feed_problems(site, name)]


def feed_problems(site, name):
    try:
        feed = ElementTree.parse(site.root / name).getroot()
    except ElementTree.ParseError as error:
        return [str(error)]
    if feed.tag != ATOM + "feed":
        return [f"its root is {feed.tag}"]
    problems = entry_problems(feed, "feed")
    own = [link.get("href", "") for link in feed.findall(ATOM + "link") if link.get("rel") == "self"]
    if own != [site.base + name]:
        problems.append(f"its link rel=self is {own}, should be {site.base + name}")
    entries = feed.findall(ATOM + "entry")
    ids = [entry.findtext(ATOM + "id", "") for entry in entries]
    problems += [f"the id {one} is used twice" for one in sorted({one for one in ids if ids.count(one) > 1})]
    if feed.find(ATOM + "author") is None and any(entry.find(ATOM + "author") is None for entry in entries):
        problems.append("there is no author, neither for the feed nor for each entry")
    for entry in entries:
        where = f"entry {entry.findtext(ATOM + 'id', '?')}"
        problems += entry_problems(entry, where)
        links = [link.get("href", "") for link in entry.findall(ATOM + "link") if link.get("rel", "alternate") == "alternate"]
        if entry.find(ATOM + "content") is None and not links:
            problems.append(f"{where}: neither content nor a link rel=alternate")
        problems += [f"{where}: the link {url} leads to no page" for url in links
                     if not site.is_local(url) or not urlsplit(url).scheme
                     or site.resolve("index.html", url)[0] not in site.pages]
    return problems


def entry_problems(element, where):
    """What a feed and an entry both need: one id (absolute), one title, one date of RFC 3339."""
    problems = []
    for tag in ("id", "title", "updated"):
        count = len(element.findall(ATOM + tag))
        if count != 1 or not (element.findtext(ATOM + tag) or "").strip():
            problems.append(f"{where}: {count} <{tag}>, needs one with text")
    if not urlsplit(element.findtext(ATOM + "id", "")).scheme:
        problems.append(f"{where}: its id is no absolute URI")
    updated = element.findtext(ATOM + "updated", "")
    try:
        aware = datetime.fromisoformat(updated.replace("Z", "+00:00")).tzinfo is not None
    except ValueError:
        aware = False
    if not aware or "T" not in updated:
        problems.append(f"{where}: <updated> \"{updated}\" is no date and time with zone")
    return problems


def robots(site):
    path = site.root / "robots.txt"
    if not path.is_file():
        return ["robots.txt is missing"]
    lines = [line.partition(":") for line in path.read_text("utf-8").splitlines()]
    named = [value.strip() for key, _, value in lines if key.strip().lower() == "sitemap"]
    return [] if named == [site.base + "sitemap.xml"] else [f"names as sitemap {named}, should be {site.base}sitemap.xml"]


def lost(site):
    return [] if "404.html" in site.pages else ["404.html is missing"]


SITE_RULES = {"sitemap": sitemap, "feeds": feeds, "robots": robots, "has-404": lost}
