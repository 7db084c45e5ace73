package restapi

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	"github.com/grpc-ecosystem/grpc-gateway/v2/utilities"
	"google.golang.org/genproto/googleapis/api/annotations"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/wire"
)

// route is one REST form of a method, as its .proto file declares it. The
// gateway knows the same, but tells nobody which methods a path takes, and
// ignores query keys it does not know.
type route struct {
	verb     string
	segments []string // of the path; "{" stands for any one segment, "{:verb" for any that ends so
	body     string   // the field the body goes into, "*" for the whole message, "" for none
	streams  bool     // answers line by line, and may take as long as it likes
	imports  bool     // takes a whole record, and so a larger body
	items    bool     // has a list whose items fail alone
	input    protoreflect.MessageType
	query    map[string]protoreflect.FieldDescriptor
}

type routes struct {
	all   []*route
	exact map[string]*route // by verb and path, where the path has no variable
}

// newRoutes reads the routes of every service in the API's files.
func newRoutes() (*routes, error) {
	t := &routes{exact: map[string]*route{}}
	for _, file := range files {
		for i := range file.Services().Len() {
			methods := file.Services().Get(i).Methods()
			for j := range methods.Len() {
				if err := t.add(methods.Get(j)); err != nil {
					return nil, err
				}
			}
		}
	}
	return t, nil
}

// files are those of the API that have services.
var files = []protoreflect.FileDescriptor{pb.File_rightvoice_v1_recommendation_service_proto, pb.File_rightvoice_v1_member_service_proto, pb.File_rightvoice_v1_rule_service_proto, pb.File_rightvoice_v1_insights_service_proto}

func (t *routes) add(m protoreflect.MethodDescriptor) error {
	rule, ok := proto.GetExtension(m.Options(), annotations.E_Http).(*annotations.HttpRule)
	if !ok || rule == nil {
		return nil
	}
	input, err := protoregistry.GlobalTypes.FindMessageByName(m.Input().FullName())
	if err != nil {
		return err
	}
	for _, one := range append([]*annotations.HttpRule{rule}, rule.GetAdditionalBindings()...) {
		verb, path := pattern(one)
		r := &route{verb: verb, body: one.GetBody(), streams: m.IsStreamingServer(), imports: m.Input().FullName() == imports, input: input, query: map[string]protoreflect.FieldDescriptor{}}
		list, _ := itemsOf(input.New().Interface())
		r.items = list != ""
		inPath := map[string]bool{}
		for _, s := range strings.Split(path, "/") {
			if name, isVar := strings.CutPrefix(s, "{"); isVar {
				name, action, _ := strings.Cut(name, "}")
				inPath[name] = true
				s = "{" + action
			}
			r.segments = append(r.segments, s)
		}
		for k := range input.Descriptor().Fields().Len() {
			f := input.Descriptor().Fields().Get(k)
			if name := string(f.Name()); r.body != "*" && r.body != name && !inPath[name] {
				r.query[f.JSONName()], r.query[name] = f, f
			}
		}
		t.all = append(t.all, r)
		if len(inPath) == 0 {
			t.exact[verb+path] = r
		}
	}
	return nil
}

// imports is the message that holds a FHIR bundle.
var imports = (&pb.ImportFhirRequest{}).ProtoReflect().Descriptor().FullName()

func pattern(rule *annotations.HttpRule) (verb, path string) {
	switch p := rule.GetPattern().(type) {
	case *annotations.HttpRule_Get:
		return http.MethodGet, p.Get
	case *annotations.HttpRule_Put:
		return http.MethodPut, p.Put
	case *annotations.HttpRule_Post:
		return http.MethodPost, p.Post
	case *annotations.HttpRule_Delete:
		return http.MethodDelete, p.Delete
	case *annotations.HttpRule_Patch:
		return http.MethodPatch, p.Patch
	}
	return rule.GetCustom().GetKind(), rule.GetCustom().GetPath()
}

// find returns the route of a request; if there is none, the methods that its
// path takes, which are none if nothing is served there.
func (t *routes) find(verb, path string) (*route, []string) {
	if r, ok := t.exact[verb+path]; ok {
		return r, nil
	}
	var allowed []string
	segments := strings.Split(path, "/")
	for _, r := range t.all {
		if !r.matches(segments) {
			continue
		}
		if r.verb == verb {
			return r, nil
		}
		allowed = append(allowed, r.verb)
	}
	slices.Sort(allowed)
	return nil, slices.Compact(allowed)
}

func (r *route) matches(segments []string) bool {
	return slices.EqualFunc(r.segments, segments, func(want, got string) bool {
		if action, isVar := strings.CutPrefix(want, "{"); isVar {
			name, of, _ := strings.Cut(got, ":")
			return name != "" && (of == "" && action == "" && name == got || ":"+of == action)
		}
		return want == got
	})
}

// checkQuery refuses query keys that the route does not take and values that
// do not fit. The error is wire.Invalid.
func (r *route) checkQuery(raw string) error {
	if raw == "" {
		return nil
	}
	values, err := url.ParseQuery(raw)
	if err != nil {
		return wire.Invalid{{Message: "the query is not well formed"}}
	}
	var wrong wire.Invalid
	for name, given := range values {
		f, ok := r.query[name]
		switch {
		case !ok:
			wrong = append(wrong, wire.Violation{Field: wire.Key(name), Message: "is no query parameter of this method" + r.taken()})
		case len(given) > 1:
			wrong = append(wrong, wire.Violation{Field: f.JSONName(), Message: "is given twice"})
		case runtime.PopulateQueryParameters(r.input.New().Interface(), url.Values{name: given}, utilities.NewDoubleArray(nil)) != nil:
			wrong = append(wrong, wire.Violation{Field: f.JSONName(), Message: wire.WhatFits(f)})
		}
	}
	return wrong.OrNil()
}

// taken names the query parameters of the route.
func (r *route) taken() string {
	var names []string
	for name, f := range r.query {
		if name == f.JSONName() {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return "; it takes none"
	}
	slices.Sort(names)
	return "; it takes " + strings.Join(names, ", ")
}
