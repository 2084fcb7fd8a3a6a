# Every target makes what it needs: a virtual environment in .venv, with the project installed in it.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test check bench soak fuzz dist verify docs clean

.venv/installed: setup.cfg pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test]'
	touch $@

demo: .venv/installed
	mkdir -p build
	$(BIN)/ccclauses build examples/retail-uk.yaml -o build/retail-uk.docx --force
	$(BIN)/ccclauses build examples/startup-baseline.yaml -o build/startup-baseline.docx --force
	@echo
	$(BIN)/ccclauses explain examples/retail-uk.yaml --short
	@echo
	@echo "Open build/retail-uk.docx (full form) and build/startup-baseline.docx (short form) in Word or LibreOffice, then try:"
	@echo "  $(BIN)/ccclauses show breach-handling"
	@echo "  $(BIN)/ccclauses build examples/retail-uk.yaml --to html -o build/retail-uk.html"

test: .venv/installed
	$(BIN)/python -m pytest -n auto

# Types and style: mypy as setup.cfg configures it, ruff as ruff.toml does.
check: .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	$(BIN)/mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

bench: .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[bench]'
	$(BIN)/python -m benchmarks

soak: .venv/installed
	$(BIN)/python -m benchmarks.soak

# Atheris runs on Linux; the readers of what comes from outside share the SECONDS out equally.
SECONDS ?= 1800

fuzz: .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[fuzz]'
	$(BIN)/python tools/fuzz.py all --seconds $(SECONDS)

# The wheel and the sdist, built twice from what is committed; the second build has to have the same bytes.
dist: .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check build
	$(BIN)/python tools/dist.py

docs: .venv/installed
	$(BIN)/python tools/reference.py
	$(BIN)/python tools/rule_pages.py
	$(BIN)/python tools/where_it_went.py
	$(BIN)/python tools/api_page.py

# An oracle that judges redlines by what their changes mean, and the real pairs of Word files that it is run on, are kept
# beside the project.
VERIFY ?= ../shared/verify

verify: .venv/installed
	@if [ -f "$(VERIFY)/oracle.py" ]; then \
		mkdir -p build/verify && \
		$(BIN)/python "$(VERIFY)/oracle.py" run --corpus "$(VERIFY)/pairs" --name ccclauses --out build/verify/redlines \
			--json build/verify/result.json -- $(BIN)/ccclauses redline {before} {after} -o {out} --force && \
		$(BIN)/python "$(VERIFY)/gate.py" build/verify/result.json; \
	else \
		echo "Nothing was verified: there is no oracle in $(VERIFY). Name its folder: make verify VERIFY=path"; \
	fi

clean:
	rm -rf .venv build dist *.egg-info
