# make demo: build, write the example project, run its month.   make test: everything that CI runs.
GO      ?= go
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
export CGO_ENABLED = 0
PLATFORMS = linux/amd64 linux/arm64 windows/amd64 darwin/arm64

.PHONY: build demo test check cross full samples fuzz bench docs clean

# The pass over calls has a body for wide registers; it is taken where the toolchain offers it.
SIMD = $(shell GOEXPERIMENT=simd $(GO) list simd/archsimd >/dev/null 2>&1 && echo GOEXPERIMENT=simd)

build:
	$(SIMD) $(GO) build -trimpath -ldflags "-s -w -X main.version=$(VERSION)" -o bin/telepay ./cmd/telepay

demo: build
	rm -rf demo
	bin/telepay init demo
	bin/telepay -C demo run

test:
	$(GO) vet ./...
	$(GO) test ./...

# check is test, and that nothing is left unformatted or out of date.
check: test docs
	test -z "$$(gofmt -l . | tee /dev/stderr)"
	git diff --exit-code -- docs

cross:
	@for p in $(PLATFORMS); do \
	  echo "build $$p"; GOOS=$${p%/*} GOARCH=$${p#*/} $(GO) build -o /dev/null ./cmd/telepay || exit 1; \
	  GOOS=$${p%/*} GOARCH=$${p#*/} $(GO) vet ./... || exit 1; done

# docs writes the pages that are made from tables in the code.
docs:
	$(GO) test ./cmd/telepay -run TestDocs -update

# full adds what takes longer: the race detector (needs a C compiler), fuzzing, other platforms,
# and real exports of real systems where there is a folder of them (sqlite3 counts them a second time).
SAMPLES ?= ../shared/data
full: check cross samples
	CGO_ENABLED=1 $(GO) test -race -timeout 30m ./internal/... ./kpi ./commission ./penalties
	$(MAKE) fuzz

samples:
	if [ -d $(SAMPLES) ]; then SAMPLES=$(abspath $(SAMPLES)) $(GO) test -tags samples ./internal/input/convert ./internal/input ./cmd/telepay -run 'Sample|SQL|DingTalk'; fi

FUZZTIME ?= 20s
fuzz:
	@for p in $$($(GO) list ./...); do for f in $$($(GO) test -list '^Fuzz' $$p | grep ^Fuzz); do \
	  echo "$$p $$f"; $(GO) test $$p -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 5x || exit 1; done; done

# bench measures whole programs, in turn, beside plain ones and, where it is
# installed (npm install --prefix $(DUCKDB) @duckdb/node-api), DuckDB. It wants an idle machine.
ROWS   ?= 1000000 10000000
ROUNDS ?= 5
DUCKDB ?=
bench:
	$(GO) test ./internal/input/scan ./internal/money -run '^$$' -bench . -benchtime 1x
	@for n in $(ROWS); do $(GO) run ./fixtures/bench -rows $$n -rounds $(ROUNDS) -dir bin/bench -duckdb "$(DUCKDB)" || exit 1; done

clean:
	rm -rf bin demo
