# What people type; `make help` lists it. Tools that are missing are fetched by
# the versions in .tools/ into folders that git ignores.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

BIN       := .cache/bin
BUF       := .tools/node_modules/.bin/buf
GENERATED := .cache/generated
API       := proto/rightvoice/v1
BASELINE  := proto/baseline.binpb
TS_CLIENT := clients/typescript
STUDIO    := clients/studio
DEMO      := clients/demo

##@ Use

.PHONY: run
run: build ## start the service with the default content (ARGS="--http-addr …")
	@exec bin/rightvoice serve $(ARGS)

.PHONY: build
build: studio-if-npm ## build bin/rightvoice
	@[ -e bin/rightvoice ] || echo 'building; the first time takes a few minutes'
	@go build -o bin/rightvoice ./server/cmd/rightvoice

.PHONY: studio
studio: $(STUDIO)/dist/index.html ## build the web page of the rules, which the next build embeds

# Without npm the program is whole but for the page, which then says so.
.PHONY: studio-if-npm
studio-if-npm:
	@if command -v npm >/dev/null; then $(MAKE) -s studio; \
	else echo 'npm is missing: building without the Studio (/studio/ will say how to add it)'; fi

STUDIO_SOURCES := $(shell find $(STUDIO)/src $(TS_CLIENT)/src -type f) $(addprefix $(STUDIO)/,index.html vite.config.ts package.json)

$(STUDIO)/dist/index.html: $(STUDIO)/node_modules $(STUDIO_SOURCES)
	@cd $(STUDIO) && npm run --silent build

##@ Check

.PHONY: test
test: ## check everything; installs what is missing (PKGS="./rules/..." FUZZTIME=3s)
	@.ci/test

.PHONY: soak
soak: ## run the deep tests: millions of random members, long fuzzing
	@.ci/need redis-server redis-server
	RIGHTVOICE_SOAK=1 go test -timeout 0 $(or $(PKGS),./...)
	FUZZTIME=10m FINDINGS=fail .ci/test

.PHONY: bench
bench: ## run the benchmarks (PKGS="./rules/ruleset")
	go test -run '^$$' -bench . -benchmem $(or $(PKGS),./...)

.PHONY: lint
lint: $(BIN)/golangci-lint tools ## lint Go and proto
	$(BIN)/golangci-lint run ./...
	@$(MAKE) -s check-proto

.PHONY: test-typescript
test-typescript: $(TS_CLIENT)/node_modules ## check the TypeScript client against a running service
	@mkdir -p .cache
	@cd $(TS_CLIENT) && npm test

.PHONY: test-studio
test-studio: $(STUDIO)/node_modules ## check the Studio: types, lint, unit tests, build, sizes
	@cd $(STUDIO) && npm run --silent test

.PHONY: test-browser
test-browser: studio ## try the Studio in a browser (ONLY=tasks; SHOTS=docs writes the pictures of the READMEs)
	@.ci/need chromium chromium
	@go build -o .cache/rightvoice-for-browser ./server/cmd/rightvoice
	@cd $(STUDIO) && RIGHTVOICE_BIN=$(CURDIR)/.cache/rightvoice-for-browser npm run --silent e2e

.PHONY: test-demo
test-demo: $(DEMO)/node_modules ## check the demo pages in a browser
	@.ci/need chromium chromium
	@mkdir -p .cache
	@cd $(DEMO) && npm test

##@ Change the API

.PHONY: generate
generate: generated $(TS_CLIENT)/node_modules ## write the generated Go and TypeScript and the OpenAPI document anew
	@find $(API) \( -name '*.pb.go' -o -name '*.pb.gw.go' \) -delete
	@cp -r $(GENERATED)/proto/. proto/
	@cd $(TS_CLIENT) && npm run --silent generate

.PHONY: baseline
baseline: tools ## accept the API as it is; later changes are compared with it
	@$(BUF) build proto --exclude-imports --exclude-source-info -o $(BASELINE)

.PHONY: generated
generated: tools
	@$(BUF) build proto
	@rm -rf $(GENERATED)
	@$(BUF) generate -o $(GENERATED)
	@sed -i 's/^package rightvoicev1$$/package gateway/' $(GENERATED)/$(API)/gateway/*.pb.gw.go
	@$(BIN)/openapiv3-merge .tools/openapi.json $$(find $(GENERATED)/openapi -name '*.json' | LC_ALL=C sort) > $(GENERATED)/$(API)/gateway/openapi.json
	@# Over REST a bundle is a JSON object; the generator knows only that it is bytes.
	@sed -i '/"bundle": {/,/}/{s/"string"/"object"/;/"format"/d}' $(GENERATED)/$(API)/gateway/openapi.json

# Modules that the generators and the generated code both stand on.
TWINS := google.golang.org/protobuf github.com/grpc-ecosystem/grpc-gateway/v2 \
	google.golang.org/genproto/googleapis/api google.golang.org/genproto/googleapis/rpc \
	buf.build/gen/go/bufbuild/protovalidate/protocolbuffers/go

.PHONY: check-generated
check-generated: generated
	@diff <(go list -m $(TWINS)) <(cd .tools && go list -m $(TWINS)) \
		|| { echo 'go.mod and .tools/go.mod differ'; exit 1; }
	@diff -r <(cd $(GENERATED) && find proto -type f | sort | xargs sha256sum) \
		<(find proto \( -name '*.pb.go' -o -name '*.pb.gw.go' -o -name openapi.json \) | sort | xargs sha256sum) \
		|| { echo 'run `make generate`'; exit 1; }

# Sources that others own are in the baseline's image only by reference, so
# they are put before it: two descriptor sets in a row are one.
.PHONY: check-proto
check-proto: tools
	@$(BUF) lint
	@$(BUF) format -d --exit-code proto
	@$(BUF) build .gen/thirdparty --exclude-source-info -o .cache/imports.binpb
	@cat .cache/imports.binpb $(BASELINE) > .cache/baseline.binpb
	@$(BUF) breaking proto --against .cache/baseline.binpb

##@ Tools

.PHONY: tools
tools: $(BUF) .gen/thirdparty ## fetch buf and build the generators

# ignore-scripts in .npmrc: nothing of npm runs but the binary named here.
$(BUF): .tools/package-lock.json .tools/.npmrc
	@cd .tools && npm ci --silent
	@touch $@

$(TS_CLIENT)/node_modules $(STUDIO)/node_modules $(DEMO)/node_modules: %/node_modules: %/package-lock.json %/.npmrc
	@command -v npm >/dev/null || { echo 'npm is missing: install Node 20 with npm (Debian: apt-get install nodejs npm)'; exit 1; }
	@cd $* && npm ci --silent --ignore-scripts
	@touch $@

$(BIN)/golangci-lint:
	@GOBIN=$(CURDIR)/$(BIN) go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0

$(BIN)/protosrc: .tools/go.mod .tools/go.sum .tools/protosrc/main.go
	@mkdir -p $(BIN)
	@cd .tools && GOBIN=$(CURDIR)/$(BIN) go install tool ./protosrc
	@touch $@

# The sources of google/api, google/rpc and buf/validate, as the pinned Go
# modules describe them.
.gen/thirdparty: $(BIN)/protosrc
	@rm -rf $@ && mkdir -p .gen
	@$(BIN)/protosrc $@
	@touch $@

.PHONY: clean
clean: ## remove everything that make has made
	@rm -rf bin .cache .gen .tools/node_modules $(TS_CLIENT)/{node_modules,dist,.packed,LICENSE} {$(STUDIO),$(DEMO)}/node_modules
	@find $(STUDIO)/dist -mindepth 1 ! -name .gitkeep -delete

.PHONY: help
help:
	@awk 'BEGIN {FS = ":.*## "} /^##@ / {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
