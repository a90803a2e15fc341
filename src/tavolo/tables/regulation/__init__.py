"""How a body works, as data: the rules of a day, what they say, and what follows from them.

Pure functions, no database: `rules` holds what a regulation may say, `sentences` says it in words,
`validity` applies it to a roster and to who was there.
"""
