"""How large a file may be and what looking at it may cost: all in one place."""

MEGABYTE = 1024 * 1024

FILE_BYTES = 40 * MEGABYTE
# What a package may unpack to, and how many times its packed size a large part of it may be.
UNPACKED_BYTES = 200 * MEGABYTE
PACKED_TIMES = 200
PACKED_TIMES_FROM_BYTES = 2 * MEGABYTE
PARTS = 3_000
# A package within a package: the table behind a chart. No further.
NESTED = 1

# A picture: before anything of it is unpacked.
PIXELS = 50_000_000
SIDE = 20_000
PROFILE_BYTES = MEGABYTE

PAGES = 3_000
# The table that says where things lie in a PDF, and whatever else qpdf walks through.
OBJECTS = 500_000

# A message, and envelopes within envelopes.
MAIL_PARTS = 200
SIGNATURES_DEPTH = 5

# The child process.
SECONDS = 20
MEMORY_BYTES = 1024 * MEGABYTE  # of addresses
