# Smart Territoires: every verb does its own set-up, asks nothing, and can be repeated. `make` alone lists them.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PY := .venv/bin/python
ZIP := dist/smart_territoires_plugin.zip
PROFILE ?= default

.PHONY: help setup setup-postgis setup-qgis setup-qgis-tests demo test test-core test-qgis test-desktop matrix \
	help-pictures lint format package zip translations deploy bench clean clean-all

help: ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' Makefile

setup: .venv/.complete ## the engine's environment (.venv)

.venv/.complete: pyproject.toml scripts/setup-engine scripts/system.sh
	@scripts/setup-engine .venv
	@touch $@

setup-postgis: # the database server that the tests start for themselves
	@scripts/setup-postgis

setup-qgis: ## QGIS 3.40 or later, where it is not there yet
	@scripts/setup-qgis

setup-qgis-tests: setup-qgis .venv-qgis/.complete

.venv-qgis/.complete: scripts/setup-qgis-tests scripts/system.sh | setup-qgis
	@scripts/setup-qgis-tests .venv-qgis
	@touch $@

demo: setup setup-qgis ## the fictitious region: run it, make its atlas, show its ten first targets
	@$(PY) scripts/demo.py

test: setup setup-postgis setup-qgis-tests zip ## every test
	@$(PY) scripts/run_tests.py

test-core: setup setup-postgis setup-qgis zip ## the tests that need no QGIS
	@$(PY) scripts/run_tests.py core

test-qgis: setup setup-qgis-tests ## the tests inside PyQGIS
	@$(PY) scripts/run_tests.py qgis

test-desktop: setup setup-qgis-tests zip ## the tests in the whole QGIS desktop
	@$(PY) scripts/run_tests.py desktop

matrix: setup zip ## the tests of QGIS and the desktop on QGIS 3.44 in a tree of Debian 13 (root, 3 GB)
	@scripts/matrix

help-pictures: setup setup-qgis-tests zip ## take the pictures of the help again, by the walk in the desktop
	@mkdir -p resources/help/pictures
	@ST_HELP_PICTURES=$(CURDIR)/resources/help/pictures $(PY) scripts/run_tests.py desktop --pytest=-k --pytest=walk

lint: setup ## style and the architecture's import rules
	@$(PY) -m ruff check --quiet --output-format concise .
	@$(PY) -m ruff format --check --quiet . || { echo 'lint: run make format' >&2; exit 1; }
	@$(PY) -m pytest -q --no-header -p no:qgis tests/core/test_imports.py

format: setup ## lay the code out and sort its imports
	@$(PY) -m ruff check --quiet --fix-only --exit-zero .
	@$(PY) -m ruff format --quiet .

zip: setup setup-qgis
	@$(PY) scripts/package.py >/dev/null

package: setup setup-qgis ## the zip for the plugin repository, checked as the repository does
	@$(PY) scripts/package.py
	@$(PY) scripts/check_package.py $(ZIP)

translations: setup setup-qgis ## compile i18n/*.ts
	@$(PY) scripts/package.py --translations

deploy: zip ## install into a QGIS profile (PROFILE=default)
	@$(PY) scripts/deploy.py $(ZIP) --profile $(PROFILE)

bench: setup setup-qgis ## time our methods against others (40 min and more); writes docs/benchmarks.md
	@$(PY) -m pip install --quiet --disable-pip-version-check -e '.[bench]'
	@$(PY) -m bench

clean: ## remove what the other verbs wrote
	@rm -rf build dist i18n/*.qm .pytest_cache .ruff_cache .hypothesis .qgis-settings
	@find smart_territoires_plugin scripts tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

clean-all: clean ## … and the environments
	@rm -rf .venv .venv-qgis
