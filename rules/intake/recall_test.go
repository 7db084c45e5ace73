package intake

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
)

var recallAt = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func recallWords(t testing.TB) *fact.Catalogue {
	t.Helper()
	c, err := fact.NewCatalogue(map[string][]string{"chronic_dx": {"diabetes", "sud", "asthma"}, "opt_out_topics": {"sleep", "stress", "weight"}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// said is something that was told ago before recallAt.
func said(id fact.ID, value int64, side Side, ago time.Duration) Known {
	return Known{Fact: id, Part: Whole, Value: value, Side: side, Source: side.String(), AsOf: recallAt.Add(-ago), MaxAge: ConsentAge}
}

func recalled(t testing.TB, given *fact.Facts, known ...Known) *Recollection {
	t.Helper()
	if given == nil {
		given = &fact.Facts{}
	}
	return Recall(recallWords(t), known, given, Insurer, recallAt, nil)
}

func wantRaw(t *testing.T, what string, f *fact.Facts, id fact.ID, want int64) {
	t.Helper()
	if known := f.Known(id); want < 0 && known || want >= 0 && (!known || f.Raw(id) != want) {
		t.Errorf("%s: known %v, %d, want %d", what, known, f.Raw(id), want)
	}
}

func TestTheNewestValidWordCounts(t *testing.T) {
	const h = time.Hour
	nothing := said(fact.Tobacco, 0, Insurer, h)
	nothing.Nothing = true
	short := said(fact.Tobacco, 3, Provider, 2*h)
	short.MaxAge = h
	named := said(fact.Tobacco, 1, Member, h)
	named.Source = "a"
	for what, c := range map[string]struct {
		id    fact.ID
		known []Known
		want  int64
	}{
		"the newer":                      {fact.Tobacco, []Known{said(fact.Tobacco, 1, Insurer, 2*h), said(fact.Tobacco, 2, Provider, h)}, 2},
		"one that has ended":             {fact.EncounterClassNow, []Known{said(fact.EncounterClassNow, 2, Provider, 5*h)}, -1},
		"a max age that was shortened":   {fact.Tobacco, []Known{short, said(fact.Tobacco, 1, Insurer, 3*h)}, 1},
		"one from the future":            {fact.Tobacco, []Known{said(fact.Tobacco, 1, Insurer, -h)}, -1},
		"one of a clock a little ahead":  {fact.Tobacco, []Known{said(fact.Tobacco, 1, Insurer, -time.Minute)}, 1},
		"what was taken back":            {fact.Tobacco, []Known{said(fact.Tobacco, 1, Insurer, 2*h), nothing}, -1},
		"what was told again":            {fact.Tobacco, []Known{nothing, said(fact.Tobacco, 1, Insurer, 0)}, 1},
		"a tie, held by the provider":    {fact.BMI, []Known{said(fact.BMI, 30000, Insurer, h), said(fact.BMI, 25000, Provider, h)}, 25000},
		"a tie, held by the payer":       {fact.CoverageStatus, []Known{said(fact.CoverageStatus, 0, Insurer, h), said(fact.CoverageStatus, 1, Provider, h)}, 0},
		"a tie with what was taken back": {fact.Tobacco, []Known{said(fact.Tobacco, 1, Insurer, h), nothing}, -1},
		"a tie, by the name of a source": {fact.Tobacco, []Known{said(fact.Tobacco, 3, Member, h), named}, 1},
		"a fact of one contact":          {fact.TextIntent, []Known{said(fact.TextIntent, 1, Insurer, 0)}, -1},
	} {
		wantRaw(t, what, &recalled(t, nil, c.known...).Facts, c.id, c.want)
		for i, j := 0, len(c.known)-1; i < j; i, j = i+1, j-1 {
			c.known[i], c.known[j] = c.known[j], c.known[i]
		}
		wantRaw(t, what+", the other way round", &recalled(t, nil, c.known...).Facts, c.id, c.want)
	}
}

func TestConsentIsTheStricter(t *testing.T) {
	const h = time.Hour
	none, tpo, revoked := int64(0), int64(consentTPO), int64(3)
	given := func(id fact.ID, v int64) *fact.Facts {
		var f fact.Facts
		f.SetRaw(id, v)
		return &f
	}
	short := said(fact.Part2Consent, revoked, Provider, h)
	part := func(value int, off int64, ago time.Duration) Known {
		k := said(fact.OptOutTopics, off, Member, ago)
		k.Part = value
		return k
	}
	for what, c := range map[string]struct {
		id    fact.ID
		given *fact.Facts
		known []Known
		want  int64
	}{
		"a withdrawal after a grant":        {fact.Part2Consent, nil, []Known{said(fact.Part2Consent, tpo, Insurer, 2*h), short}, revoked},
		"a grant after a withdrawal":        {fact.Part2Consent, nil, []Known{said(fact.Part2Consent, tpo, Insurer, 0), short}, tpo},
		"both at one time":                  {fact.Part2Consent, nil, []Known{said(fact.Part2Consent, tpo, Insurer, h), short, said(fact.Part2Consent, none, Insurer, h)}, revoked},
		"a question that grants":            {fact.Part2Consent, given(fact.Part2Consent, tpo), []Known{short}, revoked},
		"a question, nothing stored":        {fact.Part2Consent, given(fact.Part2Consent, tpo), nil, tpo},
		"two lists of one time":             {fact.OptOutTopics, nil, []Known{said(fact.OptOutTopics, 1, Insurer, h), said(fact.OptOutTopics, 2, Provider, h)}, 3},
		"a newer list":                      {fact.OptOutTopics, nil, []Known{said(fact.OptOutTopics, 1, Insurer, h), said(fact.OptOutTopics, 2, Provider, 0)}, 2},
		"one more, and one less":            {fact.OptOutTopics, nil, []Known{said(fact.OptOutTopics, 1, Insurer, h), part(1, 1, 0), part(0, 0, 0)}, 2},
		"one before a list":                 {fact.OptOutTopics, nil, []Known{said(fact.OptOutTopics, 0, Insurer, h), part(1, 1, 2*h)}, 0},
		"one at the time of a list":         {fact.OptOutTopics, nil, []Known{said(fact.OptOutTopics, 0, Insurer, h), part(1, 1, h), part(1, 0, h)}, 2},
		"one taken back":                    {fact.OptOutTopics, nil, []Known{part(1, 1, h), part(1, 0, 0), part(2, 1, h)}, 4},
		"the question's and the stored":     {fact.OptOutTopics, given(fact.OptOutTopics, 4), []Known{part(1, 1, h)}, 6},
		"what may be shared, at one time":   {fact.SensitiveTopicsShareable, nil, []Known{said(fact.SensitiveTopicsShareable, 3, Insurer, h), said(fact.SensitiveTopicsShareable, 6, Provider, h)}, 2},
		"marketing that a question permits": {fact.MarketingAuthorization, given(fact.MarketingAuthorization, 1), []Known{said(fact.MarketingAuthorization, 0, Insurer, h)}, 0},
		"a confidential channel":            {fact.ConfidentialChannel, given(fact.ConfidentialChannel, 0), []Known{said(fact.ConfidentialChannel, 1, Insurer, 1000*h)}, 1},
	} {
		wantRaw(t, what, &recalled(t, c.given, c.known...).Facts, c.id, c.want)
		for i, j := 0, len(c.known)-1; i < j; i, j = i+1, j-1 {
			c.known[i], c.known[j] = c.known[j], c.known[i]
		}
		wantRaw(t, what+", the other way round", &recalled(t, c.given, c.known...).Facts, c.id, c.want)
	}
}

// TestTheOrderOfWordsMakesNoDifference shuffles what was told, and tells some of
// it twice.
func TestTheOrderOfWordsMakesNoDifference(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	ids := []fact.ID{fact.Tobacco, fact.ChronicDx, fact.Part2Consent, fact.OptOutTopics, fact.BMI, fact.HoursSinceAcuteCare, fact.MemberChoice, fact.ConfidentialChannel, fact.ChronicDx, fact.AcuteDxActive}
	for range 800 {
		var known []Known
		for range 1 + r.IntN(12) {
			id := ids[r.IntN(len(ids))]
			k := said(id, int64(r.IntN(4)), Side(1+r.IntN(4)), time.Duration(r.IntN(3))*time.Hour)
			k.Nothing = r.IntN(6) == 0
			k.Source = string(rune('a' + r.IntN(2)))
			switch {
			case id == fact.HoursSinceAcuteCare:
				k.Since = recallAt.Add(-time.Duration(r.IntN(90)) * time.Hour)
			case (id == fact.OptOutTopics || id == fact.MemberChoice) && r.IntN(2) == 0:
				k.Part, k.Value = r.IntN(3), k.Value&1
			case id == fact.ChronicDx && r.IntN(2) == 0:
				k.Part, k.Nothing = r.IntN(3), false
				k.Value, k.MaxAge = 1<<k.Part, time.Duration(4+k.Part)*time.Hour
			case id == fact.AcuteDxActive:
				if k.Value &= 1; r.IntN(2) == 0 {
					k.Part, k.Nothing, k.Value = r.IntN(3), false, 1
					k.MaxAge = time.Duration(4+k.Part) * time.Hour
				}
			}
			known = append(known, k)
		}
		want := recalled(t, nil, known...)
		for range 3 {
			again := append([]Known(nil), known...)
			for range r.IntN(4) {
				again = append(again, known[r.IntN(len(known))])
			}
			r.Shuffle(len(again), func(i, j int) { again[i], again[j] = again[j], again[i] })
			got := recalled(t, nil, again...)
			if got.Facts != want.Facts || !sameChoices(got.Choices, want.Choices) {
				t.Fatalf("in another order:\n%+v", again)
			}
			for _, id := range ids {
				a, _ := got.Told(id)
				b, _ := want.Told(id)
				if a != b || got.Ends(id) != want.Ends(id) {
					t.Fatalf("in another order %d is told by\n%+v\nnot\n%+v", id, a, b)
				}
			}
		}
	}
}

func sameChoices(a, b []TopicChoice) bool {
	of := map[TopicChoice]int{}
	for _, c := range a {
		of[c]++
	}
	for _, c := range b {
		of[c]--
	}
	for _, n := range of {
		if n != 0 {
			return false
		}
	}
	return len(a) == len(b)
}

// TestG13WithoutConsentSUDWasNeverStored compares stores with and without what
// tells of substance use.
func TestG13WithoutConsentSUDWasNeverStored(t *testing.T) {
	const h, diabetes, sud = time.Hour, 1, 2
	older := said(fact.ChronicDx, diabetes, Insurer, 2*h)
	for _, consent := range [][]Known{nil, {said(fact.Part2Consent, 0, Member, h)}, {said(fact.Part2Consent, 3, Member, h), said(fact.Part2Consent, 1, Member, 2*h)}} {
		for what, c := range map[string][2][]Known{
			"nothing else":     {{said(fact.ChronicDx, sud, Provider, h)}, {}},
			"beside diabetes":  {{said(fact.ChronicDx, diabetes|sud, Provider, h)}, {said(fact.ChronicDx, diabetes, Provider, h)}},
			"over older facts": {{older, said(fact.ChronicDx, sud, Provider, h)}, {older}},
		} {
			with, without := recalled(t, nil, append(c[0], consent...)...), recalled(t, nil, append(c[1], consent...)...)
			if with.Facts != without.Facts {
				t.Errorf("%s: it shows", what)
			}
			var f, g, none fact.Facts
			with.fill(&f, &none)
			without.fill(&g, &none)
			a, toldA := with.Left(fact.ChronicDx, 0, false)
			b, toldB := without.Left(fact.ChronicDx, 0, false)
			if a != b || toldA != toldB || with.HidesAny(Insurer) != without.HidesAny(Insurer) {
				t.Errorf("%s: it shows in how long an answer holds, or in what is hidden", what)
			}
		}
	}
	agreed := recalled(t, nil, older, said(fact.ChronicDx, sud, Provider, h), said(fact.Part2Consent, consentTPO, Member, h))
	wantRaw(t, "with consent", &agreed.Facts, fact.ChronicDx, sud)
}

func TestWhatTheInsurerMayNotLearn(t *testing.T) {
	const h = time.Hour
	for what, c := range map[string]struct {
		known Known
		want  bool
	}{
		"clinical, by the provider":   {said(fact.HoursSinceAcuteCare, 3, Provider, h), true},
		"sensitive, by both in one":   {said(fact.Pregnancy, 2, Integrated, h), true},
		"clinical, by the insurer":    {said(fact.HoursSinceAcuteCare, 3, Insurer, h), false},
		"not clinical, by a provider": {said(fact.PCPKnown, 1, Provider, h), false},
		"taken back by the provider":  {func() Known { k := said(fact.Tobacco, 0, Provider, h); k.Nothing = true; return k }(), true},
	} {
		r := recalled(t, nil, c.known)
		var f, none fact.Facts
		r.fill(&f, &none)
		if r.HidesAny(Insurer) != c.want || r.HidesAny(Provider) || r.HidesAny(Integrated) {
			t.Errorf("%s: hidden from the insurer %v", what, !c.want)
		}
	}
}
