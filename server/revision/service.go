package revision

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/rightvoice/rightvoice/rules/casefile"
	"github.com/rightvoice/rightvoice/rules/content"
)

// Options are what a Service is made of. Store is needed.
type Options struct {
	Store Store

	// Audit is told of everything that is done or refused, before the pointer
	// moves. If it fails for something about to be done, that is not done.
	// nil: nobody is told.
	Audit func(ctx context.Context, e Event) error

	// Answers gives what the cases of a content are held against, and how much
	// of an answer it gives. nil: the rules alone, casefile.Engine.
	Answers func(rev *content.Revision) (casefile.Answer, casefile.Level, error)

	// Guardrails are the ids that every content must have. nil: those of the
	// content that the program comes with. Without a guardrail, nothing proves
	// what it says.
	Guardrails []string

	// Assess says whom a content answers differently, for what is kept with it. A
	// failure keeps the content from being submitted and published. nil: nothing is
	// worked out.
	Assess func(ctx context.Context, a Assessment) (Assessed, error)

	// Loader reads contents. nil: one of this Service's own.
	Loader *content.Loader

	// First is what a tenant without a base begins with. nil: nobody can begin
	// such a tenant, except by Seed.
	First Files

	Now func() time.Time // the clock; nil means time.Now

	// At is called at each named step of a publish, before it; an error ends
	// the publish there. It is for tests of crashes. nil means nothing.
	At func(point string) error
}

// Service is the use cases. It is safe for concurrent use, beside other
// Services on the same store.
type Service struct {
	store      Store
	audit      func(ctx context.Context, e Event) error
	answers    func(rev *content.Revision) (casefile.Answer, casefile.Level, error)
	assess     func(ctx context.Context, a Assessment) (Assessed, error)
	guardrails []string
	loader     *content.Loader
	first      Files
	now        func() time.Time
	at         func(point string) error

	mu      sync.Mutex
	reports []*Report              // latest last
	records map[Digest]Version     // immutable, so they can be kept
	guards  map[[2]Digest][]string // what of the guarded two contents differ in
	proving map[string]*sync.Mutex // by digest, so that nothing is proved twice at once
}

// New makes a Service.
func New(o Options) (*Service, error) {
	if o.Store == nil {
		return nil, errors.New("revision: a store is needed")
	}
	s := &Service{store: o.Store, audit: o.Audit, answers: o.Answers, assess: o.Assess, guardrails: o.Guardrails, first: o.First, loader: o.Loader, now: o.Now, at: o.At,
		records: map[Digest]Version{}, guards: map[[2]Digest][]string{}, proving: map[string]*sync.Mutex{}}
	if s.now == nil {
		s.now = time.Now
	}
	if s.loader == nil {
		s.loader = content.NewLoader()
	}
	if s.at == nil {
		s.at = func(string) error { return nil }
	}
	if s.audit == nil {
		s.audit = func(context.Context, Event) error { return nil }
	}
	if s.answers == nil {
		s.answers = func(rev *content.Revision) (casefile.Answer, casefile.Level, error) {
			return casefile.Engine(rev.Set, rev.Lexicon), casefile.BeforePolicy, nil
		}
	}
	if s.guardrails == nil {
		base, problems := s.loader.Load(content.Default(), s.clock())
		if base == nil {
			return nil, errors.New("revision: the built-in content cannot be read: " + problems[0].String())
		}
		for _, g := range base.Set.Guardrails() {
			s.guardrails = append(s.guardrails, g.ID)
		}
	}
	return s, nil
}

// clock is the time now, as exact as it is kept.
func (s *Service) clock() time.Time { return s.now().UTC().Truncate(time.Millisecond) }

// Action is what someone did or tried.
type Action string

const (
	ActCreate   Action = "create"
	ActEdit     Action = "edit"
	ActSubmit   Action = "submit"
	ActWithdraw Action = "withdraw"
	ActApprove  Action = "approve"
	ActReject   Action = "reject"
	ActComment  Action = "comment"
	ActPublish  Action = "publish"
	ActSchedule Action = "schedule"
	ActCancel   Action = "cancel"
	ActRollBack Action = "roll_back"
	ActSettings Action = "settings"
)

// Event is one thing for the audit. It holds no words that anyone wrote.
type Event struct {
	Action  Action
	At      time.Time
	By      string
	Tenant  string
	Draft   string `json:",omitempty"`
	Digest  Digest `json:",omitempty"` // of the content it is about
	Version uint64 `json:",omitempty"` // that it makes
	With    string `json:",omitempty"` // of a publish that was asked for before the approval: see Version.With
	Refused Code   `json:",omitempty"` // why it was not done; empty: it is about to be done
}

// tell reports what is about to be done, which is refused if that fails.
func (s *Service) tell(ctx context.Context, e Event) error {
	if e.At.IsZero() {
		e.At = s.clock()
	}
	if err := s.audit(ctx, e); err != nil {
		return &Error{Code: AuditFailed, Message: "this cannot be recorded now, so it was not done", Cause: err}
	}
	return nil
}

// Refuse records something that is refused for a reason which is known elsewhere,
// and returns it.
func (s *Service) Refuse(ctx context.Context, e Event, why *Error) error {
	return s.settled(ctx, e, why)
}

// settled reports a refusal, if err is one, and returns err.
func (s *Service) settled(ctx context.Context, e Event, err error) error {
	err = stored(err)
	if code := CodeOf(err); code != "" && code != AuditFailed {
		e.Refused, e.At = code, s.clock()
		if failed := s.audit(context.WithoutCancel(ctx), e); failed != nil {
			return errors.Join(err, &Error{Code: AuditFailed, Message: "and this refusal cannot be recorded", Cause: failed})
		}
	}
	return err
}

const kindDraft, kindSettings, settingsID = "draft", "settings", "tenant"

// Settings are those of a tenant; one approval by anyone who may if none were
// laid down.
func (s *Service) Settings(ctx context.Context, tenant string) (Settings, error) {
	set, _, err := s.settings(ctx, tenant)
	return set, stored(err)
}

func (s *Service) settings(ctx context.Context, tenant string) (set Settings, count uint64, err error) {
	body, count, err := s.store.Load(ctx, Key{tenant, kindSettings, settingsID})
	if err == nil && count > 0 {
		err = json.Unmarshal(body, &set)
	}
	if len(set.Required) == 0 {
		set.Required = []Requirement{{Count: 1}}
	}
	return set, count, err
}

// SetSettings lays down what a tenant asks for from now on.
func (s *Service) SetSettings(ctx context.Context, by, tenant string, set Settings) error {
	e := Event{Action: ActSettings, By: by, Tenant: tenant}
	return s.settled(ctx, e, s.setSettings(ctx, e, set))
}

func (s *Service) setSettings(ctx context.Context, e Event, set Settings) error {
	needed := 0
	for _, r := range set.Required {
		if r.Count < 1 || r.Count > 10 || len(r.As) > 64 {
			return invalid("settings.required", "each requirement asks for 1 to 10 people")
		}
		needed += r.Count
	}
	if set.Guardian != "" && !ValidName(set.Guardian) {
		return invalid("settings.guardian", "a capacity is a word of small letters, digits, - and _")
	}
	if needed == 0 && len(set.Required) > 0 || set.Base != "" && (!ValidName(set.Base) || set.Base == e.Tenant) {
		return invalid("settings.base", "the base is the name of another tenant")
	}
	if set.Base != "" { // one level only: what a tenant stands on stands on nothing
		under, _, err := s.settings(ctx, set.Base)
		if err != nil {
			return err
		}
		if under.Base != "" {
			return invalid("settings.base", "a base stands on no other base")
		}
	}
	_, count, err := s.settings(ctx, e.Tenant)
	if err != nil {
		return err
	}
	// What was laid down stays readable by the digest that the audit has, also
	// after it is laid down otherwise.
	if e.Digest, err = s.saveJSON(ctx, set); err != nil {
		return err
	}
	body, err := json.Marshal(set)
	if err == nil {
		err = s.tell(ctx, e)
	}
	if err != nil {
		return err
	}
	return s.store.Save(ctx, Key{e.Tenant, kindSettings, settingsID}, body, count)
}

// Tenants lists the tenants that have published.
func (s *Service) Tenants(ctx context.Context) ([]string, error) {
	all, err := s.store.Tenants(ctx)
	return all, stored(err)
}

// Files reads the content of a digest.
func (s *Service) Files(ctx context.Context, d Digest) (Files, error) {
	files, err := loadFiles(ctx, s.store, d)
	return files, stored(err)
}

func loadFiles(ctx context.Context, store Objects, d Digest) (Files, error) {
	tree, err := store.Get(ctx, d)
	if err != nil {
		return nil, err
	}
	names, digests, err := readTree(tree)
	if err != nil {
		return nil, err
	}
	files := Files{}
	for i, name := range names {
		if files[name], err = store.Get(ctx, digests[i]); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// saveFiles keeps a content and returns its digest. Those named are known to be
// there.
func (s *Service) saveFiles(ctx context.Context, files, known Files) (Digest, error) {
	if err := files.check(); err != nil {
		return "", err
	}
	for _, name := range files.names() {
		if old, ok := known[name]; ok && slices.Equal(old, files[name]) {
			continue
		}
		if _, err := s.store.Put(ctx, files[name]); err != nil {
			return "", err
		}
	}
	return s.store.Put(ctx, files.Tree())
}

// saveJSON keeps something as an object.
func (s *Service) saveJSON(ctx context.Context, v any) (Digest, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return "", err
	}
	return s.store.Put(ctx, b)
}
