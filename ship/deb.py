"""``python -m ship.deb``: a Debian package of the bundle in dist/tokenwatch.

Owns what stands where in the package and what it depends on. Needs ``dpkg-deb`` and a bundle (``make bundle``).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from ship import icons
from ship.bundle import BUNDLE, ROOT, size
from tokenwatch import __version__

MAINTAINER = "The TokenWatch authors <tokenwatch@localhost>"
DEPENDS = ("libc6 (>= 2.36)", "libegl1", "libgl1", "libfontconfig1", "libxkbcommon-x11-0")
"""What the bundle loads from the system: graphics drivers and fonts must be the system's own."""
RECOMMENDS = ("gnome-keyring | keepassxc | kwalletmanager",)

CONTROL = """\
Package: tokenwatch
Version: {version}
Architecture: {architecture}
Maintainer: {maintainer}
Installed-Size: {kib}
Depends: {depends}
Recommends: {recommends}
Section: utils
Priority: optional
Description: Shows how many coding agents run and what they cost
 A tray icon, a window and commands that show how many coding agents run on
 this computer, how fast they spend tokens, and what the month will cost. It
 reads the logs that the agents keep anyway; nothing leaves the computer.
"""


def lay_out(top: Path) -> None:
    """The package's files below ``top``, without its control file."""
    place = top / "usr" / "lib" / "tokenwatch"
    shutil.copytree(BUNDLE, place, symlinks=True)
    command = top / "usr" / "bin" / "tokenwatch"
    command.parent.mkdir(parents=True)
    command.symlink_to("../lib/tokenwatch/tokenwatch")
    share, resources = top / "usr" / "share", ROOT / "resources"
    _copy(resources / "tokenwatch.desktop", share / "applications" / "tokenwatch.desktop")
    _copy(resources / "tokenwatch.metainfo.xml", share / "metainfo" / "io.github.tokenwatch.tokenwatch.metainfo.xml")
    hicolor = share / "icons" / "hicolor"
    _copy(icons.DRAWING, hicolor / "scalable" / "apps" / "tokenwatch.svg")
    _copy(
        icons.DRAWING.with_name("tokenwatch-symbolic.svg"), hicolor / "symbolic" / "apps" / "tokenwatch-symbolic.svg"
    )
    for side in icons.SIZES:
        icons.draw(hicolor / f"{side}x{side}" / "apps" / "tokenwatch.png", side)
    _copy(ROOT / "LICENSE", share / "doc" / "tokenwatch" / "copyright")
    for path in (top, *top.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def main() -> int:
    architecture = subprocess.run(
        ["dpkg", "--print-architecture"], capture_output=True, text=True, check=True
    ).stdout.strip()
    name = f"tokenwatch_{__version__}_{architecture}"
    top = ROOT / "build" / name
    shutil.rmtree(top, ignore_errors=True)
    lay_out(top)
    control = CONTROL.format(
        version=__version__,
        architecture=architecture,
        maintainer=MAINTAINER,
        kib=size(top) // 1024,
        depends=", ".join(DEPENDS),
        recommends=", ".join(RECOMMENDS),
    )
    (top / "DEBIAN").mkdir()
    (top / "DEBIAN" / "control").write_text(control, encoding="utf-8")
    package = ROOT / "dist" / f"{name}.deb"
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(top), str(package)], check=True)
    print(f"{package.name}: {package.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
