package grpcapi

import (
	"context"
	"errors"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/protoadapt"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/revision"
	"github.com/rightvoice/rightvoice/server/rulebook"
	"github.com/rightvoice/rightvoice/server/wire"
)

// ruleCodes says what each refusal of the service of revisions is in gRPC.
var ruleCodes = map[revision.Code]codes.Code{
	revision.NotFound:     codes.NotFound,
	revision.Invalid:      codes.InvalidArgument,
	revision.StaleEtag:    codes.Aborted,
	revision.Conflict:     codes.Aborted,
	revision.WrongState:   codes.FailedPrecondition,
	revision.NotGreen:     codes.FailedPrecondition,
	revision.NotApproved:  codes.FailedPrecondition,
	revision.RebaseNeeded: codes.FailedPrecondition,
	revision.ReadOnly:     codes.FailedPrecondition,
	revision.OwnDraft:     codes.PermissionDenied,
	revision.NoCapacity:   codes.PermissionDenied,
	revision.NoRole:       codes.PermissionDenied,
	revision.AuditFailed:  codes.Unavailable,
	revision.Unavailable:  codes.Unavailable,
}

// maxDetails bounds the details of a refusal: over gRPC they travel in a header.
const maxDetails = 48 << 10

// fromRevision is a refusal of the service of revisions as a status.
func fromRevision(ctx context.Context, err error, e *revision.Error) *status.Status {
	code, ok := ruleCodes[e.Code]
	if !ok {
		return status.Convert(internal)
	}
	message := rulebook.Refusal(ctx, e)
	var details []protoadapt.MessageV1
	switch {
	case e.Code == revision.Invalid:
		details = append(details, fields(wire.Invalid{{Field: e.Field, Message: message}}))
		return NewStatus(code, ReasonInvalid, message, details...)
	case e.Stale != nil:
		details = append(details, protoadapt.MessageV1Of(staleEdit(err, e.Stale)))
	case e.Report != nil:
		details = append(details, protoadapt.MessageV1Of(cutReport(wire.Report(rulebook.Told(ctx, e.Report)))))
	case e.Code == revision.NotApproved:
		details = append(details, protoadapt.MessageV1Of(wire.Missing(e.Missing)))
	case e.Code == revision.Conflict:
		m := wire.Clashes(e.Conflicts)
		for ; proto.Size(m) > maxDetails; m.Cut = true {
			m.Clashes = m.Clashes[:len(m.Clashes)-1]
		}
		details = append(details, protoadapt.MessageV1Of(m))
	}
	return NewStatus(code, rulebook.Reason(e.Code), message, details...)
}

// staleEdit is both sides of a stale request, as many changes as fit.
func staleEdit(err error, s *revision.Stale) *pb.StaleEdit {
	m := &pb.StaleEdit{Etag: string(s.Now)}
	var told *rulebook.StaleError
	if errors.As(err, &told) {
		m.Theirs, m.Mine = wire.Changes(told.Theirs), wire.Changes(told.Mine)
	}
	for proto.Size(m) > maxDetails {
		m.Cut = true
		if len(m.Theirs) > len(m.Mine) {
			m.Theirs = m.Theirs[:len(m.Theirs)-1]
		} else {
			m.Mine = m.Mine[:len(m.Mine)-1]
		}
	}
	return m
}

// cutReport keeps of a report what fits: the guardrails that hold go first, then
// the last findings. CheckDraft tells all.
func cutReport(m *pb.Report) *pb.Report {
	m.Guardrails = nil
	for proto.Size(m) > maxDetails {
		switch {
		case len(m.Findings) > 1:
			m.Findings = m.Findings[:len(m.Findings)-1]
		case len(m.FailedCases) > 1:
			m.FailedCases = m.FailedCases[:len(m.FailedCases)-1]
		case len(m.Problems) > 0:
			m.Problems = m.Problems[:len(m.Problems)-1]
		default:
			m.Findings, m.FailedCases = nil, nil
			return m
		}
	}
	return m
}
