package intake

import (
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
)

// Recollection is what is known about a member from before the contact, as it
// stands at one moment.
type Recollection struct {
	Facts   fact.Facts    // merged, elapsed facts counted to Now
	Choices []TopicChoice // for single topics; they count before the choice for all
	Zone    *time.Location

	known    []Known // all that was told
	now      time.Time
	defs     *fact.Catalogue
	won      []*Known              // the words that count
	parts    []*Known              // of facts that are put together of parts
	wholes   [len(gathered)]*Known // the words on the whole of such facts
	asker    Side
	place    [fact.MaxFacts]uint16 // of a fact's word in won, from 1
	used     [2]uint64             // facts that Gather took from here
	choosing time.Time             // when the first choice ends; zero if there is none
}

// TopicChoice is the view that the member chose for one topic.
type TopicChoice struct {
	Topic  uint16
	Choice int64 // position in member_choice
}

// Recall merges what sources told into what counts at the moment now. Given are
// the facts of the question, whose consents are joined in, and who asks it.
// Without consent under 42 CFR Part 2, what tells of a substance use disorder is
// left out before anything is merged, as if it had never been told.
func Recall(c *fact.Catalogue, known []Known, given *fact.Facts, asker Side, now time.Time, zone *time.Location) *Recollection {
	r := &Recollection{Zone: zone, now: now, defs: c, asker: asker, known: known}
	for id := range fact.ID(fact.BuiltinCount) {
		if d := c.Def(id); consent(d) {
			w := consentOf(id, known, now, d, anySide)
			if given.Known(id) {
				w = joined(id, w, wordOf(given, id))
			}
			w.into(&r.Facts, id)
		}
	}
	sud, ok := c.Value(fact.ChronicDx, "sud")
	for i := range known {
		k := &known[i]
		if int(k.Fact) >= c.Len() || consent(c.Def(k.Fact)) || !k.valid(c.Def(k.Fact), now) {
			continue
		}
		if ok && k.Fact == fact.ChronicDx && !k.Nothing && k.Value>>sud&1 == 1 && !r.MayUseSUD(k.Side) {
			if k = without(k, sud); k == nil {
				continue
			}
		}
		r.add(k)
	}
	for _, id := range gathered {
		r.join(id)
	}
	r.settle()
	return r
}

// MayUseSUD reports whether what a side told of substance use disorders counts.
// To claim consent opens no more than the claiming side's own records: what
// another side told needs a consent that is stored, told by that side, by one
// that is both, or by the member, beside all that is known to forbid it.
func (r *Recollection) MayUseSUD(holder Side) bool {
	if !mayUseSUD(&r.Facts) || holder == r.asker {
		return mayUseSUD(&r.Facts)
	}
	var f fact.Facts
	d := r.defs.Def(fact.Part2Consent)
	consentOf(fact.Part2Consent, r.known, r.now, d, func(s Side) bool { return s == holder || s == Integrated || s == Member }).into(&f, fact.Part2Consent)
	return mayUseSUD(&f)
}

// joined is what the question and the store say on one consent together. What
// was never stored can't be stricter than what the question says.
func joined(id fact.ID, stored, given word) word {
	if !stored.known {
		return given
	}
	return stricter(id, stored, given)
}

// without is the word without one value of its set; nil if nothing is left.
func without(k *Known, value int) *Known {
	rest := *k
	if rest.Value &^= 1 << value; rest.Value == 0 {
		return nil
	}
	return &rest
}

// add lets a word stand against those on the same fact.
func (r *Recollection) add(k *Known) {
	d := r.defs.Def(k.Fact)
	switch {
	case k.Part == Whole:
	case gathers(k.Fact):
		r.parts = addPart(d, r.parts, k)
		return
	default:
		r.won = addPart(d, r.won, k)
		return
	}
	switch at := r.place[k.Fact]; {
	case at == 0:
		r.won = append(r.won, k)
		r.place[k.Fact] = uint16(len(r.won))
	case Wins(d, k, r.won[at-1]):
		r.won[at-1] = k
	}
}

// addPart lets a word stand against those on the same part.
func addPart(d *fact.Def, words []*Known, k *Known) []*Known {
	for i, w := range words {
		if w.Fact == k.Fact && w.Part == k.Part {
			if Wins(d, k, w) {
				words[i] = k
			}
			return words
		}
	}
	return append(words, k)
}

// settle makes facts of the words that won.
func (r *Recollection) settle() {
	for _, k := range r.won {
		d := r.defs.Def(k.Fact)
		if k.Nothing {
			continue
		}
		if k.Fact == fact.MemberChoice {
			if end := k.Ends(d); r.choosing.IsZero() || end.Before(r.choosing) {
				r.choosing = end
			}
		}
		switch {
		case k.Part != Whole:
			r.Choices = append(r.Choices, TopicChoice{uint16(k.Part), k.Value})
		case !k.Since.IsZero():
			r.Facts.SetRaw(k.Fact, Elapsed(d, k.Since, r.now, r.Zone))
		default:
			r.Facts.SetRaw(k.Fact, k.Value)
		}
	}
}

// Hides reports whether a fact that was taken from here may not be learnt by the
// asking side.
func (r *Recollection) Hides(id fact.ID, asker Side) bool {
	k := r.word(id)
	return k != nil && k.HiddenFrom(asker, r.defs.Def(id))
}

// Told is the word that counts on a fact, and false if none does. Of consents,
// which are joined of several words, there is none.
func (r *Recollection) Told(id fact.ID) (Known, bool) {
	at := r.place[id]
	if at == 0 || r.won[at-1].Nothing {
		return Known{}, false
	}
	return *r.won[at-1], true
}

// Ends is when the word that counts on a fact ends; zero if none does.
func (r *Recollection) Ends(id fact.ID) time.Time {
	k, ok := r.Told(id)
	if !ok {
		return time.Time{}
	}
	return k.Ends(r.defs.Def(id))
}

// HidesAny reports whether Hides is true of any fact, or the side may not learn
// that something was taken back.
func (r *Recollection) HidesAny(asker Side) bool {
	for _, k := range r.won {
		if k.HiddenFrom(asker, r.defs.Def(k.Fact)) && (k.Nothing || r.took(k.Fact)) {
			return true
		}
	}
	return false
}

// Left is how much longer a fact holds that was taken from here: until it ends,
// or, if it advances and crosses, until it is next.
func (r *Recollection) Left(id fact.ID, next int64, crosses bool) (time.Duration, bool) {
	if id == fact.MemberChoice && !r.choosing.IsZero() && (r.took(id) || len(r.Choices) > 0) {
		return r.choosing.Sub(r.now), true
	}
	k := r.word(id)
	if k == nil {
		return 0, false
	}
	d := r.defs.Def(id)
	end := k.Ends(d)
	if crosses && !k.Since.IsZero() {
		if at := Reaches(d, k.Since, next, r.Zone); at.Before(end) {
			end = at
		}
	}
	return end.Sub(r.now), true
}

// shown are the facts of the contact without what the asker may not learn, as
// the question says them: the topic of an answer must not tell which pages were
// seen on the other side.
func (r *Recollection) shown(f fact.Facts, given *fact.Facts, asker Side) fact.Facts {
	for _, id := range [...]fact.ID{fact.CallReason, fact.PageGroup} {
		if r.Hides(id, asker) {
			wordOf(given, id).into(&f, id)
		}
	}
	return f
}

// word is what a fact was taken from; nil if it was not taken from here.
func (r *Recollection) word(id fact.ID) *Known {
	if !r.took(id) || r.place[id] == 0 {
		return nil
	}
	return r.won[r.place[id]-1]
}

func (r *Recollection) took(id fact.ID) bool { return r.used[id/64]>>(id%64)&1 == 1 }

// consents puts what the member agreed to into the facts of a question.
func (r *Recollection) consents(f *fact.Facts) {
	for id := range fact.ID(fact.BuiltinCount) {
		if consent(r.defs.Def(id)) {
			wordOf(&r.Facts, id).into(f, id)
		}
	}
}

// fill adds what the question does not say. Conditions that were coded with the
// question come beside those known before. What the asker may not learn stands
// against what the question says of it.
func (r *Recollection) fill(f, given *fact.Facts) {
	for i, k := range r.won {
		id := k.Fact
		if k.Part != Whole || k.Nothing {
			continue
		}
		switch {
		case !f.Known(id):
			f.SetRaw(id, r.Facts.Raw(id))
		case id == fact.ChronicDx && !given.Known(id):
			f.SetRaw(id, f.Raw(id)|r.Facts.Raw(id))
		case !r.insist(f, i):
			continue
		}
		r.used[id/64] |= 1 << (id % 64)
	}
	r.keepAcute(f)
	if r.Zone != nil && !f.Known(fact.LocalHour) {
		f.SetRaw(fact.LocalHour, int64(r.now.In(r.Zone).Hour()))
	}
}
