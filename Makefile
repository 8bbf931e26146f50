# Targets for people (see README.md) and for CI. Works with GNU make 3.81 and later; `make help` lists the targets.
# Another Python: make PYTHON=python3.12 … · another place for the environments: make VENV=… TRAIN_VENV=…
# Another time for each reader: make fuzz SECONDS=60

ifndef PYTHON
PYTHON := $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; break; }; done)
endif
VENV ?= .venv
TRAIN_VENV ?= .venv-train
SECONDS ?= 600
PIP_INSTALL := -m pip install --quiet --disable-pip-version-check
UV_COMPILE := $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-header

.PHONY: help demo test test-train fuzz models lock docs clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1: /p' Makefile

demo: $(VENV)/base.stamp ## read the samples in raw/ and show what is still to be done
	$(VENV)/bin/minutes ingest
	$(VENV)/bin/minutes actions --open
	@echo
	@echo "To browse the database: $(VENV)/bin/minutes browse"

test: $(VENV)/dev.stamp ## check the style, the types and the layers, and run the tests that need no torch
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(VENV)/bin/python -m pytest -m "not train" --numprocesses auto --maxprocesses 4 --dist loadfile

test-train: $(TRAIN_VENV)/train.stamp ## run the tests that need torch and transformers
	$(TRAIN_VENV)/bin/python -m pytest -m train

fuzz: $(VENV)/fuzz.stamp ## look for files on which a reader breaks down, 10 minutes for each reader (on Linux)
	$(VENV)/bin/python benchmarks/fuzz_readers.py --seconds $(SECONDS)

models: $(TRAIN_VENV)/train.stamp ## train what ships anew, from the data in ../shared (see models/project.yml)
	$(TRAIN_VENV)/bin/python -m weasel run ship models

docs: $(VENV)/dev.stamp ## write the generated pages of docs/ anew
	$(VENV)/bin/python -m minutes_nlp.cli.reference docs/cli.md
	$(VENV)/bin/python -m minutes_nlp.store.schema_docs docs/schema.md

lock: $(VENV)/dev.stamp ## pin the newest versions that pyproject.toml allows
	$(UV_COMPILE) --upgrade --generate-hashes pyproject.toml locks/build.in --output-file locks/base.txt
	$(UV_COMPILE) --upgrade --generate-hashes --extra dev --constraints locks/base.txt \
		pyproject.toml locks/build.in --output-file locks/dev.txt
	$(UV_COMPILE) --upgrade --generate-hashes --extra fuzz --constraints locks/dev.txt \
		pyproject.toml --output-file locks/fuzz.txt
	@# The CUDA packages are left out: torch itself names their versions, and its CPU builds have none.
	$(UV_COMPILE) --upgrade --extra train --no-annotate --constraints locks/dev.txt --constraints .ci/constraints.txt \
		pyproject.toml | sed -E '/^(nvidia|cuda)-|^triton/d' > locks/train.txt

clean: ## remove the environments
	rm -rf $(VENV) $(TRAIN_VENV)

$(VENV)/base.stamp: locks/base.txt pyproject.toml
	@$(if $(PYTHON),,echo "Python 3.11 or newer is needed; name it: make PYTHON=/path/to/python3.11" >&2; exit 1)
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python $(PIP_INSTALL) --require-hashes -r locks/base.txt
	$(VENV)/bin/python $(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/base.stamp locks/dev.txt
	$(VENV)/bin/python $(PIP_INSTALL) --require-hashes -r locks/dev.txt
	@touch $@

$(VENV)/fuzz.stamp: $(VENV)/dev.stamp locks/fuzz.txt
	$(VENV)/bin/python $(PIP_INSTALL) --require-hashes -r locks/fuzz.txt
	@touch $@

$(TRAIN_VENV)/train.stamp: locks/dev.txt locks/train.txt .ci/constraints.txt pyproject.toml
	@$(if $(PYTHON),,echo "Python 3.11 or newer is needed; name it: make PYTHON=/path/to/python3.11" >&2; exit 1)
	$(PYTHON) -m venv $(TRAIN_VENV)
	$(TRAIN_VENV)/bin/python $(PIP_INSTALL) --require-hashes -r locks/dev.txt
	$(TRAIN_VENV)/bin/python $(PIP_INSTALL) --constraint .ci/constraints.txt -r locks/train.txt
	$(TRAIN_VENV)/bin/python $(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@
