package edit

import (
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// change does an operation inside one row and writes only that row anew, and
// of it only one value where that is enough.
func (d *document) change(l *list, i int, o *Op) error {
	if l.rows[i].from == 0 {
		return inPlace(l)
	}
	r := l.rows[i]
	text := d.of(r)
	n, err := parseRow(text)
	if err != nil {
		return err
	}
	if err := changeRow(n, o); err != nil {
		return err
	}
	lines, ok := smallest(text, n)
	if !ok {
		if lines, err = print(n, indent(d.lines[r.from-1]), l.block); err != nil {
			return err
		}
	}
	d.splice(r.from, r.until, lines...)
	return nil
}

func changeRow(n *yaml.Node, o *Op) error {
	switch o.Do {
	case SetKey:
		if o.Key == "" || o.Key == "id" {
			return bad("key", "say which key of the row to set; its id stays")
		}
		if old := child(n, o.Key); old != nil && old.Kind != yaml.ScalarNode {
			return bad("key", "this key has no single value")
		}
		setChild(n, o.Key, orNothing(o.Value, scalar))
		return nil
	case SetWords:
		return setWords(n, o)
	case Pause:
		if o.Value == "" {
			return bad("value", "say after which day the row is out of force")
		}
		setChild(n, "until", scalar(o.Value))
		return nil
	case Resume:
		setChild(n, "until", nil)
		return nil
	case SetValue, SetCondition, AddCondition, RemoveCondition, SetGroup:
		return changeWhen(n, o)
	}
	return bad("do", "there is no such operation")
}

func orNothing(text string, make func(string) *yaml.Node) *yaml.Node {
	if text == "" {
		return nil
	}
	return make(text)
}

func setWords(n *yaml.Node, o *Op) error {
	if o.Key == "" || o.Language == "" {
		return bad("language", "say which words to set, and in which language")
	}
	all := child(n, o.Key)
	if all == nil {
		all = &yaml.Node{Kind: yaml.MappingNode, Style: n.Style}
		setChild(n, o.Key, all)
	}
	if all.Kind != yaml.MappingNode {
		return bad("key", "this key has no words by language")
	}
	setChild(all, o.Language, orNothing(o.Text, words))
	return nil
}

func changeWhen(n *yaml.Node, o *Op) error {
	when := child(n, "when")
	if when == nil || when.Kind == yaml.ScalarNode {
		when = &yaml.Node{Kind: yaml.SequenceNode}
		setChild(n, "when", when)
	}
	if o.Do == AddCondition {
		group, err := groupAt(when, o.At)
		if err != nil {
			return err
		}
		c, err := o.Condition.node()
		if err != nil {
			return err
		}
		if len(group.Content) == 0 {
			group.Style = 0
		}
		group.Content = append(group.Content, c)
		return nil
	}
	parent, at, item, err := conditionAt(when, o.At)
	if err != nil {
		return err
	}
	switch o.Do {
	case SetCondition:
		c, err := o.Condition.node()
		if err != nil {
			return err
		}
		c.HeadComment, c.LineComment, c.FootComment = item.HeadComment, item.LineComment, item.FootComment
		parent.Content[at] = c
	case SetValue:
		return setValue(item, o)
	case RemoveCondition:
		removeAt(when, parent, at)
	case SetGroup:
		if o.Value != "all" && o.Value != "any" || groupOf(item) == nil {
			return bad("value", "a group is all or any")
		}
		item.Content[0].Value = o.Value
	}
	return nil
}

// removeAt takes a condition out, and the groups that are empty then.
func removeAt(when, parent *yaml.Node, at int) {
	parent.Content = slices.Delete(parent.Content, at, at+1)
	for changed := true; changed; {
		changed = prune(when)
	}
	if len(when.Content) == 0 {
		when.Style = yaml.FlowStyle
	}
}

func prune(group *yaml.Node) bool {
	for i, item := range group.Content {
		if inner := groupOf(item); inner != nil {
			if len(inner.Content) == 0 {
				group.Content = slices.Delete(group.Content, i, i+1)
				return true
			}
			if prune(inner) {
				return true
			}
		}
	}
	return false
}

// groupOf is the list of a group's conditions; nil if a condition is none.
func groupOf(item *yaml.Node) *yaml.Node {
	if item.Kind == yaml.MappingNode && len(item.Content) == 2 && item.Content[1].Kind == yaml.SequenceNode &&
		(item.Content[0].Value == "all" || item.Content[0].Value == "any") {
		return item.Content[1]
	}
	return nil
}

func groupAt(when *yaml.Node, at string) (*yaml.Node, error) {
	if at == "" {
		return when, nil
	}
	_, _, item, err := conditionAt(when, at)
	if err != nil {
		return nil, err
	}
	if g := groupOf(item); g != nil {
		return g, nil
	}
	return nil, bad("at", "there is no group at that place")
}

// conditionAt follows a path such as 2.1 through groups. A fact with several
// operators counts as a group of them in paths.
func conditionAt(when *yaml.Node, at string) (parent *yaml.Node, i int, item *yaml.Node, err error) {
	missing := bad("at", "there is no condition at that place")
	parent = when
	for part := range strings.SplitSeq(at, ".") {
		if item != nil {
			if g := groupOf(item); g != nil {
				parent = g
			} else if ops := operators(item); ops != nil && len(ops.Content) > 2 {
				return nil, 0, nil, bad("at", "this condition has several limits; set the whole condition")
			} else {
				return nil, 0, nil, missing
			}
		}
		if i, err = strconv.Atoi(part); err != nil || i < 0 || i >= len(parent.Content) {
			return nil, 0, nil, missing
		}
		item = parent.Content[i]
	}
	if item == nil {
		return nil, 0, nil, missing
	}
	return parent, i, item, nil
}

// operators is what a comparison says about its fact.
func operators(item *yaml.Node) *yaml.Node {
	if item.Kind == yaml.MappingNode && len(item.Content) == 2 && item.Content[1].Kind == yaml.MappingNode {
		return item.Content[1]
	}
	return nil
}

// setValue replaces the constants of a comparison and keeps its operator.
func setValue(item *yaml.Node, o *Op) error {
	ops := operators(item)
	if ops == nil || len(ops.Content) != 2 || len(o.Values) == 0 {
		return bad("at", "there is no comparison with one operator at that place, or no value for it")
	}
	value := ops.Content[1]
	many := value.Kind == yaml.SequenceNode
	if !many && len(o.Values) > 1 {
		return bad("values", "this operator takes one value")
	}
	setChild(ops, ops.Content[0].Value, constants(o.Values, many))
	return nil
}

func constants(values []string, many bool) *yaml.Node {
	if !many {
		return scalar(values[0])
	}
	list := &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
	for _, v := range values {
		list.Content = append(list.Content, scalar(v))
	}
	return list
}

var takesMany = []string{"is_any_of", "includes_any_of", "includes_all_of", "includes_none_of", "between"}

// node writes a condition as content does: a fact and its limits on one line.
func (c *Condition) node() (*yaml.Node, error) {
	if c == nil {
		return nil, bad("condition", "a condition is missing")
	}
	m := &yaml.Node{Kind: yaml.MappingNode}
	for key, of := range map[string][]Condition{"all": c.All, "any": c.Any} {
		if len(of) == 0 {
			continue
		}
		if c.Fact != "" || len(m.Content) > 0 {
			return nil, bad("condition", "a condition is either a comparison or one group")
		}
		group := &yaml.Node{Kind: yaml.SequenceNode}
		for i := range of {
			x, err := of[i].node()
			if err != nil {
				return nil, err
			}
			group.Content = append(group.Content, x)
		}
		m.Content = []*yaml.Node{scalar(key), group}
	}
	if len(m.Content) > 0 {
		return m, nil
	}
	many := slices.Contains(takesMany, c.Operator)
	if c.Fact == "" || c.Operator == "" || len(c.Values) == 0 || !many && len(c.Values) > 1 {
		return nil, bad("condition", "a comparison has a fact, an operator and its values")
	}
	limits := &yaml.Node{Kind: yaml.MappingNode, Style: yaml.FlowStyle, Content: []*yaml.Node{scalar(c.Operator), constants(c.Values, many)}}
	m.Content = []*yaml.Node{scalar(c.Fact), limits}
	return m, nil
}
