"""The index: `shelf` where it lies, `fields` what it holds, `writing` and `asking` what is done with it.

tantivy is imported here alone, and at first use: a command that searches nothing does without it.
"""
