package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
	"github.com/rightvoice/rightvoice/server/audit/decisionlog"
)

// counted is how many recorded questions are answered differently.
type counted struct {
	all, changed int
	unsettled    int               // that hang on what was not recorded
	missing      []string          // the facts that were not
	by           map[[3]string]int // by the name of a region
}

// most is how many may be answered differently, for all that is known.
func (c *counted) most() int { return c.changed + c.unsettled }

func (c *counted) share() float64 {
	if c.all == 0 {
		return 0
	}
	return 100 * float64(c.most()) / float64(c.all)
}

// limit is the most changes allowed: a number or a share.
type limit struct {
	set, percent bool
	most         float64
}

func (l *limit) String() string { return "" }

func (l *limit) Set(v string) error {
	number, percent := strings.CutSuffix(v, "%")
	most, err := strconv.ParseFloat(number, 64)
	if err != nil || !(most >= 0) || !percent && most != float64(int(most)) {
		return errors.New("write a number like 3, or a share like 0.5%")
	}
	*l = limit{true, percent, most}
	return nil
}

// exceeded compares the limit with what differs. What could not be settled may
// be any number.
func (l *limit) exceeded(d *difference) bool {
	switch {
	case !l.set:
		return false
	case d.log == nil:
		return !d.settled() || float64(d.changes()) > l.most
	case l.percent:
		return d.log.share() > l.most
	}
	return float64(d.log.most()) > l.most
}

// maxLogLine is the longest line of a log, in bytes.
const maxLogLine = 1 << 20

// count answers every recorded question by the rules of the first day.
func (d *difference) count(file string) error {
	if decisionlog.IsLog(file) {
		return d.countDecisions(file)
	}
	in, err := os.Open(file)
	if err != nil {
		return badArguments("%s can't be read", file)
	}
	defer in.Close()
	d.log = &counted{by: map[[3]string]int{}}
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxLogLine)
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		var r recorded
		if err := r.read(lines.Bytes()); err != nil {
			return badArguments("%s: line %d: %v", file, n, err)
		}
		if err := d.log.add(d.days[0], &r); err != nil {
			return badArguments("%s: line %d: %v", file, n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return badArguments("%s: a line is longer than %d bytes, or the file can't be read", file, maxLogLine)
	}
	if d.log.all == 0 {
		return badArguments("%s holds no questions", file) // a log that went missing must not pass
	}
	return nil
}

// recorded is one question of a log.
type recorded struct {
	Topic string         `json:"topic"`
	Facts map[string]any `json:"facts"`
}

func (r *recorded) read(line []byte) error {
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.DisallowUnknownFields()
	if err := dec.Decode(r); err != nil || dec.More() {
		return errors.New("this is no JSON object with topic and facts")
	}
	return nil
}

// add answers a question by both Sets and counts it. A topic that only one of
// them has is answered differently.
func (c *counted) add(x *dayDifference, r *recorded) error {
	c.all++
	oldTopic, inOld := x.old.Topic(r.Topic)
	nowTopic, inNow := x.now.Topic(r.Topic)
	switch {
	case !inOld && !inNow:
		return errors.New("there is no such topic")
	case inOld != inNow:
		c.changed++
		return nil
	}
	for name := range r.Facts {
		if !known(x.old, name) && !known(x.now, name) {
			hint := ""
			if s := strictyaml.Suggest(name, factNames(x.now)); s != "" {
				hint = " (did you mean " + s + "?)"
			}
			return errors.New("one of the facts is in neither content" + hint)
		}
	}
	f, err := factsFor(x.old, r.Facts)
	if err != nil {
		return err
	}
	g, err := factsFor(x.now, r.Facts)
	if err != nil {
		return err
	}
	c.compare(x, f, oldTopic, g, nowTopic)
	return nil
}

func factNames(set *ruleset.Set) (out []string) {
	for _, id := range set.Catalogue().All() {
		out = append(out, set.Catalogue().Def(id).Name)
	}
	return out
}

func known(set *ruleset.Set, name string) bool {
	id, ok := set.Catalogue().Lookup(name)
	return ok && id < fact.MaxFacts && set.Catalogue().Def(id).Kind != fact.Opaque
}

func (c *counted) compare(x *dayDifference, f *fact.Facts, oldTopic uint16, g *fact.Facts, nowTopic uint16) {
	a, b := x.old.Decide(f, oldTopic), x.now.Decide(g, nowTopic)
	before, now := itemIDs(x.old, a.Advice()), itemIDs(x.now, b.Advice())
	if a.Mindset != b.Mindset {
		c.by[[3]string{"mindset", rowName(x.old, ruleset.MindsetTable, a.MindsetRow), rowName(x.now, ruleset.MindsetTable, b.MindsetRow)}]++
	}
	if a.Sender != b.Sender {
		c.by[[3]string{"sender", rowName(x.old, ruleset.SenderTable, a.SenderRow), rowName(x.now, ruleset.SenderTable, b.SenderRow)}]++
	} else {
		c.advice(before, now)
	}
	if a.Mindset != b.Mindset || a.Sender != b.Sender || a.Notice != b.Notice || !slices.Equal(before, now) {
		c.changed++
	}
}

// advice counts items that one list has only, and those that changed order.
func (c *counted) advice(before, now []string) {
	for _, id := range before {
		if !slices.Contains(now, id) {
			c.by[[3]string{"advice", id, ""}]++
		}
	}
	for i, id := range now {
		if !slices.Contains(before, id) {
			c.by[[3]string{"advice", "", id}]++
			continue
		}
		for _, after := range now[i+1:] {
			if at := slices.Index(before, after); at >= 0 && at < slices.Index(before, id) {
				c.by[[3]string{"advice", after, id}]++
			}
		}
	}
}

func itemIDs(set *ruleset.Set, items []uint16) (out []string) {
	for _, i := range items {
		out = append(out, set.Item(i).ID)
	}
	return out
}

// factsFor tells a Set what it has words for.
func factsFor(set *ruleset.Set, given map[string]any) (*fact.Facts, error) {
	var f fact.Facts
	for name, value := range given {
		if !known(set, name) {
			continue
		}
		id, _ := set.Catalogue().Lookup(name)
		if !give(&f, set.Catalogue(), id, value) {
			return nil, fmt.Errorf("%s must be a %s", name, set.Catalogue().Def(id).Kind)
		}
	}
	set.DropImpossible(&f)
	return &f, nil
}

// give sets a fact. A value that the catalogue does not have stays unknown.
func give(f *fact.Facts, c *fact.Catalogue, id fact.ID, value any) bool {
	d := c.Def(id)
	switch v := value.(type) {
	case bool:
		f.SetBool(id, v)
		return d.Kind == fact.Bool
	case string:
		if at, ok := c.Value(id, v); ok {
			f.SetRaw(id, int64(at))
		}
		return d.Kind == fact.Enum
	case float64:
		if d.Kind == fact.Decimal {
			v *= fact.DecimalScale
		}
		f.SetRaw(id, int64(math.Round(v)))
		return (d.Kind == fact.Decimal || d.Kind == fact.Int && v == math.Trunc(v)) && v >= float64(d.Min) && v <= float64(d.Max)
	case []any:
		f.SetRaw(id, 0)
		for _, x := range v {
			name, ok := x.(string)
			if at, has := c.Value(id, name); has {
				f.Add(id, at)
			} else if !ok {
				return false
			}
		}
		return d.Kind == fact.Set
	}
	return false
}
