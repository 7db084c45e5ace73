package intake

import (
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
)

// part is said about one part of a fact, and ends so long after recallAt.
func part(id fact.ID, at int, side Side, ago, left time.Duration) Known {
	k := said(id, 1, side, ago)
	if id == fact.ChronicDx {
		k.Value = 1 << at
	}
	k.Part, k.MaxAge = at, ago+left
	return k
}

func TestPartsArePutTogether(t *testing.T) {
	const h = time.Hour
	list := func(v int64, ago time.Duration) Known {
		k := said(fact.ChronicDx, v, Insurer, ago)
		k.MaxAge = ago + 9*h
		return k
	}
	acute := func(v int64, ago, left time.Duration) Known {
		k := said(fact.AcuteDxActive, v, Insurer, ago)
		k.MaxAge = ago + left
		return k
	}
	nothing := list(0, h)
	nothing.Nothing = true
	for what, c := range map[string]struct {
		id    fact.ID
		known []Known
		want  int64
		left  time.Duration
	}{
		"two conditions":             {fact.ChronicDx, []Known{part(fact.ChronicDx, 0, Provider, 2*h, 5*h), part(fact.ChronicDx, 2, Provider, h, 7*h)}, 5, 5 * h},
		"one condition twice":        {fact.ChronicDx, []Known{part(fact.ChronicDx, 0, Provider, 2*h, 5*h), part(fact.ChronicDx, 0, Insurer, h, 7*h)}, 1, 7 * h},
		"one that has ended":         {fact.ChronicDx, []Known{part(fact.ChronicDx, 0, Provider, 2*h, 0), part(fact.ChronicDx, 2, Provider, h, 7*h)}, 4, 7 * h},
		"a list after it":            {fact.ChronicDx, []Known{part(fact.ChronicDx, 0, Provider, 2*h, 5*h), list(4, h)}, 4, 9 * h},
		"a list before it":           {fact.ChronicDx, []Known{part(fact.ChronicDx, 0, Provider, h, 5*h), list(4, 2*h)}, 5, 5 * h},
		"a list of its moment":       {fact.ChronicDx, []Known{part(fact.ChronicDx, 0, Provider, h, 5*h), list(4, h)}, 5, 5 * h},
		"an empty list after it":     {fact.ChronicDx, []Known{part(fact.ChronicDx, 0, Provider, 2*h, 5*h), list(0, h)}, 0, 9 * h},
		"taken back after it":        {fact.ChronicDx, []Known{part(fact.ChronicDx, 0, Provider, 2*h, 5*h), nothing}, -1, 0},
		"taken back before it":       {fact.ChronicDx, []Known{part(fact.ChronicDx, 0, Provider, 0, 5*h), nothing}, 1, 5 * h},
		"two illnesses":              {fact.AcuteDxActive, []Known{part(fact.AcuteDxActive, 7, Provider, 2*h, 50*h), part(fact.AcuteDxActive, 5, Provider, h, 5*h)}, 1, 50 * h},
		"told to be acute besides":   {fact.AcuteDxActive, []Known{part(fact.AcuteDxActive, 7, Provider, 2*h, 50*h), acute(1, h, 2*h)}, 1, 50 * h},
		"told to be over":            {fact.AcuteDxActive, []Known{part(fact.AcuteDxActive, 7, Provider, 2*h, 50*h), acute(0, h, 2*h)}, 0, 2 * h},
		"over before it, acute anew": {fact.AcuteDxActive, []Known{part(fact.AcuteDxActive, 7, Provider, h, 50*h), acute(0, 2*h, 2*h)}, 1, 50 * h},
		"longer than it can be":      {fact.AcuteDxActive, []Known{part(fact.AcuteDxActive, 7, Provider, 0, 5000*h)}, 1, DecayAge},
	} {
		r := recalled(t, nil, c.known...)
		wantRaw(t, what, &r.Facts, c.id, c.want)
		var f, none fact.Facts
		r.fill(&f, &none)
		if left, _ := r.Left(c.id, 0, false); left != c.left {
			t.Errorf("%s: it holds %v, want %v", what, left, c.left)
		}
	}
}

// TestOneHiddenPartHidesAll: the insurer may not learn what the provider added to
// its own list.
func TestOneHiddenPartHidesAll(t *testing.T) {
	const h = time.Hour
	for _, known := range [][]Known{
		{part(fact.ChronicDx, 0, Provider, 2*h, 5*h), part(fact.ChronicDx, 2, Insurer, h, 7*h)},
		{part(fact.ChronicDx, 0, Provider, h, 5*h), said(fact.ChronicDx, 4, Insurer, 2*h)},
		{part(fact.ChronicDx, 0, Insurer, h, 5*h), said(fact.ChronicDx, 4, Provider, 2*h)},
	} {
		r := recalled(t, nil, known...)
		var f, none fact.Facts
		r.fill(&f, &none)
		if !r.Hides(fact.ChronicDx, Insurer) || !r.HidesAny(Insurer) || r.Hides(fact.ChronicDx, Provider) {
			t.Errorf("%+v: shown to the insurer", known)
		}
	}
	own := recalled(t, nil, part(fact.ChronicDx, 0, Insurer, h, 5*h), said(fact.ChronicDx, 4, Insurer, 2*h))
	var f, none fact.Facts
	own.fill(&f, &none)
	if own.HidesAny(Insurer) {
		t.Error("what the insurer told itself is hidden from it")
	}
}
