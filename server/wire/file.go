package wire

import (
	"bytes"
	"encoding/json"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/server/recommend"
)

// RequestJSON reads a request as POST /v1/recommendations takes it, for tools
// that answer without a server. An error about the request is Invalid.
func RequestJSON(data []byte, words *fact.Catalogue) (recommend.Request, error) {
	m := &pb.RecommendRequest{}
	if err := UnmarshalJSON(data, m); err != nil {
		return recommend.Request{}, err
	}
	if err := NewValidator().Check(m); err != nil {
		return recommend.Request{}, err
	}
	return Request(m, words)
}

// DecisionJSON writes an answer as POST /v1/recommendations gives it, indented.
func DecisionJSON(a *recommend.Answer) ([]byte, error) {
	text, err := AppendJSON(nil, Decision(a))
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = json.Indent(&b, text, "", "  ") // the library varies its blanks on purpose
	return b.Bytes(), err
}
