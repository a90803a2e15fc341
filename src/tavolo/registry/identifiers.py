"""Numbers as the registers give them: cleaned and checked where they can be, never completed."""

import re

from tavolo.registry.choices import IdentifierScheme

VAT_DIGITS = 11
_ELEVEN = re.compile(r"\d{11}", re.ASCII)
# Letters may stand for digits where two persons would have had the same code (omocodia).
_SIXTEEN = re.compile(
    r"[A-Z]{6}[\dLMNPQRSTUV]{2}[ABCDEHLMPRST][\dLMNPQRSTUV]{2}[A-Z][\dLMNPQRSTUV]{3}[A-Z]"
)
# Letters, digits, underscores and hyphens; the shape is not verified against the public index.
_IPA = re.compile(r"[A-Z0-9](?:[A-Z0-9_\-]{0,58}[A-Z0-9])?")
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


def cleaned_number(scheme: IdentifierScheme, text: str) -> str:
    """A number as it is stored: tax codes and VAT numbers bare, an IPA code in capitals, else in its words."""
    if scheme in (IdentifierScheme.TAX_CODE, IdentifierScheme.VAT):
        return cleaned_tax_code(text)
    words = " ".join(text.split())
    return words.upper() if scheme == IdentifierScheme.IPA else words


def is_number(scheme: IdentifierScheme, number: str) -> bool:
    """Whether a cleaned number can be one of that register.

    A VAT number has 11 digits and the check digit of a tax code. An IPA code has its signs. The
    numbers of RUNTS and of the register of article 52 are kept as they are written: their shape has
    not been verified against the registers, so only that there is one is asked.
    """
    if scheme == IdentifierScheme.TAX_CODE:
        return is_tax_code(number)
    if scheme == IdentifierScheme.VAT:
        return len(number) == VAT_DIGITS and is_tax_code(number)
    if scheme == IdentifierScheme.IPA:
        return bool(_IPA.fullmatch(number))
    return any(sign.isdigit() for sign in number)


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
