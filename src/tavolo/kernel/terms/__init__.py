"""Terms: when something has to be done, by the law that says so. Pure functions, no database.

A `Rule` says how long a term is and how it is counted; `ends` says on which day and at which instant
it ends. Holidays, patron saint and suspensions are arguments. A room declares its terms as `Term`s.
"""

from tavolo.kernel.terms.counting import Ending, ends, in_time
from tavolo.kernel.terms.declared import Term, Version, terms
from tavolo.kernel.terms.holidays import ITALY, Holiday, Holidays, easter
from tavolo.kernel.terms.instants import last_instant
from tavolo.kernel.terms.rules import Count, Rule, Unit
from tavolo.kernel.terms.walking import Suspension

__all__ = [
    "ITALY",
    "Count",
    "Ending",
    "Holiday",
    "Holidays",
    "Rule",
    "Suspension",
    "Term",
    "Unit",
    "Version",
    "easter",
    "ends",
    "in_time",
    "last_instant",
    "terms",
]
