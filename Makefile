# Everything a person does with this project; `make` alone lists it.

PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$python && break; done)
BIN := .venv/bin
# All is to be covered. The rest to 100 is for what only a slow machine runs into: one line in two thousand.
COVERED := 99.95
VENDOR := tourapp/static/vendor/.installed
# A registry that does not answer is told at once, and is asked again at the next set-up.
NPM_OPTIONS := --ignore-scripts --silent --fetch-retries=0 --fetch-timeout=15000
# The files of pins name every package: pip has nothing to resolve, and does not look for newer ones.
PIP_OPTIONS := --quiet --disable-pip-version-check --no-deps
VALIDATOR := node_modules/.developing
CATALOGUES := en nl de
# The typefaces of signs, whole; the weights that templates/signs/ sets.
TYPEFACES := barlow-condensed/500Medium barlow-condensed/600SemiBold barlow-condensed/700Bold \
	atkinson-hyperlegible-next/400Regular atkinson-hyperlegible-next/500Medium \
	atkinson-hyperlegible-next/700Bold
BROWSER_CODE := swagger-ui-dist/swagger-ui.css swagger-ui-dist/swagger-ui-bundle.js \
	leaflet/dist/leaflet.css leaflet/dist/leaflet.js

.DEFAULT_GOAL := help
.PHONY: help run test check format lint faults live bench translations lock clean

help: ## List what can be done
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

run: .venv/.installed $(VENDOR) ## Set everything up, then serve at http://127.0.0.1:8000
	@$(BIN)/tourapp run

test: .venv/.developing $(VENDOR) $(VALIDATOR) ## Run every test that this machine can run
	@mkdir -p var
	@$(BIN)/coverage erase
	@COVERAGE_PROCESS_START=pyproject.toml PYTHONDONTWRITEBYTECODE= $(BIN)/coverage run -m pytest -n 2 --dist=worksteal --junitxml=var/tests.xml $(TESTS)
	@$(BIN)/coverage combine --quiet
	@if grep -q 'skipped="0"' var/tests.xml; then \
		$(BIN)/coverage report --precision=2 --fail-under=$(COVERED); \
	else \
		$(BIN)/coverage report; \
		echo "Full coverage is not enforced: some tests were skipped, for the reasons above."; \
	fi

check: lint test ## Everything that a change must pass

lint: .venv/.developing
	@$(BIN)/ruff format --check --quiet . || (echo "make format sets this right" && false)
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy & types=$$!; $(BIN)/lint-imports --no-cache && $(BIN)/tourapp stops check \
		&& $(BIN)/tourapp itineraries check; others=$$?; wait $$types && exit $$others

format: .venv/.developing ## Set the layout of the code
	@$(BIN)/ruff format --quiet .
	@$(BIN)/ruff check --fix --quiet .

faults: .venv/.developing ## The long proofs: many kills at any moment (minutes)
	@KILLS=20 PUBLISHING_KILLS=100 PUBLISHES=200 MOVES=200 SAVES=500 INTERLEAVINGS=1000 DRAWN=100 DRAWN_ON="sqlite postgresql" HEAPS=15 \
		$(BIN)/pytest tests/faults tests/hostile/test_description.py tests/journeys/test_nothing_runs.py

live: .venv/.installed ## Have the real gTTS say one sentence: asks Google, which no test does
	@TOURAPP_SPEECH_ENGINES=gtts $(BIN)/tourapp speech try gtts

bench: .venv/.developing ## Measure, print and write docs/benchmarks.md
	@$(BIN)/python -m bench.narration
	@$(BIN)/python -m bench.serving
	@$(BIN)/python -m bench.publishing
	@$(BIN)/python -m bench.signs
	@$(BIN)/python -m bench.browsing

translations: .venv/.installed ## Bring the catalogues up to date with the sentences of pages
	@mkdir -p var
	@$(BIN)/pybabel --quiet extract --mapping-file=pyproject.toml --keywords=lazy_gettext --omit-header \
		--add-location=file --sort-output --no-wrap --output-file=var/messages.pot tourapp templates
	@for lang in $(CATALOGUES); do $(BIN)/pybabel --quiet update --input-file=var/messages.pot \
		--output-file=tourapp/translations/$$lang.po --locale=$$lang --no-fuzzy-matching \
		--ignore-obsolete --omit-header --no-wrap; done
	@grep --files-with-matches '^msgstr ""$$' tourapp/translations/*.po \
		&& echo "A sentence waits for its translation wherever msgstr is empty." || true

lock: .venv/.developing ## Pin the packages of pyproject.toml; UPGRADE=--upgrade: the newest it allows
	@$(BIN)/pip install --quiet uv
	@echo setuptools | $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate $(UPGRADE) -o requirements.txt pyproject.toml -
	@echo setuptools | $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate $(UPGRADE) --extra dev -c requirements.txt -o requirements-dev.txt pyproject.toml -

clean: ## Remove what was installed and generated, but no data
	rm -rf .venv .node node_modules tourapp/static/vendor .coverage* *.egg-info

.venv/bin/python:
	@test -n "$(PYTHON)" || (echo "Python 3.11 or newer is needed; none was found." && false)
	@echo "Making an environment in .venv with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv .venv || (rm -rf .venv && echo "$(PYTHON) lacks its venv module; \
	on Debian: apt-get install python3-venv" && false)

.venv/.installed: .venv/bin/python requirements.txt pyproject.toml
	@test .venv/.developing -nt requirements.txt -a .venv/.developing -nt pyproject.toml || ( \
		echo "Installing the packages of requirements.txt" && \
		$(BIN)/pip install $(PIP_OPTIONS) --require-hashes -r requirements.txt && \
		$(BIN)/pip install $(PIP_OPTIONS) --no-build-isolation -e .)
	@touch $@

.venv/.developing: .venv/bin/python requirements-dev.txt pyproject.toml
	@echo "Installing the packages of requirements-dev.txt"
	@$(BIN)/pip install $(PIP_OPTIONS) --require-hashes -r requirements-dev.txt
	@$(BIN)/pip install $(PIP_OPTIONS) --no-build-isolation -e .
	@touch $@

# Browser code and typefaces of others: by the machine's npm, else by one from PyPI. Pages work
# without; signs are not printed without their typefaces.
$(VENDOR): package.json package-lock.json
	@echo "Installing the browser code and typefaces of package-lock.json"
	@mkdir -p $(@D)/typefaces
	@if command -v npm >/dev/null; then npm ci --omit=dev $(NPM_OPTIONS); else \
		$(PYTHON) -m venv .node \
		&& .node/bin/pip install $(PIP_OPTIONS) --require-hashes -r requirements-node.txt \
		&& PATH="$(CURDIR)/.node/bin:$$PATH" .node/bin/npm ci --omit=dev $(NPM_OPTIONS); \
	fi && cp $(BROWSER_CODE:%=node_modules/%) $(@D) \
	&& cp $(TYPEFACES:%=node_modules/@expo-google-fonts/%/*.ttf) $(@D)/typefaces && touch $@ \
	|| echo "The npm registry does not answer: the page /api/v1/docs will only link to the description," \
		"the map is a list, and no signs can be printed."

# What tests of pages use, from the same npm.
$(VALIDATOR): package.json package-lock.json | $(VENDOR)
	@PATH="$$PATH:$(CURDIR)/.node/bin" npm ci $(NPM_OPTIONS) && touch $@ \
	|| echo "The npm registry does not answer: the HTML of pages will not be validated."
