# One command each; every target sets up what it needs and does nothing the second time.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 7860
STAMP := $(VENV)/.installed

.PHONY: help install chat test unit browser lint fix eval baseline measure bench clean

help:
	@echo "make chat   set up, ingest the bundled article, open the page on http://$(HOST):$(PORT)"
	@echo "make test   set up and run all tests"
	@echo "make unit   the fast tests only"
	@echo "make lint   ruff and mypy;  make fix   repair what ruff can"
	@echo "make eval   ask the project's question sets; fail where answers got worse than the baseline"
	@echo "make baseline   make today's answers the baseline"

install: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -c 'import sys; sys.exit("kai needs Python 3.11 or newer" if sys.version_info < (3, 11) else 0)'
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt torch
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $(STAMP)

chat: install
	$(BIN)/kai ingest
	$(BIN)/kai chat --host $(HOST) --port $(PORT)

test: install
	@command -v chromium >/dev/null || echo "No Chromium found: the browser tests are skipped. Install it: make browser"
	$(BIN)/pytest

unit: install
	$(BIN)/pytest -m "not slow and not browser and not faults"

browser:
	@command -v chromium >/dev/null || { apt-get update -qq && apt-get install -y -qq chromium fonts-noto-cjk; }

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

fix: install
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The project's own question sets against the committed baseline; ORIGINAL is the report that the
# bundled article retells, where it lies beside the checkout.
ORIGINAL ?= $(wildcard ../shared/articles)

eval: install
	$(BIN)/kai eval gate $(addprefix --articles ,$(ORIGINAL)) --output runs

baseline: install
	$(BIN)/kai eval gate $(addprefix --articles ,$(ORIGINAL)) --output runs --update

# Retrieval, refusal and reading over DIR (passages.jsonl, questions.jsonl, abstention.jsonl).
measure: install
	$(BIN)/kai eval retrieval "$(DIR)" --output runs/retrieval
	$(BIN)/kai eval abstention "$(DIR)" --output runs/abstention
	$(BIN)/kai eval reading "$(DIR)" --sample 300 --output runs/reading

# Retrieval and speed, with the search of others; DIR holds passages.jsonl and questions.jsonl.
bench: install
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[bench]'
	$(BIN)/python -m vectorstore.bench retrieval "$(DIR)" --cache .bench-cache
	$(BIN)/python -m vectorstore.bench peers "$(DIR)" --cache .bench-cache
	$(BIN)/python -m vectorstore.bench speed "$(DIR)" --cache .bench-cache --picture docs/images/growth.png

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist *.egg-info
