"""Passwords: long enough, not common, kept as argon2id; codes of a second factor."""

import time
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from coding.errors import BadInput

SHORTEST, LONGEST = 12, 200
HASHER = PasswordHasher()
STEP = 30  # seconds a code of the second factor lasts


def check_new_password(password: str, name: str = "") -> str:
    """Return a new password in one normal form, or say why it will not do (ASVS 5, V6.2)."""
    password = normal(password)
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadInput(
            f"A password has {SHORTEST} to {LONGEST} characters; three or four words do well."
        )
    if _is_common(password, name):
        raise BadInput("That password is one of the first that people try; choose another.")
    return password


def normal(password: str) -> str:
    """Return one form for what looks the same; what is far too long is not looked at in full."""
    return unicodedata.normalize("NFKC", password[: 10 * LONGEST])


def _is_common(password: str, name: str) -> bool:
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    plain = password.casefold()
    first = plain[: (plain + plain).index(plain, 1)]  # what it repeats, if it repeats itself
    stem = first.rstrip("0123456789!?. ")
    own = {"coproduce", "password", name.casefold()} - {""}
    listed = FREQUENCY_LISTS["passwords"]
    return (
        any(part in listed or part in own for part in (plain, first, stem)) or len(set(plain)) < 5
    )


def hash_password(password: str) -> str:
    """Return what is stored of a password."""
    return HASHER.hash(password)


def nobodys_hash() -> str:
    """Return what is compared where there is no password, so that it costs what a real one does."""
    costs = f"m={HASHER.memory_cost},t={HASHER.time_cost},p={HASHER.parallelism}"
    return f"$argon2id$v=19${costs}${'A' * 22}${'A' * 43}"  # of no known password; none is needed


def password_fits(password_hash: str | None, password: str) -> bool:
    """Compare a password with what is stored; takes as long where nothing is."""
    try:
        HASHER.verify(password_hash or nobodys_hash(), normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def code_step(secret: str | None, code: str, last_step: int) -> int | None:
    """Return the time step of a right code of the second factor not used before, or None."""
    import pyotp

    if not secret:  # its codes would be those of an empty secret, which anybody can reckon
        return None
    now = int(time.time()) // STEP
    given = "".join(code[:20].split())
    for step in (now - 1, now, now + 1):
        if step > last_step and pyotp.utils.strings_equal(
            pyotp.TOTP(secret).generate_otp(step), given
        ):
            return step
    return None
