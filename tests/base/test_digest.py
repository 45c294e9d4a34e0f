"""The digest is BLAKE2 as hashlib has it, without what hashlib loads."""

from __future__ import annotations

import hashlib
import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from tokenwatch.base.digest import blake2b


@given(st.binary(max_size=300), st.integers(1, 64))
def test_digests_are_those_of_hashlib(data: bytes, size: int) -> None:
    assert blake2b(data, digest_size=size).digest() == hashlib.blake2b(data, digest_size=size).digest()


def test_openssl_is_not_loaded_for_it() -> None:
    code = "import sys, tokenwatch.base.digest; print('_hashlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("False", "")
