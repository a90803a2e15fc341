"""Whether two organisations may be the same one: by number, by name and municipality, by web or e-mail domain.

Names are compared word by word: words of legal forms weigh little, rare words much, a word with a
typing error is still that word, a number never is another number. Only what shares some key is
compared at all, so that 5,000 against 5,000 takes a moment.
"""

from tavolo.registry.likeness.domains import domains_of
from tavolo.registry.likeness.looking import (
    NEAR_BY_DOMAIN,
    NEAR_HERE,
    NEAR_SOMEWHERE,
    Alike,
    Likeness,
    Reason,
    Traits,
)
from tavolo.registry.likeness.words import distance, words_of

__all__ = [
    "NEAR_BY_DOMAIN",
    "NEAR_HERE",
    "NEAR_SOMEWHERE",
    "Alike",
    "Likeness",
    "Reason",
    "Traits",
    "distance",
    "domains_of",
    "words_of",
]
