"""What must hold for the JSON-LD of a page. A rule is a generator of findings; its name is the first word of each line."""

import datetime
import json
import re

from vocabulary import IRI

CLINICAL = "MedicalWebPage"
DATES = {"datePublished", "dateModified", "lastReviewed", "dateCreated", "validFrom", "validThrough"}
URLS = {"url", "item", "@id"}


def nodes(value):
    """Every map in a graph, references too."""
    if isinstance(value, dict):
        yield value
        for item in value.values():
            yield from nodes(item)
    elif isinstance(value, list):
        for item in value:
            yield from nodes(item)


def types_of(node):
    given = node.get("@type", [])
    return given if isinstance(given, list) else [given]


def as_list(value):
    return value if isinstance(value, list) else [value]


def of_type(graph, name):
    return [node for node in nodes(graph) if name in types_of(node)]


def no_duplicate_keys(pairs):
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is given twice")
    return found


def parse(page):
    """The graph of a page and what is wrong before there is one."""
    if page.redirects:
        return None, ["script: a page that only sends on has one"] if page.scripts else []
    if len(page.scripts) != 1:
        return None, [f"script: {len(page.scripts)} of them, not one"]
    try:
        data = json.loads(page.scripts[0], object_pairs_hook=no_duplicate_keys)
    except ValueError as error:
        return None, [f"json: {error}"]
    if not isinstance(data, dict) or data.get("@context") != IRI.rstrip("/") or not isinstance(data.get("@graph"), list):
        return None, ["context: not a graph in the context https://schema.org"]
    return data["@graph"], []


def check_references(page, graph, _):
    ids = [node["@id"] for node in nodes(graph) if "@id" in node and len(node) > 1]
    for twice in {one for one in ids if ids.count(one) > 1}:
        yield f"id: {twice} is given twice"
    for node in nodes(graph):
        if list(node) == ["@id"] and node["@id"] not in ids:
            yield f"reference: {node['@id']} is not in the graph"
    if page.canonical and f"{page.canonical}#webpage" not in ids:
        yield f"reference: no node for the page itself, {page.canonical}#webpage"
    reached, ahead = set(), [f"{page.canonical}#webpage"]
    by_id = {node["@id"]: node for node in nodes(graph) if "@id" in node and len(node) > 1}
    while ahead:
        at = ahead.pop()
        if at in by_id and at not in reached:
            reached.add(at)
            ahead += [node["@id"] for node in nodes(by_id[at]) if "@id" in node]
    for left in set(by_id) - reached if page.canonical else []:
        yield f"connected: {left} is not reached from the page"


def check_values(_page, graph, _):
    def walk(value, path):
        if value is None or value == "" or value == [] or value == {} or (isinstance(value, str) and value != value.strip()):
            yield f"empty: {path} is {value!r}"
        if isinstance(value, dict):
            for key, item in value.items():
                yield from walk(item, f"{path}.{key}")
        if isinstance(value, list):
            for place, item in enumerate(value):
                yield from walk(item, f"{path}[{place}]")
    yield from walk(graph, "@graph")


def check_urls(_page, graph, _):
    for node in nodes(graph):
        outside = "CreativeWork" in types_of(node)  # a source: someone else's address, which may be http
        for key in URLS & set(node):
            for url in as_list(node[key]):
                if not isinstance(url, str) or not re.match(r"https?://[^/\s]+/\S*$" if outside else r"https://[^/\s]+/\S*$", url):
                    yield f"url: {key} is {url!r}"


def check_dates(_page, graph, _):
    for node in nodes(graph):
        for key in DATES & set(node):
            try:
                datetime.datetime.fromisoformat(str(node[key]).replace("Z", "+00:00"))
            except ValueError:
                yield f"date: {key} is {node[key]!r}"
        for key in {"opens", "closes"} & set(node):
            if not re.fullmatch(r"([01]\d|2[0-4]):[0-5]\d", str(node[key])):
                yield f"date: {key} is {node[key]!r}"


def check_review(page, graph, _):
    for node in of_type(graph, CLINICAL):
        if node.get("@id") != f"{page.canonical}#webpage":
            continue  # the page that this one was translated from
        if "lastReviewed" not in node:
            yield "review: a clinical page without lastReviewed"
        if "reviewedBy" not in node:
            yield "review: a clinical page without reviewedBy"
        if as_list(node.get("audience", {}))[0].get("audienceType") != "Patient":
            yield "review: a clinical page without the audience Patient"


def check_breadcrumb(page, graph, _):
    for node in of_type(graph, "BreadcrumbList"):
        items = as_list(node.get("itemListElement", []))
        positions = [item.get("position") for item in items]
        if positions != list(range(1, len(items) + 1)) or not items:
            yield f"breadcrumb: positions are {positions}"
        for item in items:
            if not item.get("name") or not item.get("item"):
                yield f"breadcrumb: an item lacks its name or its URL: {item}"
        if page.canonical and items and items[-1].get("item") != page.canonical:
            yield "breadcrumb: it does not end at this page"


# What a page does not say in so many words.
UNSAID = {
    "inLanguage", "position", "dayOfWeek",  # how it is written, not what
    "audienceType", "specialty", "medicalSpecialty",  # members of schema.org's lists, from words that are shown
    "isAcceptingNewPatients",  # said as a sentence
}
NAMED_BY_LINK = {"url", "item"}


def check_faq(_page, graph, _):
    for node in of_type(graph, "FAQPage"):
        if not of_type(node.get("mainEntity", []), "Question"):
            yield "faq: a FAQPage without questions"
    for node in of_type(graph, "Question"):
        answers = [answer.get("text") for answer in as_list(node.get("acceptedAnswer", []))]
        if not node.get("name") or not answers or not all(answers):
            yield f"faq: {node.get('name')!r} is not a question with an answer"


def unseen(page, types, key, value):
    """Whether a text, number or date of a node stands nowhere on the page."""
    if key in UNSAID or key.startswith("@") or isinstance(value, bool) or not value:
        return False
    if isinstance(value, (int, float)):
        return not any(str(value) in link for link in page.links)
    if key in DATES:
        return value not in page.times
    if key == "url" and {"WebSite", "MedicalClinic"} & set(types):
        return False  # where the reader is
    if key in NAMED_BY_LINK:
        return not page.links_to(value)
    if key in {"opens", "closes"} and value == "00:00":
        return False  # "closed"
    return not page.shows(value)


def check_visible(page, graph, _):
    for node in nodes(graph):
        for key, values in node.items():
            for value in as_list(values):
                if not isinstance(value, dict) and unseen(page, types_of(node), key, value):
                    yield f"visible: {types_of(node)[0]}.{key} {value!r}"


def check_vocabulary(_page, graph, words):
    ids = {node["@id"]: node for node in nodes(graph) if "@id" in node and len(node) > 1}
    for node in nodes(graph):
        types = types_of(node)
        if list(node) == ["@id"]:
            continue
        if not types:
            yield f"vocabulary: a node without a type: {node}"
        for unknown in [one for one in types if not words.is_type(one)]:
            yield f"vocabulary: schema.org has no type {unknown}"
        for old in [one for one in [*types, *node] if one in words.superseded]:
            yield f"superseded: {old}, by {', '.join(sorted(words.superseded[old]))}"
        for key, values in node.items():
            if key.startswith("@"):
                continue
            if not words.has(types, key):
                yield f"vocabulary: {types} has no property {key}"
                continue
            for value in as_list(values):
                yield from wrong_value(words, key, value, ids)


def wrong_value(words, key, value, ids):
    if isinstance(value, dict):
        target = ids.get(value.get("@id"), {}) if list(value) == ["@id"] else value
        if target and not words.takes_type(key, types_of(target)):
            yield f"vocabulary: {key} does not take {types_of(target)}"
    elif isinstance(value, str):
        if not words.takes_text(key, value):
            yield f"vocabulary: {key} does not take {value!r}"
    elif not words.takes_number(key, value):
        yield f"vocabulary: {key} does not take {value!r}"


def check_escapes(page, _graph, _):
    """What an HTML parser or a JavaScript engine would read as something else."""
    for script in page.scripts:
        for bad in [one for one in ("<", ">", "&", "\u2028", "\u2029") if one in script]:
            yield f"escape: {bad!r} stands in the script as it is"


RULES = [check_references, check_values, check_urls, check_dates, check_review, check_breadcrumb, check_faq, check_vocabulary,
         check_escapes, check_visible]


def findings(page, words, repeats=False):
    """All that is wrong with a page. One that repeats another in a foreign frame shows that page's words, not its links."""
    graph, found = parse(page)
    if graph is not None:
        for rule in RULES[:-1] if repeats else RULES:
            found += rule(page, graph, words)
    return found
