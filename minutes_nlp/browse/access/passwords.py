"""Hashes of passwords: scrypt of the standard library, with the costs kept in the hash."""

from __future__ import annotations

import base64
import functools
import hashlib
import hmac
import secrets

SHORTEST = 10
"""Characters that a password has at least."""
LONGEST = 1024
"""Characters that a password has at most: nobody makes the server hash a book."""

COSTS = (2**15, 8, 3)
"""N, r and p of scrypt for new hashes: 32 MiB and some tenths of a second, as OWASP advises."""

_MEMORY = 64 * 2**20


def hash_password(password: str) -> str:
    """A hash with a salt of its own: `scrypt$n$r$p$salt$hash`, the last two in base64."""
    salt = secrets.token_bytes(16)
    n, r, p = COSTS
    return "$".join(["scrypt", str(n), str(r), str(p), _text(salt), _text(_derived(password, salt, n, r, p))])


def is_password(password: str, hashed: str) -> bool:
    """Whether `hashed` was made of `password`; takes as long either way."""
    if len(password) > LONGEST:
        return False
    _, n, r, p, salt, wanted = hashed.split("$")
    found = _derived(password, base64.b64decode(salt), int(n), int(r), int(p))
    return hmac.compare_digest(found, base64.b64decode(wanted))


@functools.cache
def nobodys_hash() -> str:
    """The hash of no password: trying it for an unknown name takes as long as for a known one."""
    return hash_password(secrets.token_hex(32))


def _derived(password: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    data = password.encode("utf-8", "surrogatepass")
    return hashlib.scrypt(data, salt=salt, n=n, r=r, p=p, maxmem=_MEMORY, dklen=32)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
