"""Reading files that anybody may have brought: in a child process, with limits, as text.

The child imports this package too and starts without Django, so nothing of it stands up here.
"""

from pathlib import Path

from tavolo.imports.reading.table import Cost, ReadRow, Remark, Table

__all__ = ["Cost", "ReadRow", "Remark", "Table", "read_table"]


def read_table(path: Path, *, name: str, sheet: str = "") -> Table:
    """The table in a file: XLSX, XLS, ODS or CSV, told by its content.

    `name` is what the file was called where it came from, `sheet` the one that is wanted (the first
    that holds something). Rows without any text are left out. Dates come as ISO text, whole numbers
    without a point, others with a decimal comma.
    Refuses with `imports.errors.Unreadable`, always in one sentence, within 10 seconds and 512 MB.
    """
    from tavolo.imports.reading.parent import read_in_child  # it knows Django, the child does not

    return read_in_child(path, name=name, sheet=sheet)
