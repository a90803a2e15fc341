"""Numbers as people write them in cells: 1.234, 1 234, 1234,5, 1.234,5."""

import re

_EXACT = 15
_LONGEST = 40
# A blank or an apostrophe that groups thousands.
_GROUPING = re.compile("(?<=\\d)[ \xa0\u2009\u202f'’](?=\\d{3}(?!\\d))", re.ASCII)
_GROUPED = re.compile(r"([1-9]\d{0,2})(?:\.\d{3})+", re.ASCII)
_GROUPED_IN_ENGLISH = re.compile(r"([1-9]\d{0,2})(?:,\d{3})+", re.ASCII)
_DIGITS = re.compile(r"\d+", re.ASCII)
_DECIMAL = re.compile(r"(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d{1,2})?", re.ASCII | re.IGNORECASE)


def whole_in(said: str) -> int | None:
    """The whole number that a text says; None where it says none, or more than 15 digits."""
    sign, digits = _unsigned(said)
    plain = ungrouped(digits)
    return sign * int(plain) if _DIGITS.fullmatch(plain) and len(plain) <= _EXACT else None


def number_in(said: str) -> float | None:
    """The number that a text says, with a decimal comma or point; None where it says none."""
    sign, digits = _unsigned(said)
    plain = _with_point(digits)
    return sign * float(plain) if _DECIMAL.fullmatch(plain) and len(plain) <= _LONGEST else None


def is_ambiguous(said: str) -> bool:
    """`1.234`: a thousand and some to an Italian, one and some to a machine."""
    _sign, digits = _unsigned(said)
    return digits.count(".") == 1 and _GROUPED.fullmatch(digits) is not None


def ungrouped(digits: str) -> str:
    """Without the points between thousands, where these are what stands in it."""
    return digits.replace(".", "") if _GROUPED.fullmatch(digits) else digits


def _unsigned(said: str) -> tuple[int, str]:
    """The sign, and the digits without the blanks that group them."""
    digits = _GROUPING.sub("", said)
    if digits[:1] in {"-", "−", "+"}:
        return (1 if digits[0] == "+" else -1), digits[1:].lstrip()
    return 1, digits


def _with_point(digits: str) -> str:
    """The decimal sign is the last that stands; what groups thousands goes."""
    if _GROUPED.fullmatch(digits):
        return ungrouped(digits)
    if digits.count(",") > 1 and _GROUPED_IN_ENGLISH.fullmatch(digits):
        return digits.replace(",", "")
    whole, comma, part = digits.rpartition(",")
    if comma and _GROUPED.fullmatch(whole):
        return f"{whole.replace('.', '')}.{part}"
    whole_in_english, point, part_in_english = digits.rpartition(".")
    if point and _GROUPED_IN_ENGLISH.fullmatch(whole_in_english):
        return f"{whole_in_english.replace(',', '')}.{part_in_english}"
    return digits.replace(",", ".") if digits.count(",") == 1 else digits
