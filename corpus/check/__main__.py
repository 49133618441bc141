"""The command ``python -m corpus.check [--fix] [PATH ...]``: exit code 0 when all is right, 1 otherwise."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from corpus.check.report import check_paths, fix_paths, summary


def main() -> int:
    """Check the paths given, or the whole corpus; print one problem a line, then a summary."""
    parser = argparse.ArgumentParser(
        prog="python -m corpus.check", description="Vérifie les fiches du corpus."
    )
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="CHEMIN", help="fiches ou dossiers ; tout par défaut"
    )
    parser.add_argument("--fix", action="store_true", help="corrige la typographie, et elle seule")
    options = parser.parse_args()
    if options.fix:
        for path in fix_paths(options.paths):
            sys.stdout.write(f"{path} : typographie corrigée.\n")
    report = check_paths(options.paths)
    for problem in report.problems:
        sys.stdout.write(f"{problem}\n")
    sys.stdout.write(f"{summary(report)}\n")
    return 1 if report.problems else 0


if __name__ == "__main__":
    sys.exit(main())
