"""Which packages the wheel holds: ours, and the folder ``resources`` as a package of data, with CHANGELOG.md.

Everything else stands in pyproject.toml; only this cannot be written there without listing each package.
"""

import shutil
from pathlib import Path

from setuptools import find_packages, setup
from setuptools.command.build_py import build_py

RESOURCES = "tokenwatch.resources"


class BuildPy(build_py):
    """What changed stands at the top of the sources, and is read in the program, too (base/changes.py)."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            shutil.copy("CHANGELOG.md", Path(self.build_lib, *RESOURCES.split(".")))


setup(
    cmdclass={"build_py": BuildPy},
    packages=[*find_packages(include=["tokenwatch", "tokenwatch.*"]), RESOURCES],
    package_dir={RESOURCES: "resources"},
    package_data={RESOURCES: ["**/*"]},
)
