"""Which folders are on another computer, by the system's table of what is mounted."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tokenwatch.system.file_system import mounts, remote_kind

linux = pytest.mark.skipif(sys.platform != "linux", reason="only on Linux: its table of mounts")
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows is asked about the drive")

TABLE = r"""
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard
22 27 0:21 / /proc rw - proc proc rw
40 27 0:50 / /home rw,nosuid shared:90 - autofs systemd-1 rw,fd=60
41 40 0:51 / /home rw,relatime shared:91 master:1 - nfs4 server:/export/home rw,vers=4.2
42 41 0:52 / /home/ana/here\040and\040now rw - tmpfs tmpfs rw
43 27 0:53 / /mnt/far rw - fuse.sshfs ana@far:/ rw,user_id=1000
44 27 0:54 / /mnt/vault rw - fuse.gocryptfs /home/ana/.vault rw
45 27 0:55 / /mnt/windows rw - fuseblk /dev/sda3 rw
46 27 0:56 / /mnt/share rw - cifs //nas/share rw
47 27 0:57 / /mnt/host rw - virtiofs host rw
nonsense
48 27
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", ""),
        ("/var/log", ""),
        ("/home", "nfs4"),
        ("/home/ana/.claude/projects", "nfs4"),
        ("/home/ana/here and now/a", ""),
        ("/homes", ""),
        ("/mnt/far/logs", "fuse.sshfs"),
        ("/mnt/vault/logs", ""),
        ("/mnt/windows/logs", ""),
        ("/mnt/share", "cifs"),
        ("/mnt/host/a/b", "virtiofs"),
    ],
)
@linux
def test_a_folder_is_on_what_is_mounted_nearest_above_it(tmp_path: Path, path: str, kind: str) -> None:
    table = tmp_path / "mountinfo"
    table.write_text(TABLE, encoding="utf-8")
    assert remote_kind(Path(path), mounts(table)) == kind


@linux
def test_the_real_table_knows_the_root_and_what_is_no_disk() -> None:
    mounted = mounts()
    assert mounted["/proc"] == "proc"
    assert "/" in mounted


def test_without_a_table_every_folder_is_local(tmp_path: Path) -> None:
    assert mounts(tmp_path / "none") == {} or sys.platform == "darwin"
    assert remote_kind(tmp_path.resolve(), {}) == ""


@pytest.mark.parametrize("kind", ["smbfs", "nfs", "afpfs", "webdav"])
@posix
def test_the_kinds_that_macos_names_are_known(kind: str) -> None:
    assert remote_kind(Path("/Volumes/far/logs"), {"/": "apfs", "/Volumes/far": kind}) == kind
    assert remote_kind(Path("/Users/ana"), {"/": "apfs", "/Volumes/far": kind}) == ""
