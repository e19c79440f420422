# The front door. `make help` says what there is.
SHELL := /bin/bash
.DEFAULT_GOAL := help

.PHONY: help demo test check unit e2e chaos bench images generate format clean

help: ## this list
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

demo: ## a local cluster, the operator, a benchmark of five frameworks, its ranking
	@scripts/demo

test: ## everything: unit, API server, the local cluster, whole runs on a real cluster
	@scripts/test all

check: ## the inner loop: format, unit tests, tests against a real API server
	@scripts/test check

unit: ## unit tests only
	@scripts/test unit

e2e: ## whole runs on a real cluster only
	@scripts/test e2e

chaos: ## long disturbances on a real cluster: kills, outages, an hour of faults at random; its log in target/chaos
	@scripts/test chaos

bench: ## measures Podium itself; raw data in target/bench
	@scripts/bench

images: ## builds all images into target/images
	@scripts/images

generate: ## writes the CRD, its copy in the chart, the reference and troubleshooting from the source
	@scripts/test generate

format: ## formats the Java sources
	@scripts/test format

clean: ## removes what was built in this checkout
	@rm -rf target
