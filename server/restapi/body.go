package restapi

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"reflect"
	"sync"

	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	"google.golang.org/protobuf/proto"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/grpcapi"
	"github.com/rightvoice/rightvoice/server/wire"
)

// body is the body of a request and what was wrong with it. The gateway turns
// an error of its decoder into text, which loses the field and repeats what was
// sent; the error handler takes the true one from here.
type body struct {
	io.ReadCloser
	problem error
	items   map[int]error // of a list whose items fail alone
}

// bodyOf is where a context keeps the body of its request.
type bodyOf struct{}

// badItems are the items of a request that could not be read, with the reason.
func badItems(ctx context.Context) map[int]error {
	if b, ok := ctx.Value(bodyOf{}).(*body); ok {
		return b.items
	}
	return nil
}

// marshaler is the JSON of this API.
type marshaler struct{}

// usual is the room that most decisions need.
const usual = 1536

func (marshaler) ContentType(any) string { return "application/json" }

func (marshaler) Marshal(v any) ([]byte, error) {
	switch v := v.(type) {
	case *pb.Decision:
		if data, ok := encodeDecision(make([]byte, 0, usual), v); ok {
			return data, nil
		}
	case *pb.BatchRecommendResponse:
		if data, ok := encodeBatch(make([]byte, 0, usual*len(v.Results)), v); ok {
			return data, nil
		}
	}
	if line, ok := v.(map[string]any); ok { // of a stream: the message is the line
		v = line["result"]
	}
	if line, ok := v.(map[string]proto.Message); ok { // the error that ends one
		b, err := wire.AppendJSON([]byte(`{"error":`), line["error"])
		return append(b, '}'), err
	}
	m, ok := v.(proto.Message)
	if !ok {
		return nil, errors.New("an answer is no message")
	}
	return wire.AppendJSON(nil, m)
}

// StreamContentType is one JSON object a line.
func (marshaler) StreamContentType(any) string { return "application/x-ndjson" }

func (marshaler) Unmarshal(data []byte, v any) error { return decode(data, v) }

func (m marshaler) NewEncoder(w io.Writer) runtime.Encoder {
	return runtime.EncoderFunc(func(v any) error {
		data, err := m.Marshal(v)
		if err == nil {
			_, err = w.Write(data)
		}
		return err
	})
}

// largest is the most room that is kept for the next request.
const largest = 2 << 20

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// NewDecoder reads the whole of r as one value, so that nothing can hide
// behind it.
func (marshaler) NewDecoder(r io.Reader) runtime.Decoder {
	return runtime.DecoderFunc(func(v any) error {
		items, err := readAll(r, v)
		if b, ok := r.(*body); ok {
			b.items = items
			if err != io.EOF {
				b.problem = err
			}
		}
		return err
	})
}

func readAll(r io.Reader, v any) (items map[int]error, err error) {
	buf := buffers.Get().(*bytes.Buffer)
	defer func() {
		if buf.Cap() <= largest {
			buffers.Put(buf)
		}
	}()
	buf.Reset()
	if _, err := buf.ReadFrom(r); err != nil {
		return nil, unreadable(err)
	}
	if buf.Len() == 0 {
		return nil, io.EOF // to the gateway: an empty message
	}
	if m, ok := v.(proto.Message); ok {
		if list, keep := itemsOf(m); list != "" {
			return wire.UnmarshalItems(buf.Bytes(), m, list, keep)
		}
	}
	return nil, decode(buf.Bytes(), v)
}

// itemsOf names the list of a message whose items fail alone, and the field of
// an item that its answer repeats.
func itemsOf(m proto.Message) (list, keep string) {
	switch m.(type) {
	case *pb.BatchRecommendRequest:
		return "requests", "requestId"
	case *pb.RecordFactsRequest:
		return "events", ""
	}
	return "", ""
}

// decode reads data into a message, or into a new one if v points to where
// one belongs, as the gateway asks for where the body is a field.
func decode(data []byte, v any) error {
	switch m := v.(type) {
	case *pb.ImportFhirRequest:
		return wire.UnmarshalImport(data, m)
	case proto.Message:
		return wire.UnmarshalJSON(data, m)
	}
	to := reflect.ValueOf(v)
	if to.Kind() != reflect.Pointer || to.Elem().Kind() != reflect.Pointer {
		return errors.New("a body is no message")
	}
	fresh := reflect.New(to.Elem().Type().Elem())
	m, ok := fresh.Interface().(proto.Message)
	if !ok {
		return errors.New("a body is no message")
	}
	to.Elem().Set(fresh)
	return wire.UnmarshalJSON(data, m)
}

// problem is a request that REST refuses before the service sees it.
type problem struct {
	status  int
	reason  string
	message string
}

func (p *problem) Error() string { return p.message }

var (
	tooLarge   = &problem{http.StatusRequestEntityTooLarge, "BODY_TOO_LARGE", "the body is too large"}
	tooSlow    = &problem{http.StatusRequestTimeout, "BODY_TIMEOUT", "the body did not arrive in time"}
	cutOff     = &problem{http.StatusBadRequest, "BODY_INCOMPLETE", "the body is incomplete"}
	notJSON    = &problem{http.StatusUnsupportedMediaType, "CONTENT_TYPE", "the Content-Type must be application/json"}
	encoded    = &problem{http.StatusUnsupportedMediaType, "CONTENT_ENCODING", "a body must be sent as it is, without a Content-Encoding"}
	noSuchPath = &problem{http.StatusNotFound, "NO_SUCH_PATH", "nothing is served at this path"}
	busy       = &problem{http.StatusTooManyRequests, grpcapi.ReasonOverloaded, "too many bundles at once; try again"}
	badMethod  = &problem{http.StatusMethodNotAllowed, "METHOD_NOT_ALLOWED", "this path does not take that method; the Allow header names those it takes"}
)

// unreadable says why a body could not be read.
func unreadable(err error) error {
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return tooLarge
	case errors.Is(err, os.ErrDeadlineExceeded):
		return tooSlow
	}
	return cutOff
}
