"""What is about a family is sealed before it reaches a disk; a chat gets a pseudonym.

AES-256-GCM under a key of its own for every row: HKDF-SHA-256 over the operator's
secret, a salt of the row, the table and the pseudonym. The table and the row are
associated data, so what is moved to another row does not open.
"""

import hmac
import os
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES, SALT_BYTES, NONCE_BYTES = 32, 16, 12
HEAD_BYTES = 1 + SALT_BYTES + NONCE_BYTES


class SealError(Exception):
    """Moved from another row, or damaged."""


class UnknownKeyError(SealError):
    """Sealed with a secret that is not among ours."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The operator's secrets, 32 bytes each; the secret with the highest number seals.

    `pepper` makes pseudonyms and stays. `secrets` are numbered from 1 to 255.
    """

    pepper: bytes = field(repr=False)
    secrets: Mapping[int, bytes] = field(repr=False)

    @property
    def newest(self) -> int:
        return max(self.secrets)

    @classmethod
    def fresh(cls) -> "Keys":
        return cls(os.urandom(KEY_BYTES), {1: os.urandom(KEY_BYTES)})


class Vault:
    """Seals and opens rows. `keys` may be replaced while the program runs."""

    def __init__(self, keys: Keys) -> None:
        self.keys = keys

    def lane(self, chat: int) -> bytes:
        """The pseudonym of a chat: HMAC-SHA-256 under the pepper, 32 bytes."""
        number = chat.to_bytes(8, "big", signed=True)
        return hmac.digest(self.keys.pepper, number, "sha256")

    def token(self, purpose: str) -> str:
        """43 characters that all programs with these keys know, and nobody else."""
        made = hmac.digest(self.keys.pepper, purpose.encode(), "sha256")
        return urlsafe_b64encode(made).decode().rstrip("=")

    def marks(self) -> dict[str, str]:
        """What tells these keys from others and nothing else about them."""
        secrets = {
            f"secret {number}": _row_key(secret, b"", "mark", b"").hex()
            for number, secret in self.keys.secrets.items()
        }
        return {"pepper": self.lane(0).hex(), **secrets}

    def seal(self, table: str, row: bytes, body: bytes) -> bytes:
        """Number of the secret, salt, nonce, ciphertext with its tag."""
        keys = self.keys
        number = keys.newest
        salt, nonce = os.urandom(SALT_BYTES), os.urandom(NONCE_BYTES)
        key = _row_key(keys.secrets[number], salt, table, row)
        head = bytes([number])
        sealed = AESGCM(key).encrypt(nonce, body, _bound(head, table, row))
        return head + salt + nonce + sealed

    def open(self, table: str, row: bytes, sealed: bytes) -> bytes:
        """Raises SealError, or UnknownKeyError."""
        head, salt = sealed[:1], sealed[1 : 1 + SALT_BYTES]
        nonce, body = sealed[1 + SALT_BYTES : HEAD_BYTES], sealed[HEAD_BYTES:]
        secret = self.keys.secrets.get(sealed[0]) if sealed else None
        if secret is None:
            raise UnknownKeyError("sealed with a key that is not here")
        key = _row_key(secret, salt, table, row)
        try:
            return AESGCM(key).decrypt(nonce, body, _bound(head, table, row))
        except (InvalidTag, ValueError):
            raise SealError("moved or damaged") from None


def _row_key(secret: bytes, salt: bytes, table: str, row: bytes) -> bytes:
    info = table.encode() + b"\0" + row
    return HKDF(SHA256(), KEY_BYTES, salt, info).derive(secret)


def _bound(head: bytes, table: str, row: bytes) -> bytes:
    return head + table.encode() + b"\0" + row
