# Two commands do everything: `make demo` and `make test`. `make help` lists the rest.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: help demo test check format lint types layers bench lock clean

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

.venv/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Muniment needs Python 3.11 or newer; name one with: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "No virtual environment could be made: install your system's venv package (Debian: python3-venv)"; exit 1; }

.venv/run.stamp: .venv/pyvenv.cfg requirements.txt pyproject.toml
	@echo "Installing Muniment into .venv ..."
	@$(PIP) install --quiet --require-hashes -r requirements.txt
	@$(PIP) install --quiet --no-deps --editable .
	@$(BIN)/python -m compileall -q muniment crawler reports pipelines warc
	@touch $@

.venv/dev.stamp: .venv/run.stamp requirements-dev.txt
	@echo "Installing the development tools into .venv ..."
	@$(PIP) install --quiet --require-hashes -r requirements-dev.txt
	@touch $@

demo: .venv/run.stamp ## the whole job on a replica of the archive on loopback (SERVE=1 keeps it open)
	@$(BIN)/python tests/replica/demo.py $(if $(SERVE),--serve)

test: .venv/dev.stamp ## the tests
	@$(BIN)/pytest -n auto --dist loadfile -q

check: .venv/dev.stamp format lint types layers ## the gate: format, lint, types, import layers, tests
	@$(BIN)/pytest -n auto --dist loadfile -q --cov --cov-report=term

format: .venv/dev.stamp
	@$(BIN)/ruff format --check .

lint: .venv/dev.stamp
	@$(BIN)/ruff check .

types: .venv/dev.stamp
	@$(BIN)/mypy

layers: .venv/dev.stamp
	@$(BIN)/lint-imports --no-cache

bench: .venv/dev.stamp ## exactness, speed and memory of capture, extraction, checks, report and review
	@$(BIN)/python benchmarks/judge_capture.py
	@$(BIN)/python benchmarks/capture.py
	@$(BIN)/python benchmarks/frontier.py --addresses 200000
	@$(BIN)/python benchmarks/extract.py
	@$(BIN)/python benchmarks/check.py
	@$(BIN)/python benchmarks/report.py
	@$(BIN)/python benchmarks/review.py
	@$(BIN)/python benchmarks/review_pages.py

COMPILE := uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-annotate --no-header --quiet

lock: ## resolve the dependencies anew (needs uv)
	@echo '# The default install, pinned with hashes. Made by `make lock`.' > requirements.txt
	@$(COMPILE) >> requirements.txt
	@echo '# The default install and the development tools, pinned. Made by `make lock`.' > requirements-dev.txt
	@$(COMPILE) --extra dev >> requirements-dev.txt

clean: ## remove what make has made
	rm -rf .venv demo build *.egg-info .coverage* .pytest_cache .mypy_cache .ruff_cache
