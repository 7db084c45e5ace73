package recommend

import (
	"context"
	"testing"

	"github.com/rightvoice/rightvoice/rules/fact"
)

// question20 is a request with twenty facts and no words.
func question20(b *testing.B, s *Service) (*Request, fact.Facts) {
	f := known(b, s, "coverage_status", "active", "benefit_available", "gym", "chronic_dx", "hypertension", "age_years", 44, "viewer_role", "self",
		"channel", "insurer_portal", "direction", "inbound", "local_hour", 10, "encounter_class_now", "none", "adt_event", "none", "acute_dx_active", false,
		"injury_dx_recent", false, "chronic_flare_recent", false, "surgery_phase", "none", "care_program", "none", "bmi", 27000, "bp_systolic", 128,
		"tobacco", "never", "line_of_business", "employer", "claim_event", "none")
	return about(b, s, "activity", Request{Asker: Insurer, Facts: f}), f
}

func benchmark(b *testing.B, s *Service, r *Request) {
	b.Helper()
	snap, ctx, text := s.Current(""), context.Background(), r.Text
	b.ReportAllocs()
	for b.Loop() {
		r.Text = text
		if _, err := s.Recommend(ctx, snap, r); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRecommend(b *testing.B) {
	s := serving(b, Options{})
	r, _ := question20(b, s)
	benchmark(b, s, r)
}

func BenchmarkRecommendText(b *testing.B) {
	s := serving(b, Options{})
	r, f := question20(b, s)
	*r = Request{Asker: Insurer, Facts: f, Text: "I have had trouble sleeping since I started my new job, is there anything my plan can help me with?"}
	benchmark(b, s, r)
}

func BenchmarkRecommendShared(b *testing.B) {
	s := serving(b, Options{Store: local(b)})
	r, _ := question20(b, s)
	r.MemberRef = "m1"
	benchmark(b, s, r)
}

func BenchmarkRecommendNothingKnown(b *testing.B) {
	s := serving(b, Options{})
	benchmark(b, s, &Request{Asker: Insurer})
}

func BenchmarkRecommendSpanish(b *testing.B) {
	s := serving(b, Options{})
	r, _ := question20(b, s)
	r.Language = "es-MX"
	benchmark(b, s, r)
}

// TestRecommendAllocates holds the number of allocations of the plain case.
func TestRecommendAllocates(t *testing.T) {
	if underRace {
		t.Skip("left out: the race detector allocates itself")
	}
	s := serving(t, Options{})
	r := about(t, s, "activity", Request{Asker: Insurer, Facts: gym(t, s)})
	n := testing.AllocsPerRun(200, func() {
		if _, err := s.Recommend(context.Background(), s.Current(""), r); err != nil {
			t.Fatal(err)
		}
	})
	if n > maxAllocs {
		t.Errorf("%v allocations, at most %d", n, maxAllocs)
	}
}

const maxAllocs = 7
