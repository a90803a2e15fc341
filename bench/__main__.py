"""`make bench`: one JSON line a figure. Times are for information; what compares is a ratio in one run.

python -m bench [install] [pages] [import] [imports] [search]
"""

import sys

from bench import imports, install, pages, search, territory

PARTS = {
    "install": install.figures,
    "pages": pages.figures,
    "import": territory.figures,
    "imports": imports.figures,
    "search": search.figures,
}


def main(wanted: list[str]) -> int:
    for name, figures in PARTS.items():
        if not wanted or name in wanted:
            for figure in figures():
                print(figure, flush=True)
    return 0


sys.exit(main(sys.argv[1:]))
