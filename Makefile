# Two commands do everything: `make run` and `make test`. Each installs what the machine lacks.
SHELL := /bin/bash
CACHE := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/junheng
SWIFT_VERSION := $(shell swift --version 2>/dev/null | sed -n 's/.*version \([0-9.]*\).*/\1/p' | head -1)
# Outside the clone, so that a fresh clone finds the dependencies built.
export SCRATCH ?= $(CACHE)/build-$(SWIFT_VERSION)
export JUNHENG_PYTHON ?= $(CACHE)/venv/bin/python
BUILD := swift build --scratch-path "$(SCRATCH)"
JUNHENG := $(SCRATCH)/debug/junheng

.PHONY: run test check format setup

setup:
	@Setup/machine
	@Setup/python "$(CACHE)/venv"

test: setup
	@Tests/run

check: setup
	@$(BUILD) --product junheng -q && "$(JUNHENG)" check

format:
	@swift format -i -r Sources Tests Package.swift
