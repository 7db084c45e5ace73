package casefile

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/rightvoice/rightvoice/rules/fact"
)

// Labelled is one question of a corpus with the answer a person gave it. Empty
// labels are not judged; "ambiguous" ones are not scored.
type Labelled struct {
	ID                string `json:"id"`
	Source            string `json:"source"`
	Text              string `json:"text"`
	Mindset           string `json:"expected_mindset"`             // patient, consumer or ambiguous
	Sender            string `json:"expected_sender"`              // provider, insurer, none or ambiguous
	Emergency         *bool  `json:"expected_emergency"`           // nil: not judged
	SenderWithBenefit string `json:"expected_sender_with_benefit"` // once every benefit is active; empty: not judged

	Ask  Ask `json:"-"` // Text with the context of the line
	Line int `json:"-"`
}

// maxLine is the longest line of a corpus, in bytes.
const maxLine = 1 << 20

// ReadCorpus reads labelled questions, one JSON object a line. Fields that
// scoring does not know, such as credits, are passed over; a fact in "context"
// that the catalogue does not know is an error. Errors name the line.
func ReadCorpus(r io.Reader, c *fact.Catalogue) ([]Labelled, error) {
	var all []Labelled
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		l, err := readLabelled(lines.Bytes(), c)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		l.Line = n
		all = append(all, l)
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		return nil, fmt.Errorf("a line is longer than %d bytes", maxLine)
	}
	return all, lines.Err()
}

var (
	mindsetLabels = []string{"", "patient", "consumer", "ambiguous"}
	senderLabels  = []string{"", "provider", "insurer", "none", "ambiguous"}
)

func readLabelled(line []byte, c *fact.Catalogue) (Labelled, error) {
	var l Labelled
	if err := json.Unmarshal(line, &l); err != nil {
		return l, errors.New("this is no JSON object with the fields of a labelled question")
	}
	switch {
	case l.ID == "" || l.Text == "":
		return l, errors.New("id and text are needed")
	case !slices.Contains(mindsetLabels, l.Mindset):
		return l, errors.New("expected_mindset can be patient, consumer or ambiguous")
	case !slices.Contains(senderLabels, l.Sender) || !slices.Contains(senderLabels, l.SenderWithBenefit):
		return l, errors.New("expected_sender can be provider, insurer, none or ambiguous")
	}
	l.Ask = Ask{Text: l.Text, Asker: "integrated"}
	return l, l.context(line, c)
}

// context reads the facts of a line.
func (l *Labelled) context(line []byte, c *fact.Catalogue) error {
	var given struct {
		Context map[string]json.RawMessage `json:"context"`
	}
	if err := json.Unmarshal(line, &given); err != nil {
		return errors.New("context must be an object of facts")
	}
	names := make([]string, 0, len(given.Context))
	for name := range given.Context {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		v, err := plainJSON(given.Context[name])
		if err == nil {
			err = l.Ask.Give(c, name, v)
		}
		if err != nil {
			return fmt.Errorf("context.%s: %w", name, err)
		}
	}
	return nil
}

// plainJSON turns a JSON value into the shape a Given has.
func plainJSON(raw json.RawMessage) (any, error) {
	for _, read := range []func() (any, error){
		func() (any, error) { var v []string; err := json.Unmarshal(raw, &v); return v, err },
		func() (any, error) { var v bool; err := json.Unmarshal(raw, &v); return v, err },
		func() (any, error) { var v string; err := json.Unmarshal(raw, &v); return v, err },
		func() (any, error) { var v float64; err := json.Unmarshal(raw, &v); return v, err },
	} {
		if v, err := read(); err == nil && string(raw) != "null" {
			return v, nil
		}
	}
	return nil, errors.New("a fact is true or false, a word, a number or a list of words")
}
