package wire

import (
	"time"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/rules/lint"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
	"github.com/rightvoice/rightvoice/server/rulebook"
)

// Content writes a content in words of a language.
func Content(c *rulebook.Content, language string) *pb.Content {
	out := &pb.Content{Digest: string(c.Digest), Files: c.Files, Problems: problems(c.Problems), Rules: Rules(c)}
	if c.Set == nil {
		return out
	}
	for i, all := 0, c.Set.Items(); i < len(all); i++ {
		out.Advice = append(out.Advice, adviceItem(c, &all[i]))
	}
	for i, all := 0, c.Set.Guardrails(); i < len(all); i++ {
		says, _ := all[i].Says.In(language)
		out.Guardrails = append(out.Guardrails, &pb.GuardrailEntry{Id: all[i].ID, Says: says, HeldBy: all[i].HeldBy})
	}
	for _, t := range c.Set.Topics() {
		label, _ := t.Label.In(language)
		out.Topics = append(out.Topics, &pb.TopicEntry{Id: t.ID, Kind: t.Kind, Label: label, Benefits: t.Benefits})
	}
	for i := range c.Scenarios {
		out.Scenarios = append(out.Scenarios, scenario(&c.Scenarios[i]))
	}
	return out
}

// Rules writes the rows of a content.
func Rules(c *rulebook.Content) []*pb.Rule {
	var out []*pb.Rule
	for i := range c.Rules {
		r := &c.Rules[i]
		m := &pb.Rule{Id: r.ID, Table: r.Table.String(), Position: int32(r.Position), Tier: r.Tier.String(), Sentence: tokens(c.Printer.Row(r.Row)),
			Outcome: r.OutcomeName(), When: condition(r.When, c.Set.Catalogue(), c.Printer), From: dayOf(r.From), Until: dayOf(r.Until),
			File: r.File, Line: int32(r.Line), IsDefault: r.Default, InForce: r.InForce}
		m.Title, _ = r.Title.In(c.Printer.Language())
		m.Because, _ = r.Because.In(c.Printer.Language())
		for _, id := range r.Reads() {
			m.Facts = append(m.Facts, c.Set.Catalogue().Def(id).Name)
		}
		out = append(out, m)
	}
	return out
}

func adviceItem(c *rulebook.Content, item *ruleset.Item) *pb.AdviceItem {
	m := &pb.AdviceItem{Id: item.ID, Sender: item.Sender.String(), BenefitId: item.Benefit, Sentence: tokens(c.Printer.Item(item)),
		File: item.File, Line: int32(item.Line), Rank: int32(item.Rank)}
	for _, t := range item.Topics {
		m.Topics = append(m.Topics, c.Set.Topics()[t].ID)
	}
	m.Words = adviceWords(item.Title, item.Text)
	for i := range item.Variants {
		v := &item.Variants[i]
		m.Variants = append(m.Variants, &pb.AdviceVariant{Id: v.ID, Percent: int32(v.Percent), Words: adviceWords(v.Title, v.Text)})
	}
	return m
}

func adviceWords(title, text ruleset.Words) map[string]*pb.AdviceWords {
	out := make(map[string]*pb.AdviceWords, len(text))
	for tag, t := range text {
		w := &pb.AdviceWords{Title: title[tag], Text: t}
		if grade, ok := lint.Grade(t, tag); ok {
			w.Grade = grade
		}
		out[tag] = w
	}
	return out
}

// problems writes what is wrong with files.
func problems(all []strictyaml.Problem) []*pb.Problem {
	var out []*pb.Problem
	for _, p := range all {
		severity := "warning"
		if p.Severity == strictyaml.Error {
			severity = "error"
		}
		out = append(out, &pb.Problem{File: p.File, Line: int32(p.Line), Column: int32(p.Col), Severity: severity, Code: p.Code, Message: p.Message, Suggestion: p.Suggestion})
	}
	return out
}

// dayOf is a day, empty for none.
func dayOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}
