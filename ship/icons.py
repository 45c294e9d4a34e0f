"""The program's icon in the sizes that desktops want, drawn from the one drawing in resources/icons.

Owns the sizes and the drawing of files. Needs Qt's SVG, which the program itself does without.
"""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DRAWING = ROOT / "resources" / "icons" / "tokenwatch.svg"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)


def draw(target: Path, size: int) -> None:
    """Write a PNG of ``size`` by ``size`` pixels."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(DRAWING)).render(painter)
    painter.end()
    target.parent.mkdir(parents=True, exist_ok=True)
    if not image.save(str(target)):
        raise OSError(f"{target} could not be written")
