"""How large a file may be and what reading it may cost: all in one place.

A file beyond one of them is refused with a sentence, before the machine notices.
"""

MEGABYTE = 1024 * 1024

# The file.
FILE_BYTES = 40 * MEGABYTE
# What a workbook may unpack to, and how many times its packed size a large part of it may be.
UNPACKED_BYTES = 240 * MEGABYTE
PACKED_TIMES = 200
PACKED_TIMES_FROM_BYTES = 8 * MEGABYTE
PARTS = 5_000

# The table. Rows and columns count where they hold something; an area counts its gaps too.
ROWS = 50_000
COLUMNS = 300
AREA = 750_000
CELL_CHARACTERS = 32_767  # as many as a cell of Excel
TABLE_BYTES = 96 * MEGABYTE  # as UTF-8, with its punctuation
# How many of its sheets a file offers, from the first.
SHEETS = 200

# The child process.
SECONDS = 10
MEMORY_BYTES = 480 * MEGABYTE  # of addresses, so that it stays below 512 in use
OPEN_FILES = 32
