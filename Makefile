# make run   starts TokenWatch          make test   checks everything          make bench   measures it
# Each sets up .venv first, which takes a while once.

PYTHON_IN_VENV := .venv/bin/python
ARGS ?=

.PHONY: run test bench faults setup lint types format lock prices pictures wheel bundle deb deb-check clean licences

run: setup
	@$(PYTHON_IN_VENV) -m tokenwatch $(ARGS)

# As many at a time as there are cores: many tests wait for a desktop. The order in which sets are collected must be the
# same in all of them, and paths short enough for sockets. Tests with widgets have processes of their own: Python may
# clear away what they leave in any thread of later tests, and Qt does not bear that.
IN_PARALLEL := PYTHONHASHSEED=0 $(PYTHON_IN_VENV) -m pytest --numprocesses auto --dist worksteal
test: lint types
	folder=$$(mktemp -d /tmp/tw-XXXX) && $(IN_PARALLEL) --basetemp "$$folder/1" --ignore tests/gui && \
		$(IN_PARALLEL) --basetemp "$$folder/2" tests/gui && rm -rf "$$folder"

# The whole takes most of an hour; ARGS="--quick" two minutes, ARGS="--only idle" one row.
bench: setup
	@$(PYTHON_IN_VENV) -m benchmarks --json .benchmarks/figures.json $(ARGS)

# Every fault and attack of tests/faults/matrix.py as often as it should be, with a table; ARGS=--quick for a few.
faults: setup
	@nice $(PYTHON_IN_VENV) -m tests.faults $(ARGS)

setup:
	@scripts/setup

lint: setup
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .

types: setup
	.venv/bin/mypy

format: setup
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

# Newest versions that fit, with hashes and without addresses. pip-tools is not a part of .venv: put it on PATH.
# A dependency that only Linux has is resolved here too, so it is marked as such for macOS.
COMPILE := CUSTOM_COMPILE_COMMAND="make lock" pip-compile --quiet --upgrade --generate-hashes --allow-unsafe \
	--strip-extras --no-annotate --no-emit-index-url --no-emit-find-links --no-emit-trusted-host

lock:
	$(COMPILE) --extra test --extra bundle --output-file constraints.txt pyproject.toml
	$(COMPILE) --output-file constraints-macos.txt constraints-macos.in
	sed -i.old 's/^\(dbus-fast==[^ ]*\) /\1 ; sys_platform == "linux" /' constraints-macos.txt
	rm constraints-macos.txt.old

# After make lock brought a newer price package: its prices as resources/prices.json, so that no start has to import it.
prices: setup
	$(PYTHON_IN_VENV) -m tokenwatch.pricing.table

# The README's pictures, from the demo.
pictures: setup
	@$(PYTHON_IN_VENV) scripts/pictures

wheel: setup
	$(PYTHON_IN_VENV) -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .
	$(PYTHON_IN_VENV) -c "from setuptools.build_meta import build_sdist; build_sdist('dist')"

# The bundle, and everything that it must do in a desktop session; then the same from a Debian package of it.
bundle: setup
	$(PYTHON_IN_VENV) -m ship.bundle
	$(PYTHON_IN_VENV) -m pytest -q ship/test_program.py ship/test_desktop_files.py

# The bill of materials that About shows, from the packages that are installed here.
licences: setup
	$(PYTHON_IN_VENV) scripts/licences

deb: setup
	QT_QPA_PLATFORM=offscreen $(PYTHON_IN_VENV) -m ship.deb

# Installs the package here, as root, tries it and removes it again.
deb-check: deb
	ship/try_deb

clean:
	rm -rf build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
