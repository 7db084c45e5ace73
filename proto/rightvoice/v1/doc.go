// Package rightvoicev1 is the contract on the wire: the messages of the
// rightvoice API, version 1, and its gRPC services.
//
// It holds nothing but what protoc-gen-go and protoc-gen-go-grpc make of the
// .proto files beside it; those carry the documentation. `make generate` writes
// the rest of this package anew.
package rightvoicev1
