# Every target makes what it needs: a virtual environment in .venv, with the project installed in it.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test bench verify docs clean

.venv/installed: setup.cfg pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test]'
	touch $@

demo: .venv/installed
	mkdir -p build
	$(BIN)/ccclauses build examples/retail-uk.yaml -o build/retail-uk.docx --force
	@echo
	$(BIN)/ccclauses explain examples/retail-uk.yaml --short
	@echo
	@echo "Open build/retail-uk.docx in Word or LibreOffice, then try:"
	@echo "  $(BIN)/ccclauses show breach-handling"
	@echo "  $(BIN)/ccclauses build examples/retail-uk.yaml --to html -o build/retail-uk.html"

test: .venv/installed
	$(BIN)/python -m pytest -n auto

bench: .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[bench]'
	$(BIN)/python -m benchmarks

clean:
	rm -rf .venv build dist *.egg-info
