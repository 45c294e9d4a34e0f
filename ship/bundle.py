"""``python -m ship.bundle``: builds dist/tokenwatch by build.spec, with its bill of materials.

Owns the order of these steps. What the result must do is tested in test_program.py.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from ship import bill_of_materials

ROOT = Path(__file__).resolve().parents[1]
BUNDLE = ROOT / "dist" / "tokenwatch"
MOST_BYTES = 140_000_000


def size(folder: Path) -> int:
    """Bytes of all files; links count nothing."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def main() -> int:
    # The bill of materials that About shows, of what is installed here; on Linux it stands in the checkout already.
    subprocess.run([sys.executable, "scripts/licences"], cwd=ROOT, check=True)
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "build.spec"]
    subprocess.run(command, cwd=ROOT, check=True)
    bill = bill_of_materials.write(BUNDLE)
    unpinned = bill_of_materials.unpinned(BUNDLE, ROOT / "constraints.txt") if sys.platform == "linux" else []
    print(f"{size(BUNDLE) / 1e6:.1f} MB, {len(bill['files'])} files, {len(bill['packages'])} packages")
    if unpinned:
        print(f"not the pinned versions: {', '.join(unpinned)}", file=sys.stderr)
    return 1 if unpinned or size(BUNDLE) > MOST_BYTES else 0


if __name__ == "__main__":
    sys.exit(main())
