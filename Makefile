# Builds, runs and tests Strata. `make run` and `make test` install what is missing and need
# nothing but the Swift toolchain; once installed, they work without a network.

SWIFT ?= swift
SOURCES := Sources Tests Package.swift Benchmarks/Sources Benchmarks/Package.swift \
	Fuzz/Sources Fuzz/Package.swift

.PHONY: help run test test-release test-arm build setup setup-arm check-training benchmarks compare format lint docs \
	coverage sanitize fuzzers fuzz clean

help:  ## Show this list.
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/make \1\t\2/'

run: build  ## Train on the best data set that is found.
	.build/release/strata train

build: setup  ## Build the release.
	$(SWIFT) build -c release --product strata

test: setup  ## Run all tests; failures come again at the end.
	SWIFT=$(SWIFT) Scripts/test

test-release: setup  ## Run the library's tests on optimized code.
	$(SWIFT) test -c release -Xswiftc -enable-testing --scratch-path .build/testing \
		--filter StrataTests

test-arm: setup-arm  ## Compare the NEON kernels, in an emulator, with the plain ones.
	Scripts/test-arm

setup-arm:
	Scripts/setup qemu-user libc6-dev-arm64-cross libgcc-12-dev-arm64-cross

setup:  ## Install what is missing.
	Scripts/setup

check-training: build  ## Train for a few seconds and check the accuracy.
	Scripts/check-training .build/release/strata

benchmarks: setup  ## Build the benchmarks, Benchmarks/.build/release/strata-benchmarks.
	$(SWIFT) build -c release --package-path Benchmarks

compare: build benchmarks  ## Compare with PyTorch, JAX, Keras, NumPy and others; takes half an hour.
	Scripts/peers/setup
	Scripts/peers/compare.py
	Scripts/peers/products.py

coverage: setup  ## Print which lines the tests run; fails where they are too few.
	$(SWIFT) test --enable-code-coverage --scratch-path .build/coverage
	Scripts/coverage.py .build/coverage

# Tests of the command limit its memory, of which a sanitizer takes terabytes; XCTest, which has no
# test of ours, leaks by itself.
sanitize: setup  ## Run the tests with the address and the thread sanitizer.
	$(SWIFT) test --sanitize address --scratch-path .build/address --disable-xctest --skip CommandTests
	$(SWIFT) test --sanitize thread --scratch-path .build/thread --disable-xctest --skip CommandTests

# Of several --sanitize, the compiler takes the last alone: both stand in one option.
fuzzers: setup  ## Build the fuzz targets, Fuzz/.build/release/strata-fuzz.
	$(SWIFT) build -c release --sanitize fuzzer -Xswiftc -sanitize=fuzzer,address \
		-Xswiftc -enable-testing --package-path Fuzz

fuzz: fuzzers  ## Feed every parser with whatever comes, a minute each.
	Scripts/fuzz 60

format:  ## Format the sources.
	$(SWIFT) format -i -r $(SOURCES)

lint:  ## Check the format, and that files are named after what they hold.
	$(SWIFT) format lint --strict -r $(SOURCES)
	Scripts/check-files.py

docs:  ## Build the documentation; warnings are errors.
	$(SWIFT) package --disable-sandbox generate-documentation --target Strata --warnings-as-errors

clean:  ## Remove what was built; runs and data stay.
	rm -rf .build Benchmarks/.build Fuzz/.build
