#!/usr/bin/env python3
"""Checks what the formatter does not: names, places and lengths of the Swift files.

    Scripts/check-files.py

- `Type.swift` declares Type, or a function or constant of that name, or several functions whose names
  end in its last word; `Type+Topic.swift` extends Type.
- `XTests.swift` lies below Tests in the folder that X.swift has below Sources.
- Files of Sources have at most 300 lines, functions at most 40.
- One file alone imports the C library; others import `CLibrary`.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
MOST_LINES, MOST_LINES_OF_FUNCTION = 300, 40
MODIFIERS = r"(?:@\w+(?:\([^)]*\))? |public |package |internal |private |fileprivate |final |indirect |nonisolated )*"
TYPE = re.compile(rf"^{MODIFIERS}(?:struct|class|enum|actor|protocol|typealias) (\w+)", re.M)
EXTENSION = re.compile(rf"^{MODIFIERS}extension (?:\w+<)?\[?([\w.]+)", re.M)
VALUE = re.compile(rf"^{MODIFIERS}(?:func|let|var) (\w+)", re.M)
FUNCTION = re.compile(r"^( *)(?:@\w+(?:\([^)]*\))? )*(?:[a-z]+ )*(?:func |init[?]?[(<]|deinit )")
C_LIBRARY = re.compile(r"^.*import (?:Glibc|Musl|Darwin)$", re.M)


def holds_its_name(name, text):
    if "+" in name:
        return any(e.split(".")[-1] == name.split("+")[0] for e in EXTENSION.findall(text))
    if name in TYPE.findall(text):
        return True
    values = [value.lower() for value in VALUE.findall(text)]
    last_word = re.search(r"[A-Z][a-z]+$", name)
    return name.lower() in values or (
        last_word is not None and sum(v.endswith(last_word[0].lower().rstrip("s")) for v in values) > 1)


def long_functions(lines):
    """The first line and the length of each function that is too long."""
    for start, line in enumerate(lines):
        if not (match := FUNCTION.match(line)):
            continue
        indent = match[1]
        # A signature of several lines closes its parentheses at the function's own indentation.
        head = next((l for l in lines[start:] if not l.startswith(indent + " ") and not l.endswith("(")), "")
        if head.endswith("{"):
            length = lines[start:].index(indent + "}") + 1
            if length > MOST_LINES_OF_FUNCTION:
                yield start + 1, length


def complaints():
    files = [p for part in ("Sources", "Tests") for p in sorted((ROOT / part).rglob("*.swift"))]
    folders = {}
    for path in files:
        if path.is_relative_to(ROOT / "Sources"):
            folders.setdefault(path.stem, set()).add(path.parent.relative_to(ROOT / "Sources"))
    for path in files:
        place, text = path.relative_to(ROOT), path.read_text()
        lines = text.splitlines()
        if not holds_its_name(path.stem, text) and place.stem != "CLibrary":
            yield place, 1, "expected a type or an extension named like the file"
        if len(lines) > MOST_LINES and place.parts[0] == "Sources":
            yield place, len(lines), f"expected at most {MOST_LINES} lines, found {len(lines)}"
        for line, length in long_functions(lines) if place.parts[0] == "Sources" else ():
            yield place, line, (
                f"expected a function of at most {MOST_LINES_OF_FUNCTION} lines, found {length}")
        if C_LIBRARY.search(text) and place.stem != "CLibrary":
            yield place, 1, "expected `import CLibrary`, found the library of one system"
        homes = folders.get(path.stem.removesuffix("Tests"), ()) if path.stem.endswith("Tests") else ()
        if homes:
            folder = "/".join(place.parent.parts[1:])
            expected = sorted(m for m in map(mirrored, homes) if m.split("/")[0] == place.parts[1])
            if expected and folder not in expected:
                yield place, 1, f"expected it in Tests/{expected[0]}"


def mirrored(home):
    """The folder of tests for a folder of sources."""
    target, *rest = home.parts
    tests = {"StrataCommand": "CommandTests"}.get(target, target + "Tests")
    return "/".join([tests, *rest])


def main():
    found = list(complaints())
    for place, line, complaint in found:
        print(f"{place}:{line}: {complaint}", file=sys.stderr)
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
