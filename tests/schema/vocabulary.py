"""The vocabulary of schema.org, read from the type declarations of npm's schema-dts (made from schema.org's own files)."""

import re

TEXTUAL = {"Text", "URL", "Date", "DateTime", "Time", "Number", "Integer", "Float", "Boolean"}
IRI = "https://schema.org/"


class Vocabulary:
    """Types with their parents, properties with what they take, enumerations with their members."""

    def __init__(self, path):
        self.parents = {}  # type: direct parents
        self.properties = {}  # type: {property: set of types it takes}
        self.members = {}  # enumeration: set of its members, as URL and as bare name
        self._read(path.read_text("utf-8"))

    def _read(self, text):
        for name, bases, body in re.findall(r"^interface (\w+)Base extends ([^{]+)\{(.*?)^\}", text, re.M | re.S):
            self.parents[name] = [base.removesuffix("Base") for base in re.findall(r"\w+Base", bases)]
            self.properties[name] = {
                key: set(re.findall(r"\w+", takes))
                for key, takes in re.findall(r'^    "(\w+)"\?: SchemaValue<(.*), "\w+">;$', body, re.M)
            }
        for name, bases in re.findall(r'^export interface (\w+)Leaf extends ([^{]+)\{', text, re.M):
            if name not in self.parents:  # a type without properties of its own
                self.parents[name] = [base.removesuffix("Base") for base in re.findall(r"\w+Base", bases)]
        for name, union in re.findall(r"^export type (\w+) = (.*);$", text, re.M):
            members = set(re.findall(r'"([^"]+)"', union))
            if members:
                self.members[name] = members

    def is_type(self, name):
        return name in self.parents

    def ancestors(self, name):
        """The type itself and all that it is a kind of."""
        found, ahead = set(), [name]
        while ahead:
            at = ahead.pop()
            if at not in found:
                found.add(at)
                ahead += self.parents.get(at, [])
        return found

    def takes(self, types, key):
        """The types that a property of a node of these types takes; None when they have no such property."""
        found = None
        for name in {ancestor for one in types for ancestor in self.ancestors(one)}:
            if key in self.properties.get(name, {}):
                found = (found or set()) | self.properties[name][key]
        return found

    def takes_type(self, takes, name):
        return bool(self.ancestors(name) & takes)

    def takes_text(self, takes, text):
        """Whether plain text may stand there: a text type, a member of an enumeration, the URL of any thing."""
        if "Thing" in takes and text.startswith("https://"):
            return True
        return bool(takes & TEXTUAL) or any(text in self.members.get(name, ()) for name in takes)

    def takes_number(self, takes):
        return bool(takes & {"Number", "Integer", "Float"})
