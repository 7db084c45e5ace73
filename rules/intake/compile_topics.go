package intake

import (
	"maps"
	"slices"
	"strings"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

// grammar names the sets that the reader itself asks for, in the order of their
// bits. Content may leave out those from "when" on.
var grammar = [...]string{"but", "and", "aux", "wh", "subject", "report", "not", "not_denying", "person", "unit", "when", "present"}

const (
	setBut uint64 = 1 << iota
	setAnd
	setAux
	setWh
	setSubject
	setReport
	setNot
	setNotNot
	setPerson
	setUnit
	setWhen
	setPresent
)

// value is the position of a value of an enumerated fact; what is not there is
// a problem.
func (k *compiler) value(id fact.ID, w written, what string) (int, bool) {
	i, ok := k.c.Value(id, w.Value)
	if !ok {
		k.p.Unknown(w.Pos, "unknown-"+strings.ReplaceAll(what, " ", "-"), what, w.Value, k.c.Def(id).Values)
	}
	return i, ok
}

// topicTable takes in the topics and finds those the reader itself names.
func (k *compiler) topicTable() {
	for _, e := range k.f.Topics {
		id, okTopic := k.value(fact.Topic, e.Topic, "topic")
		intent, okIntent := k.value(fact.TextIntent, e.Intent, "intent")
		kindAt := slices.Index(kindNames[:], e.Kind.Value)
		if kindAt < 0 {
			k.p.Unknown(e.Kind.Pos, "unknown-kind", "kind", e.Kind.Value, kindNames[:])
		}
		if !okTopic || !okIntent || kindAt < 0 {
			continue
		}
		if _, twice := k.slots[uint16(id)]; twice || len(k.topics) == maxTopics {
			k.p.Errorf(e.Topic.Pos, "topic-twice", "topic %q is here twice, or there are more than %d topics", e.Topic.Value, maxTopics)
			continue
		}
		k.slots[uint16(id)] = int8(len(k.topics))
		k.topics = append(k.topics, topic{uint16(id), kind(kindAt), intent})
	}
	k.symptom, k.chronicCare, k.preventive = k.own("symptom"), k.own("chronic_care"), k.own("preventive")
	k.emergency, k.none = k.own("emergency"), k.own("none")
	k.mixed, _ = k.c.Value(fact.TextIntent, "mixed")
	k.crisis, _ = k.c.Value(fact.TextIntent, "crisis")
}

// own is the slot of a topic that the reader needs.
func (k *compiler) own(name string) int8 {
	if id, ok := k.c.Value(fact.Topic, name); ok {
		if s, ok := k.slots[uint16(id)]; ok {
			return s
		}
	}
	k.p.Errorf(strictyaml.Pos{File: File, Line: 1, Col: 1}, "missing-topic", "topic %q is missing; the reader needs it", name)
	return noTopic
}

// slot is the slot of a topic named in the file.
func (k *compiler) slot(w written) int8 {
	id, ok := k.value(fact.Topic, w, "topic")
	if !ok {
		return noTopic
	}
	s, ok := k.slots[uint16(id)]
	if !ok {
		k.p.Errorf(w.Pos, "topic-not-listed", "topic %q is not in the list of topics of this file", w.Value)
		return noTopic
	}
	return s
}

// contact takes in what call reasons and pages suggest.
func (k *compiler) contact() {
	k.callReasons = map[int64]int8{}
	for _, reason := range slices.Sorted(maps.Keys(k.f.CallReasons)) {
		w := k.f.CallReasons[reason]
		if i, ok := k.value(fact.CallReason, written{Value: reason, Pos: w.Pos}, "call reason"); ok {
			k.callReasons[int64(i)] = k.slot(w)
		}
	}
	for _, e := range k.f.Pages {
		if i, ok := k.value(fact.PageGroup, e.Page, "page"); ok {
			k.pages = append(k.pages, page{i, k.slot(e.Topic)})
		}
	}
}

// evidence compiles the phrases of roles.
func (k *compiler) evidence() {
	for _, e := range k.f.Evidence {
		x := effect{role: roleCount, topic: noTopic, flag: -1, signal: -1, weight: uint8(min(max(e.Weight, 1), 9)), hides: e.Hides}
		if e.Role != nil {
			i := slices.Index(roleNames[:], e.Role.Value)
			if i < 0 {
				k.p.Unknown(e.Role.Pos, "unknown-role", "role", e.Role.Value, roleNames[:])
				continue
			}
			x.role = role(i)
		} else if !e.Hides {
			k.p.Errorf(e.ID.Pos, "no-role", "%q needs a role, or hides: true", e.ID.Value)
		}
		if e.Weight < 0 || e.Weight > 9 {
			k.p.Errorf(e.ID.Pos, "bad-weight", "a weight is a number from 1 to 9")
		}
		if e.Topic != nil {
			x.topic = k.slot(*e.Topic)
			k.checkKind(*e.Topic, x)
		}
		for _, w := range e.Says {
			k.add(w, e.ID.Value, x)
		}
	}
}

// kindOf is the kind of topic that phrases of a role may lean to; every other
// role leans to care. It keeps content from handing a question of care to the
// plan.
func (r role) kindOf() kind {
	switch r {
	case asksPlan, finds, plan:
		return kindCoverage
	case lifestyle:
		return kindLifestyle
	case screening:
		return kindPreventive
	case pregnancy:
		return kindMaternity
	case mind:
		return kindMind
	case program:
		return kindProgram
	case emergency, danger:
		return kindEmergency
	}
	return kindCare
}

func (k *compiler) checkKind(topic written, x effect) {
	if x.topic == noTopic || x.role == roleCount {
		return
	}
	if want := x.role.kindOf(); k.topics[x.topic].kind != want {
		k.p.Errorf(topic.Pos, "role-kind", "phrases with the role %s lean to topics of the kind %s; %q is of another", roleNames[x.role], kindNames[want], topic.Value)
	}
}

// maxSignals is the most signals that can come together.
const maxSignals = 192

// alarms compiles the phrases of red flags and their signals.
func (k *compiler) alarms() {
	base := effect{role: roleCount, topic: noTopic, flag: -1, signal: -1}
	for i, name := range slices.Sorted(maps.Keys(k.f.Signals)) {
		if i == maxSignals {
			k.p.Errorf(strictyaml.Pos{File: File, Line: 1, Col: 1}, "too-many-signals", "there are more than %d signals", maxSignals)
			return
		}
		k.signals[name] = int16(i)
		x := base
		x.signal, x.urgency = int16(i), sign
		for _, w := range k.f.Signals[name] {
			k.add(w, name, x)
		}
	}
	for _, e := range k.f.Flags {
		flag, ok := k.value(fact.TextRedFlag, e.Flag, "red flag")
		if !ok {
			continue
		}
		for i, says := range [...][]written{e.Urgent, e.Sign, e.Event} {
			x, u := base, urgent+urgency(i)
			x.flag, x.urgency = int8(flag), u
			for _, w := range says {
				k.add(w, e.Flag.Value+"/"+string(rune('0'+u)), x)
			}
		}
		for _, all := range e.Together {
			k.combine(uint8(flag), all)
		}
		for _, list := range e.TwoOf {
			for i := range list {
				for j := range i {
					k.combine(uint8(flag), []written{list[j], list[i]})
				}
			}
		}
	}
}

// combine lets signals raise a flag together.
func (k *compiler) combine(flag uint8, all []written) {
	t := together{flag: flag}
	for _, w := range all {
		s, ok := k.signals[w.Value]
		if !ok {
			k.p.Unknown(w.Pos, "unknown-signal", "signal", w.Value, slices.Sorted(maps.Keys(k.signals)))
			continue
		}
		t.signals.add(s)
	}
	if t.signals != (signalSet{}) {
		k.together = append(k.together, t)
	}
}
