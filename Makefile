# Quipwire. `make run` starts the bot, `make test` proves it; `make help` lists the rest.
SHELL := /bin/sh
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: run test install check bench texts lock help

run: .venv/installed  ## start the bot: Telegram with a token, the playground without
	@exec $(BIN)/quipwire

test: .venv/installed-dev  ## run the whole test suite
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile

install: .venv/installed  ## only the set-up, into .venv/

check: .venv/installed-dev  ## style, types, floors of the house, content
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/quipwire check

bench: .venv/installed-dev  ## speed and memory beside a bare bot, as ratios
	$(BIN)/python -m bench

texts: .venv/installed  ## bring the catalogues up to date with the messages in the code
	$(BIN)/python -m bot.texts.extract

lock:  ## write the lock files anew (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--custom-compile-command 'make lock' --extra build pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--custom-compile-command 'make lock' --extra build --extra dev -c requirements.lock \
		pyproject.toml -o requirements-dev.lock

help:
	@sed -n 's/^\([a-z]*\):.*##  *\(.*\)/  make \1	\2/p' $(MAKEFILE_LIST)

# The first of these that really runs and is new enough; PYTHON=... on make's command line goes before them.
.venv/bin/python:
	@for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
		$$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' 2>/dev/null && break; \
		python=; \
	done; \
	fail() { echo "$$1" >&2; exit 1; }; \
	test -n "$$python" || fail "Quipwire needs Python 3.11 to 3.14, and none was found here: install one, or name it with: make PYTHON=/path/to/python3"; \
	$$python -c 'import struct, sys; sys.exit(struct.calcsize("P") != 8)' || fail "Quipwire needs a 64-bit system; this Python is a 32-bit one."; \
	$$python -c 'import ensurepip, venv' 2>/dev/null || fail "This Python has no venv module: install it first (on Debian and Ubuntu: apt install python3-venv)."; \
	echo "Setting up in .venv/ (once; a minute or two) ..." >&2; \
	$$python -m venv .venv

# The project itself is a second step without dependencies, so that the lock's hashes cover all the rest.
# It is compiled now, so that the first start is as quick as the later ones.
.venv/installed: requirements.lock pyproject.toml | .venv/bin/python
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q src
	@touch $@

.venv/installed-dev: requirements-dev.lock .venv/installed
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@
