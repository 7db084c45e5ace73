package intake_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/rules/intake"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// BenchmarkRead reads one question of about 100 characters, as members write
// them, and one of the greatest length.
func BenchmarkRead(b *testing.B) {
	_, lex := rules(b)
	story := "I fell of my bike last tuesday and my left knee is swolen and hurts when I climb stairs. The docter said to ice it but its not any better. "
	for name, text := range map[string]string{
		"coverage100": "Hi, I would like to know if my plan covers physical therapy for my knee, and how much is the copay?",
		"care100":     "my daugther has had a fever of 102 and a bad cough since monday, what can I give her to make it beter",
		"alarm100":    "my husband suddenly cant lift his left arm and his speech is slurred since an hour, what should we do",
		"plan30":      "what is covered under my plan?",
		"story2000":   strings.Repeat(story, 15)[:2000],
		"hostile2000": strings.Repeat("xqzjvkw ", 250),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				lex.Read(text)
			}
		})
	}
}

// BenchmarkGather is a whole question with facts and codes.
func BenchmarkGather(b *testing.B) {
	_, lex := rules(b)
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	q := intake.Question{Text: "does my plan cover physical therapy for knee pain", Now: now,
		Diagnoses: []intake.Diagnosis{{System: intake.ICD10CM, Code: "S83.511A", Onset: now.AddDate(0, 0, -9)}, {System: intake.ICD10CM, Code: "I10", Onset: now.AddDate(-3, 0, 0)}}}
	b.ReportAllocs()
	for b.Loop() {
		lex.Gather(q)
	}
}

// BenchmarkLoadLexicon is what a start and a publish pay.
func BenchmarkLoadLexicon(b *testing.B) {
	content := os.DirFS("../content")
	set, problems := ruleset.Load(content, time.Now())
	if set == nil {
		b.Fatal(problems)
	}
	b.ReportAllocs()
	for b.Loop() {
		intake.LoadLexicon(content, set.Catalogue())
	}
}
