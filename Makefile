# What people type. `make help` lists it. Everything a target needs and that is
# not there yet is fetched by version (.tools/) into folders git ignores.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

CACHE := .cache
BIN   := $(CACHE)/bin
BUF   := .tools/node_modules/.bin/buf
API   := proto/rightvoice/v1

.PHONY: generate
generate: $(BUF) $(CACHE)/tools ## Writes the generated Go and the OpenAPI document anew
	@rm -rf .gen/openapi
	@find $(API) -name '*.pb.go' -delete -o -name '*.pb.gw.go' -delete
	@$(BUF) generate
	@sed -i 's/^package rightvoicev1$$/package gateway/' $(API)/gateway/*.pb.gw.go
	@$(BIN)/openapiv3-merge .tools/openapi.json $$(find .gen/openapi -name '*.json' | LC_ALL=C sort) > $(API)/gateway/openapi.json

# The plugins, and the sources of others that our .proto files import.
$(CACHE)/tools: .tools/go.mod .tools/go.sum .tools/protosrc/main.go
	@mkdir -p $(BIN)
	@cd .tools && GOBIN=$(CURDIR)/$(BIN) go install tool ./protosrc
	@rm -rf .gen/thirdparty && $(BIN)/protosrc .gen/thirdparty
	@touch $@

$(BUF): .tools/package-lock.json
	@cd .tools && npm ci --silent
	@touch $@
