# Two commands do everything: `make run` and `make test`. Each installs what the machine lacks.
SHELL := /bin/bash
CACHE := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/junheng
SWIFT_VERSION := $(shell swift --version 2>/dev/null | sed -n 's/.*version \([0-9.]*\).*/\1/p' | head -1)
# Outside the clone, so that a fresh clone finds the dependencies built.
export SCRATCH ?= $(CACHE)/build-$(SWIFT_VERSION)
export JUNHENG_PYTHON ?= $(CACHE)/venv/bin/python
BUILD := swift build --scratch-path "$(SCRATCH)"
JUNHENG := $(SCRATCH)/debug/junheng

.PHONY: run test check bench deb format setup

setup:
	@Setup/machine
	@Setup/python "$(CACHE)/venv"

# The demo city at http://127.0.0.1:8080; `make run PORT=9000` for another port.
PORT ?= 8080
DATA ?= var/demo
run: setup
	@echo "编译 / building（首次约5分钟）"
	@$(BUILD) --product junheng -q
	@"$(JUNHENG)" serve --demo --data "$(DATA)" --port $(PORT)

test: setup
	@Setup/machine nginx-light
	@Tests/run

check: setup
	@$(BUILD) --product junheng -q && "$(JUNHENG)" check

# Against Polars, DuckDB, calamine, openpyxl, bare SQL, SCIP, CBC and SciPy in the same run. JUNHENG_BENCH_CASES=500000 for the full number of cases.
bench: setup
	@Setup/machine wrk
	@Setup/python "$(CACHE)/bench-venv" bench.txt
	@swift build -c release --scratch-path "$(SCRATCH)" --product junheng -q
	@swift build -c release --scratch-path "$(SCRATCH)" --product junheng-bench -q
	@"$(CACHE)/bench-venv/bin/python" Benchmarks/run.py "$(SCRATCH)/release/junheng-bench"

# The Debian package: program, catalogue, systemd units, and Swift's own libraries.
deb: setup
	@swift build -c release --scratch-path "$(SCRATCH)" --product junheng -q
	@Setup/package "$(SCRATCH)/release/junheng" "var/junheng_$$("$(SCRATCH)/release/junheng" --version)_$$(dpkg --print-architecture).deb"

format:
	@swift format -i -r Sources Tests Package.swift
