"""Digest: the hash with which the ledger tells responses and files apart, the same in every version.

Owns where it comes from. Does not own what is hashed.

Decisions
---------
*Without hashlib.* Context: ``hashlib`` loads OpenSSL, which takes a start ten milliseconds and every process three
megabytes, though nothing but BLAKE2 is asked for, which Python brings along. Decision: take it from where ``hashlib``
takes it, and from there where that is not to be had. Consequence: the digests are the same; a test
holds them to it.
"""

from __future__ import annotations

try:
    from _blake2 import blake2b as blake2b
except ImportError:  # another Python
    from hashlib import blake2b as blake2b
