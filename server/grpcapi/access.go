package grpcapi

import (
	"context"
	"crypto/x509"
	"errors"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/peer"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/protoadapt"
	"google.golang.org/protobuf/types/known/durationpb"

	"github.com/rightvoice/rightvoice/server/auth"
)

// Access lets in who may come in, over both transports.
type Access struct {
	Gate *auth.Gate

	// Denied is told of those who are known and may not do what they ask for.
	// The tenant is as it was sent. Nil tells nobody.
	Denied func(who *auth.Principal, method, tenant string, why *auth.Refusal)
}

// authenticate finds out who is calling. A token that has expired still tells
// whose it was: somebody may be using what they should not have any more. req is
// nil where it was not read yet.
func (a *Access) authenticate(ctx context.Context, method string, req any) (context.Context, error) {
	who, err := a.caller(ctx)
	var why *auth.Refusal
	if errors.As(err, &why) && why.Who != nil && a.Denied != nil {
		a.Denied(why.Who, method, aboutOf(req).tenants[0].name, why)
	}
	if err != nil {
		return nil, refusalStatus(err)
	}
	return auth.With(ctx, who), nil
}

// caller is whose credentials came with a call.
func (a *Access) caller(ctx context.Context) (*auth.Principal, error) {
	var header string
	if md, ok := metadata.FromIncomingContext(ctx); ok {
		if all := md.Get("authorization"); len(all) == 1 {
			header = all[0]
		} else if len(all) > 1 {
			header = "several"
		}
	}
	return a.Gate.Authenticate(ctx, header, certificate(ctx))
}

// certificate is the client's certificate, if it was checked.
func certificate(ctx context.Context) *x509.Certificate {
	p, ok := peer.FromContext(ctx)
	if !ok {
		return nil
	}
	tls, ok := p.AuthInfo.(credentials.TLSInfo)
	if !ok || len(tls.State.VerifiedChains) == 0 || len(tls.State.VerifiedChains[0]) == 0 {
		return nil
	}
	return tls.State.VerifiedChains[0][0]
}

// authorize refuses a request that its caller may not make, and says in it for
// which side it is asked where it leaves that open.
func (a *Access) authorize(ctx context.Context, method string, req any) error {
	asked := aboutOf(req)
	err := a.permit(ctx, method, &asked)
	for i := 0; err == nil && i < len(asked.tenants); i++ {
		err = a.Gate.Take(asked.tenants[i].name, asked.tenants[i].questions)
	}
	return refusalStatus(err)
}

// open refuses a stream that its caller may open in no tenant.
func (a *Access) open(ctx context.Context, method string) error {
	return refusalStatus(a.Gate.PermitSomewhere(auth.From(ctx), method))
}

// wait does what authorize does for one message of a stream. A stream that is
// too fast is read more slowly.
func (a *Access) wait(ctx context.Context, method string, req any) error {
	asked := aboutOf(req)
	err := a.permit(ctx, method, &asked)
	for i := 0; err == nil && i < len(asked.tenants); i++ {
		err = a.Gate.Take(asked.tenants[i].name, asked.tenants[i].questions)
		var r *auth.Refusal
		if errors.As(err, &r) && r.Reason == auth.TooMany {
			if err = sleep(ctx, r.RetryAfter); err == nil {
				i--
			}
		}
	}
	return refusalStatus(err)
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// permit checks tenants, roles and sides.
func (a *Access) permit(ctx context.Context, method string, asked *about) error {
	who := auth.From(ctx)
	for _, t := range asked.tenants {
		err := a.Gate.Permit(who, method, t.name)
		if err == nil && t.member && who.In(t.name)&auth.Evaluator == 0 {
			err = &auth.Refusal{Reason: auth.RoleMissing, Needs: auth.Evaluator}
		}
		if err == nil {
			err = a.speak(who, t.name, asked.askers)
		}
		var why *auth.Refusal
		if errors.As(err, &why) && a.Denied != nil {
			a.Denied(who, method, t.name, why)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// speak checks the sides that are asked for, and fills in those left open.
func (a *Access) speak(who *auth.Principal, tenant string, askers []asker) error {
	for _, x := range askers {
		if x.tenant != tenant {
			continue
		}
		side, err := a.Gate.Speak(who, tenant, x.get())
		if err != nil {
			return err
		}
		x.set(side)
	}
	return nil
}

// refusalStatus is a refusal as a status; other errors are left as they are.
func refusalStatus(err error) error {
	var r *auth.Refusal
	if !errors.As(err, &r) {
		return err
	}
	info := &errdetails.ErrorInfo{Reason: r.Reason.String(), Domain: Domain}
	details := []protoadapt.MessageV1{info}
	code := codes.PermissionDenied
	switch {
	case r.Reason == auth.KeysAway:
		code = codes.Unavailable
	case !r.Known():
		code = codes.Unauthenticated
	case r.Reason == auth.TooMany:
		code = codes.ResourceExhausted
		details = append(details, &errdetails.RetryInfo{RetryDelay: durationpb.New(r.RetryAfter)})
	case r.Reason == auth.RoleMissing:
		info.Metadata = map[string]string{"roles": r.Needs.String()}
	}
	s, derr := status.New(code, r.Error()).WithDetails(details...)
	if derr != nil {
		return internal
	}
	return s.Err()
}
