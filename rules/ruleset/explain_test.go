package ruleset

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
)

// told prints a trace in short: "table row fit (failed column, ? if unknown)".
func told(s *Set, t Trace) (out []string) {
	for _, table := range t.Tables {
		for _, r := range table.Rows {
			name := ""
			if table.Table == AdviceTable {
				name = s.Item(uint16(r.Row)).ID
			} else {
				name = s.Row(table.Table, r.Row).ID
			}
			line := fmt.Sprintf("%s %s %s", table.Table, name, r.Fit)
			if f := r.Failed; f != nil {
				line += " " + f.Op.String()
				if f.Op != AnyOf {
					line += " " + s.Catalogue().Def(f.Column).Name
				}
			}
			if r.Unknown {
				line += " ?"
			}
			out = append(out, line)
		}
	}
	return out
}

func TestExplain(t *testing.T) {
	s := mustLoad(t, good(t), march)
	for name, try := range map[string]struct {
		topic string
		facts map[string]any
		want  []string
	}{
		"nothing known about sleep": {"sleep", nil, []string{
			"mindset acute-care-lately almost any ?", "mindset long-term almost includes_any_of chronic_dx ?", "mindset nothing-known decided",
			"sender condition-without-benefit almost includes_any_of chronic_dx ?", "sender nobody-speaks decided"}},
		"a condition and the benefit": {"sleep", map[string]any{"chronic_dx": []string{"asthma"}, "coverage_status": "active", "benefit_available": []string{"sleep_program"}, "acute_dx_active": false, "hours_since_acute_care": 900}, []string{
			"mindset acute-care-lately almost any", "mindset long-term decided",
			"sender benefit-there decided", "sender condition-without-benefit almost is tied_benefit", "advice sleep_class decided"}},
		"the same after an ER visit": {"sleep", map[string]any{"chronic_dx": []string{"asthma"}, "coverage_status": "active", "benefit_available": []string{"sleep_program"}, "hours_since_acute_care": 48}, []string{
			"mindset acute-care-lately decided", "mindset long-term fitted",
			"sender benefit-there almost is mindset", "sender condition-without-benefit almost is tied_benefit", "sender nobody-speaks decided"}},
		"a claim": {"claim", map[string]any{"claim_event": "new_eob"}, []string{
			"mindset plan-questions decided", "sender plan-is-the-insurers decided", "sender benefit-there almost is tied_benefit", "advice claim_help almost is_any_of claim_event"}},
		"the member's own choice": {"activity", map[string]any{"member_choice": "consumer"}, []string{
			"mindset acute-care-lately almost any ?", "mindset long-term almost includes_any_of chronic_dx ?",
			"sender benefit-there almost is tied_benefit ?", "sender condition-without-benefit almost includes_any_of chronic_dx ?", "sender nobody-speaks decided"}},
		"an emergency": {"claim", map[string]any{"text_red_flag": []string{"stroke"}}, nil},
	} {
		got := s.Explain(factsOf(t, s, try.facts), topicOf(t, s, try.topic))
		if diff := cmp.Diff(try.want, told(s, got)); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
}

// TestTraceAgreesWithDecide holds over random rules: exactly one row decided,
// every row that the trace calls fitted does fit, and one that almost fits does
// not.
func TestTraceAgreesWithDecide(t *testing.T) {
	almost := 0
	for seed := range uint64(12) {
		m := newMaker(t, 3000+seed)
		s := m.set(30)
		for range 300 {
			f, topic := m.question()
			trace := s.Explain(&f, topic)
			if trace.Decision != s.Decide(&f, topic) {
				t.Fatal("the trace decides otherwise")
			}
			o := &oracle{s: s, f: &f, topic: topic}
			o.decide()
			for _, table := range trace.Tables {
				if table.Table == AdviceTable {
					continue
				}
				decided := 0
				for _, r := range table.Rows {
					holds := o.holds(s.tables[table.Table][r.Row].When)
					if holds != (r.Fit != Almost) {
						t.Fatalf("row %d is %s", r.Row, r.Fit)
					}
					if r.Fit == Almost {
						almost++
						if o.holds(r.Failed) {
							t.Fatal("the condition that failed holds")
						}
					}
					if r.Fit == Decided {
						decided++
					}
				}
				byChoice := table.Table == MindsetTable && trace.Decision.MindsetRow == decision.ByMemberChoice
				if decided != 1 && !byChoice {
					t.Fatalf("%d rows of %s decided", decided, table.Table)
				}
			}
		}
	}
	if almost < 1000 {
		t.Errorf("only %d rows almost fitted", almost)
	}
}

func names(s *Set, ids []fact.ID) (out []string) {
	for _, id := range ids {
		out = append(out, s.Catalogue().Def(id).Name)
	}
	return out
}

func TestNeeded(t *testing.T) {
	s := mustLoad(t, good(t), march)
	for name, try := range map[string]struct {
		topic string
		facts map[string]any
		want  []string
	}{
		// A condition settles the mindset by one rule and the sender by another.
		"nothing known":                {"sleep", nil, []string{"chronic_dx", "hours_since_acute_care", "acute_dx_active"}},
		"only the tie is open":         {"sleep", map[string]any{"member_choice": "consumer", "chronic_dx": []string{}, "coverage_status": "active"}, []string{"benefit_available"}},
		"the tie lacks two facts":      {"sleep", map[string]any{"member_choice": "consumer", "chronic_dx": []string{}}, []string{"coverage_status", "benefit_available"}},
		"nothing would help":           {"sleep", map[string]any{"member_choice": "consumer", "chronic_dx": []string{}, "coverage_status": "cancelled"}, nil},
		"settled":                      {"claim", nil, nil},
		"an emergency":                 {"danger", nil, nil},
		"mindset settled, sender open": {"activity", map[string]any{"acute_dx_active": true}, []string{"chronic_dx"}},
	} {
		got := names(s, s.Needed(factsOf(t, s, try.facts), topicOf(t, s, try.topic)))
		if diff := cmp.Diff(try.want, got); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
}

// TestNeededSettles holds over random rules that the facts named are unknown,
// and that nothing is named where a rule gave the answer.
func TestNeededSettles(t *testing.T) {
	named := 0
	for seed := range uint64(12) {
		m := newMaker(t, 4000+seed)
		s := m.set(15)
		for range 200 {
			f, topic := m.question()
			needed := s.Needed(&f, topic)
			d := s.Decide(&f, topic)
			open := d.Sender != decision.Safety && (d.MindsetRow >= 0 && d.Mindset == decision.Undetermined || s.tables[SenderTable][d.SenderRow].Default)
			if !open && len(needed) > 0 {
				t.Fatalf("a settled answer needs %v", names(s, needed))
			}
			for _, id := range needed {
				named++
				if f.Known(id) {
					t.Fatalf("%s is needed and known", m.catalogue.Def(id).Name)
				}
			}
		}
	}
	if named < 200 {
		t.Errorf("only %d facts were named", named)
	}
}

func TestLifetime(t *testing.T) {
	s := mustLoad(t, good(t), march)
	for name, try := range map[string]struct {
		facts map[string]any
		want  time.Duration
	}{
		"nothing known":             {nil, LongestLifetime},
		"a fact that no rule reads": {map[string]any{"surgery_phase": "recent_30d", "direction": "inbound"}, LongestLifetime},
		"a condition":               {map[string]any{"chronic_dx": []string{"asthma"}}, 30 * 24 * time.Hour},
		"a claim and a condition":   {map[string]any{"chronic_dx": []string{"asthma"}, "claim_event": "denied"}, 72 * time.Hour},
		"coverage, by the tie":      {map[string]any{"coverage_status": "active", "claim_event": "denied"}, 24 * time.Hour},
		"the member's choice":       {map[string]any{"member_choice": "patient"}, 30 * 24 * time.Hour},
	} {
		if got := s.Lifetime(factsOf(t, s, try.facts), nil); got != try.want {
			t.Errorf("%s: got %v, want %v", name, got, try.want)
		}
	}
	files := good(t)
	files["mindset.yaml"].Data = []byte("rules:\n  - {id: a, tier: clinical, when: [{text_intent: {is: symptom}}], then: patient, because: {en: x}}\ndefault: {id: z, then: undetermined, because: {en: x}}\n")
	s = mustLoad(t, files, march)
	if got := s.Lifetime(factsOf(t, s, map[string]any{"text_intent": "symptom", "chronic_dx": []string{}}), nil); got != fact.ContactAge {
		t.Errorf("a fact of this contact: got %v", got)
	}
}
