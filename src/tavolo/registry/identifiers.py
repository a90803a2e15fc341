"""Tax codes as the registers give them: cleaned and checked, never completed."""

import re

_ELEVEN = re.compile(r"\d{11}")
# Letters may stand for digits where two persons would have had the same code (omocodia).
_SIXTEEN = re.compile(
    r"[A-Z]{6}[\dLMNPQRSTUV]{2}[ABCDEHLMPRST][\dLMNPQRSTUV]{2}[A-Z][\dLMNPQRSTUV]{3}[A-Z]"
)
_ODD_DIGITS = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21)
_ODD_LETTERS = (
    1,
    0,
    5,
    7,
    9,
    13,
    15,
    17,
    19,
    21,
    2,
    4,
    18,
    20,
    11,
    3,
    6,
    8,
    12,
    14,
    16,
    10,
    22,
    25,
    24,
    23,
)


def cleaned_tax_code(text: str) -> str:
    """Without blanks and points, in capitals; a leading IT of a VAT number falls away."""
    bare = re.sub(r"[\s.\-]", "", text).upper()
    return bare[2:] if re.fullmatch(r"IT\d{11}", bare) else bare


def is_tax_code(code: str) -> bool:
    """Whether a cleaned code of 11 digits or 16 characters carries the right check character."""
    if _ELEVEN.fullmatch(code):
        return _check_digit(code[:10]) == int(code[10])
    return bool(_SIXTEEN.fullmatch(code)) and _check_letter(code[:15]) == code[15]


def _check_digit(ten: str) -> int:
    # The digits of each doubled number are added: 8 counts 16, which is 1 + 6.
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in ten[1::2])
    return -(sum(map(int, ten[0::2])) + doubled) % 10


def _check_letter(fifteen: str) -> str:
    total = sum(_odd(sign) for sign in fifteen[0::2]) + sum(_even(sign) for sign in fifteen[1::2])
    return chr(ord("A") + total % 26)


def _odd(sign: str) -> int:
    return _ODD_DIGITS[int(sign)] if sign.isdigit() else _ODD_LETTERS[ord(sign) - ord("A")]


def _even(sign: str) -> int:
    return int(sign) if sign.isdigit() else ord(sign) - ord("A")
