// Package gateway answers the REST form of the rightvoice API by calling a gRPC
// client of it, and holds the OpenAPI 3.1 document that describes that form.
//
// It is apart from the messages so that gRPC clients do not link it.
// `make generate` writes all of it but this file.
package gateway

import _ "embed"

//go:embed openapi.json
var openAPI string

// OpenAPI is the OpenAPI 3.1 document of the REST API, as JSON.
func OpenAPI() string { return openAPI }
