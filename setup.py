"""Which packages the wheel holds: ours, and the folder ``resources`` as a package of data inside it.

Everything else stands in pyproject.toml; only this mapping cannot be written there without listing each package.
"""

from setuptools import find_packages, setup

RESOURCES = "tokenwatch.resources"

setup(
    packages=[*find_packages(include=["tokenwatch", "tokenwatch.*"]), RESOURCES],
    package_dir={RESOURCES: "resources"},
    package_data={RESOURCES: ["**/*"]},
)
