package rulebook

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/rightvoice/rightvoice/rules/proof/finding"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/server/revision"
)

// Progress is told how far long work got; total is 0 if that is not known.
type Progress func(says string, done, total int)

// steps are the parts in the order in which they are run.
var steps = []struct {
	part revision.Part
	says string
}{
	{revision.PartCheck, "reading every file"},
	{revision.PartCases, "asking every example"},
	{revision.PartProof, "proving for every possible member"},
}

// Check runs parts of what a draft must pass, as it is now.
func (b *Book) Check(ctx context.Context, tenant, draft string, parts revision.Part, language string, tell Progress) (*revision.Report, error) {
	d, err := b.o.Revisions.Draft(ctx, tenant, draft)
	if err != nil {
		return nil, err
	}
	return b.check(ctx, d.Etag, parts, language, tell)
}

func (b *Book) check(ctx context.Context, d revision.Digest, parts revision.Part, language string, tell Progress) (*revision.Report, error) {
	var run revision.Part
	for i, s := range steps {
		if parts&s.part == 0 {
			continue
		}
		if tell != nil {
			tell(say(ctx, s.says), i, len(steps))
		}
		run |= s.part
		r, err := b.o.Revisions.Run(ctx, d, time.Time{}, run)
		if err != nil {
			return nil, err
		}
		if r.Parts&s.part == 0 { // what was run before speaks against going on
			break
		}
	}
	r, err := b.o.Revisions.Run(ctx, d, time.Time{}, run)
	if err != nil {
		return nil, err
	}
	return b.told(ctx, r, language)
}

// told is a report whose words are in a language. They are kept in English,
// because what a content must pass knows no readers.
func (b *Book) told(ctx context.Context, r *revision.Report, language string) (*revision.Report, error) {
	r = Told(ctx, r)
	proof := r.Proof != nil && language != "" && language != "en" && !strings.HasPrefix(language, "en-")
	if !proof && len(r.Failed) == 0 {
		return r, nil
	}
	c, err := b.compile(ctx, r.Digest)
	if err != nil {
		return nil, err
	}
	out := *r
	out.Failed = c.failed(r.Failed, language)
	if proof {
		if proved, _ := finding.Prove(c.folder, r.Day, finding.Options{Language: language}); proved != nil {
			out.Proof = proved
		}
	}
	return &out, nil
}

// PartsOf are the parts of these names; none is all.
func PartsOf(names []string) (revision.Part, error) {
	if len(names) == 0 {
		return revision.AllParts, nil
	}
	var out revision.Part
	for _, n := range names {
		p, ok := map[string]revision.Part{"check": revision.PartCheck, "cases": revision.PartCases, "proof": revision.PartProof}[n]
		if !ok {
			return 0, &revision.Error{Code: revision.Invalid, Field: "parts", Message: "parts are check, cases and proof"}
		}
		out |= p
	}
	return out | revision.PartCheck, nil
}

// Passed is the report that let a version pass, as it was then, with the words of
// its guardrails in a language. Where none was kept, what it must pass is run
// again for that day.
func (b *Book) Passed(ctx context.Context, v *revision.Version, language string) (*revision.Report, error) {
	r, err := b.o.Revisions.Passed(ctx, v)
	if err != nil {
		return nil, fmt.Errorf("version %d: %w", v.Number, err)
	}
	if r == nil {
		if r, err = b.o.Revisions.Run(ctx, v.Digest, v.At, revision.AllParts); err != nil {
			return nil, fmt.Errorf("version %d: %w", v.Number, err)
		}
		return b.told(ctx, r, language)
	}
	return Told(ctx, r), b.sayGuardrails(ctx, r, language)
}

// sayGuardrails puts the guardrails of a kept report into a language, by the
// words that its content has for them. A content that can't be read any more
// leaves them as they were kept.
func (b *Book) sayGuardrails(ctx context.Context, r *revision.Report, language string) error {
	if r.Proof == nil || languageKept(language) == keptIn[0] {
		return nil
	}
	c, err := b.compile(ctx, r.Digest)
	if err != nil || c.set == nil {
		return err
	}
	all := c.set.Guardrails()
	for i := range r.Proof.Guardrails {
		g := &r.Proof.Guardrails[i]
		if at := slices.IndexFunc(all, func(x ruleset.Guardrail) bool { return x.ID == g.ID }); at >= 0 {
			g.Says, _ = all[at].Says.In(language)
		}
	}
	return nil
}
