package intake_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/intake"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// labelled is one line of a labelled corpus.
type labelled struct {
	ID        string `json:"id"`
	Source    string `json:"source"`
	Text      string `json:"text"`
	Mindset   string `json:"expected_mindset"`
	Sender    string `json:"expected_sender"`
	Emergency *bool  `json:"expected_emergency"`
}

// rules loads the default tables and the default lexicon.
func rules(t testing.TB) (*ruleset.Set, *intake.Lexicon) {
	t.Helper()
	content := os.DirFS("../content")
	set, problems := ruleset.Load(content, time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC))
	if set == nil {
		t.Fatal("the default tables do not load: ", problems)
	}
	lex, problems := intake.LoadLexicon(content, set.Catalogue())
	for _, p := range problems {
		t.Error(p)
	}
	if lex == nil {
		t.FailNow()
	}
	return set, lex
}

func corpus(t testing.TB, file string) (list []labelled) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Skip("left out: ", file, " is not here")
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var l labelled
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			t.Fatal(err)
		}
		list = append(list, l)
	}
	return list
}

// tally counts right answers among those with a plain label.
type tally struct{ right, of int }

func (c *tally) add(ok bool) {
	c.of++
	if ok {
		c.right++
	}
}

func (c tally) share() float64 { return float64(c.right) / float64(max(c.of, 1)) }

func (c tally) String() string { return fmt.Sprintf("%d/%d %.3f", c.right, c.of, c.share()) }

// score is how the reader did on a corpus.
type score struct {
	sender, mindset, recall, quiet tally
	unsafe                         int
	misses                         []string
}

func judge(set *ruleset.Set, lex *intake.Lexicon, l *labelled) (mindset, sender, got string, flagged bool) {
	f, topics := lex.Gather(intake.Question{Text: l.Text, Now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)})
	d := set.Decide(&f, topics[0])
	names := set.Catalogue().Def(fact.Topic).Values
	for _, t := range topics {
		got += names[t] + " "
	}
	for i, flag := range fact.RedFlags {
		if f.Has(fact.TextRedFlag, i) {
			got += "!" + flag + " "
		}
	}
	sender = map[string]string{"safety": "provider", "nobody": "none"}[d.Sender.String()]
	if sender == "" {
		sender = d.Sender.String()
	}
	return d.Mindset.String(), sender, got, d.Sender.String() == "safety"
}

func scoreCorpus(set *ruleset.Set, lex *intake.Lexicon, list []labelled) (total score, bySource map[string]*score) {
	bySource = map[string]*score{}
	for i := range list {
		l := &list[i]
		s := bySource[l.Source]
		if s == nil {
			s = &score{}
			bySource[l.Source] = s
		}
		mindset, sender, got, flagged := judge(set, lex, l)
		var wrong []string
		for _, to := range []*score{s, &total} {
			wrong = to.add(l, mindset, sender, flagged)
		}
		if len(wrong) > 0 {
			total.misses = append(total.misses, fmt.Sprintf("%-24s %-28s %s| %.160q", l.ID, strings.Join(wrong, " "), got, l.Text))
		}
	}
	return total, bySource
}

func (s *score) add(l *labelled, mindset, sender string, flagged bool) (wrong []string) {
	if l.Sender != "ambiguous" {
		s.sender.add(sender == l.Sender)
		if sender != l.Sender {
			wrong = append(wrong, "sender:"+sender)
		}
	}
	if sender == "insurer" && l.Sender == "provider" {
		s.unsafe++
		wrong = append(wrong, "UNSAFE")
	}
	if l.Mindset != "ambiguous" {
		s.mindset.add(mindset == l.Mindset)
		if mindset != l.Mindset {
			wrong = append(wrong, "mindset:"+mindset)
		}
	}
	if l.Emergency != nil && *l.Emergency {
		s.recall.add(flagged)
		if !flagged {
			wrong = append(wrong, "MISSED")
		}
	} else if l.Emergency != nil {
		s.quiet.add(!flagged)
		if flagged {
			wrong = append(wrong, "ALARM")
		}
	}
	return wrong
}

func report(t *testing.T, name string, total score, bySource map[string]*score) {
	t.Logf("%s: sender %v, mindset %v, emergency recall %v, quiet where none %v, unsafe %d", name, total.sender, total.mindset, total.recall, total.quiet, total.unsafe)
	var sources []string
	for s := range bySource {
		sources = append(sources, s)
	}
	sort.Strings(sources)
	for _, s := range sources {
		b := bySource[s]
		t.Logf("  %-24s sender %v, mindset %v, recall %v, quiet %v, unsafe %d", s, b.sender, b.mindset, b.recall, b.quiet, b.unsafe)
	}
	for _, m := range total.misses {
		t.Log("  miss ", m)
	}
}

// floors are the least shares that the reader must reach on a corpus.
type floors struct{ sender, mindset, recall, quiet float64 }

// usual are the floors of what the reader was tuned on or at least learned from.
var usual = floors{0.95, 0.94, 0.95, 0.98}

// TestCorpora holds the reader to floors on the project's own labelled questions
// and, where it is at hand, on the public sample. The blind corpora were written
// by people who knew no word of the lexicon, and learned from afterwards.
func TestCorpora(t *testing.T) {
	set, lex := rules(t)
	for _, c := range []struct {
		name, file string
		least      floors
	}{
		{"tune", "testdata/tune.jsonl", usual},
		{"heldout", "testdata/heldout.jsonl", usual},
		{"blind", "testdata/blind.jsonl", usual},
		{"blind B", "testdata/blind_b.jsonl", floors{0.95, 0.94, 0.97, 0.99}},
		{"blind C", "testdata/blind_c.jsonl", floors{0.96, 0.95, 0.95, 0.98}}, // emergencies told very obliquely
		{"blind D", "testdata/blind_d.jsonl", floors{0.97, 0.97, 0.97, 0.99}},
		{"sample", "../../../shared/data/vignettes_dev.jsonl", usual},
	} {
		t.Run(c.name, func(t *testing.T) {
			total, bySource := scoreCorpus(set, lex, corpus(t, c.file))
			report(t, c.name, total, bySource)
			if total.unsafe > 0 {
				t.Errorf("%d times the insurer answers where the provider should", total.unsafe)
			}
			got := floors{total.sender.share(), total.mindset.share(), total.recall.share(), total.quiet.share()}
			if got.sender < c.least.sender || got.mindset < c.least.mindset || got.recall < c.least.recall || got.quiet < c.least.quiet {
				t.Errorf("%.3f is below the floors %.3f of sender, mindset, recall and quiet", got, c.least)
			}
		})
	}
}
