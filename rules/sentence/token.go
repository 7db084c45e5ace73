package sentence

import "strings"

// Kind says what a token stands for.
type Kind uint8

const (
	Plain    Kind = iota // words between the others
	Fact                 // Ref is the fact's name
	Operator             // Ref is the operator as content spells it
	Value                // Ref is the value as content spells it
	Outcome              // Ref is the mindset or sender
	Name                 // Ref is the id of a rule, an item or a guardrail
)

var kinds = [...]string{"plain", "fact", "operator", "value", "outcome", "name"}

func (k Kind) String() string { return kinds[k] }

// Token is a run of words with one meaning. The texts of a sentence's tokens,
// joined as they are, are the sentence.
type Token struct {
	Text string
	Kind Kind
	Ref  string
	Path string // of conditions: where in the rule it stands, "0", "2.1"; the place to edit
}

// Sentence is words in order.
type Sentence []Token

func (s Sentence) String() string {
	var b strings.Builder
	for _, t := range s {
		b.WriteString(t.Text)
	}
	return b.String()
}

func plain(text string) Token { return Token{Text: text} }

// capital makes the first letter of a sentence a capital one.
func (s Sentence) capital() Sentence {
	for i, t := range s {
		if t.Text == "" {
			continue
		}
		r := []rune(t.Text)
		s[i].Text = strings.ToUpper(string(r[0])) + string(r[1:])
		break
	}
	return s
}
