package grpcapi

import (
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/auth"
)

// about is what a request is about, as far as rights go.
type about struct {
	tenants []tenantAsked
	askers  []asker
}

// tenantAsked is a tenant that a request is about.
type tenantAsked struct {
	name      string
	questions int
	member    bool // it names a member though it is not by asking about members that one may call the method
}

// asker is a place that says for which side something is asked.
type asker struct {
	tenant string
	field  *pb.Asker            // of a question
	of     protoreflect.Message // of any other request
	in     protoreflect.FieldDescriptor
}

func (a *asker) get() auth.Side {
	if a.field != nil {
		return auth.Side(*a.field)
	}
	return auth.Side(a.of.Get(a.in).Enum())
}

func (a *asker) set(s auth.Side) {
	if a.field != nil {
		*a.field = pb.Asker(s)
		return
	}
	if s != auth.NoSide {
		a.of.Set(a.in, protoreflect.ValueOfEnum(protoreflect.EnumNumber(s)))
	}
}

// aboutOf reads what a request is about. Questions, of which there are many,
// are read without reflection.
func aboutOf(req any) (a about) {
	switch m := req.(type) {
	case *pb.RecommendRequest:
		a.question(m, false)
	case *pb.ExplainRequest:
		a.question(m.GetRequest(), true)
	case *pb.EvaluateRequest:
		a.trial(m)
	case *pb.StreamRecommendRequest:
		a.question(m.GetRequest(), false)
	case *pb.BatchRecommendRequest:
		for _, q := range m.GetRequests() {
			a.question(q, false)
		}
		if len(a.tenants) == 0 {
			a.tenant("")
		}
	case proto.Message:
		a.request(m.ProtoReflect())
	default:
		a.tenant("")
	}
	return a
}

// question reads one question. explained says that it is to be explained, which
// those who work on the rules may ask too, but not of a member.
func (a *about) question(q *pb.RecommendRequest, explained bool) {
	t := a.tenant(q.GetTenant())
	if q == nil {
		return
	}
	t.member = t.member || explained && q.MemberRef != ""
	a.askers = append(a.askers, asker{tenant: t.name, field: &q.Asker})
}

// trial reads a question that is tried on contents of a tenant.
func (a *about) trial(m *pb.EvaluateRequest) {
	if a.tenant(m.Tenant); m.Request == nil {
		return
	}
	if m.Request.Tenant != "" {
		a.tenant(m.Request.Tenant)
	}
	a.askers = append(a.askers, asker{tenant: a.tenants[0].name, field: &m.Request.Asker})
}

// tenant counts a question of a tenant.
func (a *about) tenant(name string) *tenantAsked {
	if name == "" {
		name = auth.DefaultTenant
	}
	for i := range a.tenants {
		if t := &a.tenants[i]; t.name == name {
			t.questions++
			return t
		}
	}
	a.tenants = append(a.tenants, tenantAsked{name: name, questions: 1})
	return &a.tenants[len(a.tenants)-1]
}

// request reads the tenant and the side of any request, by their names.
func (a *about) request(m protoreflect.Message) {
	fields := m.Descriptor().Fields()
	name := ""
	if f := fields.ByName("tenant"); f != nil && f.Kind() == protoreflect.StringKind && !f.IsList() {
		name = m.Get(f).String()
	}
	t := a.tenant(name)
	if f := fields.ByName("asker"); f != nil && f.Enum() != nil && f.Enum().FullName() == pb.Asker(0).Descriptor().FullName() {
		a.askers = append(a.askers, asker{tenant: t.name, of: m, in: f})
	}
}
