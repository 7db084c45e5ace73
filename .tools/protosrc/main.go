// Command protosrc writes the .proto sources that ours import and others own
// (google/api, google/rpc, buf/validate) into the folder named as its argument.
//
// It prints them from the descriptors inside the pinned Go modules, so that
// the sources buf compiles and the Go packages the generated code imports are
// always of one version, and no third party's file is kept in the repository.
package main

import (
	"log"
	"os"

	"buf.build/gen/go/bufbuild/protovalidate/protocolbuffers/go/buf/validate"
	"github.com/jhump/protoreflect/v2/protoprint"
	"google.golang.org/genproto/googleapis/api/annotations"
	"google.golang.org/genproto/googleapis/rpc/status"
	"google.golang.org/protobuf/reflect/protoreflect"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: protosrc FOLDER")
	}
	if err := write(os.Args[1]); err != nil {
		log.Fatal(err)
	}
}

func write(folder string) error {
	return (&protoprint.Printer{}).PrintProtosToFileSystem([]protoreflect.FileDescriptor{
		annotations.File_google_api_annotations_proto,
		annotations.File_google_api_field_behavior_proto,
		annotations.File_google_api_http_proto,
		status.File_google_rpc_status_proto,
		validate.File_buf_validate_validate_proto,
	}, folder)
}
