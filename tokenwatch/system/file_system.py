"""File systems: which folders stand on another computer, or on the host of a virtual machine.

Owns what is mounted where and which kinds are remote. Does not own what follows from it: the watcher also polls
(collect/watcher.py), and the ledger does without shared memory (ledger/schema.py).

A kind that is not known here counts as local: then changes are found by the scan of each minute.
"""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tokenwatch.base.translation import tr

_REMOTE: Final = frozenset((
    "9p", "acfs", "afpfs", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "gfs", "gfs2", "glusterfs", "gpfs",
    "lustre", "ncpfs", "nfs", "nfs3", "nfs4", "ocfs2", "orangefs", "prl_fs", "pvfs2", "shfs", "smb", "smb2", "smb3",
    "smbfs", "sshfs", "vboxsf", "virtiofs", "vmhgfs", "webdav", "wekafs",
))  # fmt: skip
"""As Linux and macOS name them. Shared folders of virtual machines are among them: the host tells of no change."""

_REMOTE_FUSE: Final = frozenset((
    "afp_client", "ceph-fuse", "cephfs", "curlftpfs", "davfs", "davfs2", "dbxfs", "gcsfuse", "glusterfs", "goofys",
    "google-drive-ocamlfuse", "gvfsd-fuse", "juicefs", "moosefs", "mount-s3", "nfs", "onedriver", "prl_fsd", "rclone",
    "s3fs", "seaweedfs", "smbnetfs", "sshfs", "vmhgfs-fuse",
))  # fmt: skip
"""What stands behind ``fuse.`` on Linux. Others (encrypted folders, archives) are local."""

_DRIVE_REMOTE: Final = 4
"""From the documentation of GetDriveTypeW."""

_MOUNTS: Final = Path("/proc/self/mountinfo")


def mounts(table: Path | None = None) -> Mapping[str, str]:
    """Mount point -> kind of its file system, as it is now. Empty where that cannot be told, and on Windows."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            return _parsed((table or _MOUNTS).read_text(encoding="utf-8", errors="surrogateescape"))
    elif sys.platform == "darwin":
        import psutil

        with contextlib.suppress(OSError):
            return {part.mountpoint: part.fstype for part in psutil.disk_partitions(all=True)}
    return {}


def remote_kind(path: Path, mounted: Mapping[str, str]) -> str:
    """The kind of file system that ``path``, which is resolved, is on if that is remote; else empty."""
    if sys.platform == "win32":
        return _kind_of_drive(path)
    for folder in (path, *path.parents):
        kind = mounted.get(str(folder))
        if kind is not None:
            base, _, program = kind.lower().partition(".")
            remote = program in _REMOTE_FUSE if base == "fuse" and program else base in _REMOTE
            return kind if remote else ""
    return ""


def _parsed(table: str) -> dict[str, str]:
    """From proc_pid_mountinfo(5); where several are mounted on one folder, the last one is seen."""
    found = {}
    for line in table.splitlines():
        place, _, rest = line.partition(" - ")
        fields, kind = place.split(" "), rest.partition(" ")[0]
        if len(fields) > 4 and kind:
            found[re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), fields[4])] = kind
    return found


if sys.platform == "win32":

    def _kind_of_drive(path: Path) -> str:
        import ctypes

        if path.drive.startswith("\\\\"):
            return tr("network share")
        return tr("network drive") if ctypes.windll.kernel32.GetDriveTypeW(f"{path.drive}\\") == _DRIVE_REMOTE else ""

else:

    def _kind_of_drive(path: Path) -> str:
        return ""
