"""Telephone numbers: E.164, or a bare short number such as 1308 or 112."""
import re

from .text import clean

SHORT = re.compile(r"^1\d{2,3}$")
FULL = re.compile(r"^\+7\d{10}$")


def phones(text: str) -> str:
    out = []
    for part in re.split(r"[;,]", clean(text)):
        digits = re.sub(r"[^\d+]", "", part)
        if re.match(r"^[78]\d{10}$", digits):
            digits = "+7" + digits[1:]
        if (SHORT.match(digits) or FULL.match(digits)) and digits not in out:
            out.append(digits)
    return ";".join(out)
