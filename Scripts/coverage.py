#!/usr/bin/env python3
"""Prints which share of the lines the tests run, and fails when it is too low.

    Scripts/coverage.py .build/coverage

The folder is the scratch path of `swift test --enable-code-coverage`, which leaves a report there.
"""

import json
import pathlib
import sys

# What reads bytes or text from outside, and what saves.
PARSING_AND_SAVING = [
    "Strata/Formats/", "Strata/Data/MappedFile.swift", "Strata/Data/OpenFile.swift",
    "Strata/Data/PhysicalMemory.swift", "Strata/Training/Checkpoint.swift",
    "Strata/Training/TrainingWarning.swift", "StrataLab/Data/Archive",
    "StrataLab/Data/DownloadAnswer.swift", "StrataLab/Data/HTTPDownload.swift",
    "StrataLab/Data/TarReader.swift",
    "StrataLab/Files/DurableFile.swift",
    "StrataLab/Files/FileSystem.swift", "StrataLab/Files/Folder", "StrataLab/Files/Inspection.swift",
    "StrataLab/Files/JSONFile.swift", "StrataLab/Files/OutputFile.swift",
    "StrataLab/Files/ReadStart.swift", "StrataLab/Recipes/",
    "StrataReproduction/Results/DivergedRun.swift",
    "StrataReproduction/Results/ReproducedCheck.swift",
    "StrataLab/Runs/Records/", "StrataLab/Runs/Training/",
    "StrataLab/Search/Space/SearchDimension+Text.swift", "StrataLab/Search/Study/",
]
GROUPS = [("parsing and saving", PARSING_AND_SAVING, 95), ("the library", ["Strata/"], 85)]


def lines_by_file(scratch):
    """Lines that can run and lines that ran, of every file below Sources."""
    report = next(scratch.glob("*/debug/codecov/strata.json")).read_text()
    sources = f"{pathlib.Path.cwd()}/Sources/"
    return {
        entry["filename"].removeprefix(sources): entry["summary"]["lines"]
        for entry in json.loads(report)["data"][0]["files"]
        if entry["filename"].startswith(sources)}


def main():
    files = lines_by_file(pathlib.Path(sys.argv[1]))
    is_enough = True
    for name, parts, least in GROUPS:
        group = {path: lines for path, lines in files.items() if path.startswith(tuple(parts))}
        covered = sum(lines["covered"] for lines in group.values())
        count = sum(lines["count"] for lines in group.values())
        share = 100 * covered / count
        print(f"{name}: {share:.1f} % of {count} lines in {len(group)} files (at least {least})")
        missed = sorted(group, key=lambda path: group[path]["covered"] - group[path]["count"])
        for path in [path for path in missed if group[path]["covered"] < group[path]["count"]][:10]:
            lines = group[path]
            print(f"  {path}: {lines['count'] - lines['covered']} of {lines['count']} not run")
        is_enough = is_enough and share >= least
    sys.exit(not is_enough)


if __name__ == "__main__":
    main()
