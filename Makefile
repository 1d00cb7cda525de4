# `make` alone lists the targets. Both `make run` and `make test` do all the set-up they need.
.DEFAULT_GOAL := help
.PHONY: help setup assets build run serve test test-swift test-python test-browser bench bench-geocoder geocoder-report lint format check clean

PYTHON := .venv/bin/python

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install the Debian packages that are missing
	@scripts/setup.sh

assets: ## Fetch the pinned web assets and make the fonts (vendor/)
	@scripts/assets.sh

build: setup assets ## Build for release
	swift build -c release

run: build ## Build, build the city file if there is none, and serve
	@exec "$$(swift build -c release --show-bin-path)/openalmaty" serve

serve: setup assets ## Build for debugging and serve: the inner loop while developing
	swift build --product openalmaty
	@OPENALMATY_TILES_AHEAD=$${OPENALMATY_TILES_AHEAD:-false} exec "$$(swift build --show-bin-path)/openalmaty" serve

test: ## Install what is missing, build, run all tests, print a summary
	@scripts/setup.sh --tests
	@scripts/test.sh

test-swift: ## Run only the Swift tests
	@scripts/test.sh swift

test-python: ## Run only the Python tests, except those in a browser
	@scripts/test.sh python

test-browser: ## Run only the browser tests, on the debug build
	@scripts/test.sh browser

bench: ## Measure in-process, over HTTP, against PostGIS, SpatiaLite and tippecanoe
	@scripts/setup.sh --bench
	@scripts/assets.sh
	swift build -c release
	@python3 Benchmarks/run.py

bench-geocoder: ## Compare the geocoder with Nominatim; writes docs/geocoder-peers.md
	@scripts/setup.sh --bench
	@scripts/assets.sh
	swift build -c release
	@python3 Benchmarks/bench_geocoder.py

geocoder-report: ## Measure how well addresses are found; writes docs/geocoder-report.md
	@scripts/setup.sh
	swift build -c release
	@"$$(swift build -c release --show-bin-path)/openalmaty-tools" geocoder-report --output docs/geocoder-report.md

lint: ## Check the format of the Swift sources
	swift format lint --strict -r -p Sources Tests Package.swift

format: ## Format the Swift sources in place
	swift format -i -r -p Sources Tests Package.swift

check: lint test ## Lint and test, as every change must pass

clean: ## Remove everything built or fetched; the databases in var/ stay
	rm -rf .build .venv vendor var/test var/screenshots
