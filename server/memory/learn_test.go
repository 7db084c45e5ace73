package memory

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

var learnt = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// told makes news with few names, sources and moments, so that ties are common.
func told(r *rand.Rand, n int) []StoredFact {
	names := []string{"tobacco", "part2_consent", "opt_out_topics", "chronic_dx", "acute_dx_active"}
	out := make([]StoredFact, n)
	for i := range out {
		f := StoredFact{
			Name: names[r.IntN(len(names))], Source: string(rune('a' + r.IntN(3))), Side: []string{"insurer", "provider"}[r.IntN(2)],
			AsOf: learnt.Add(-time.Duration(r.IntN(4)) * time.Hour), ToldAt: learnt.Add(-time.Duration(r.IntN(2)) * time.Minute), MaxAge: time.Duration(1+r.IntN(9)) * time.Hour,
		}
		if f.Name == "chronic_dx" && r.IntN(2) == 0 {
			f.Topic, f.Value = string(rune('p'+r.IntN(3))), Bool(true)
			out[i] = f
			continue
		}
		if f.Name == "acute_dx_active" {
			f.Value = Bool(r.IntN(2) == 0)
			if f.Value.Number == 1 {
				f.Topic = string(rune('p' + r.IntN(3)))
			}
			out[i] = f
			continue
		}
		switch r.IntN(4) {
		case 0:
		case 1:
			f.Value = List("b", "a", string(rune('a'+r.IntN(3))))
		default:
			f.Value = Text(string(rune('x' + r.IntN(3))))
		}
		out[i] = f
	}
	return out
}

// again is some of the news, told again later, or told early.
func again(r *rand.Rand, news []StoredFact) []StoredFact {
	out := slices.Clone(news[:r.IntN(len(news))])
	for i := range out {
		out[i].ToldAt = out[i].ToldAt.Add(time.Duration(r.IntN(3)) * time.Minute)
	}
	r.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

// TestARepeatIsNoNews tells two things of one moment, and then each again.
func TestARepeatIsNoNews(t *testing.T) {
	word := func(v Value) StoredFact {
		return StoredFact{Name: "tobacco", Source: "ehr", Side: "provider", AsOf: learnt.Add(-time.Hour), ToldAt: learnt, MaxAge: ConsentAge, Value: v}
	}
	for what, c := range map[string]struct {
		a, b StoredFact
		want Value
	}{
		"two values":               {word(Text("never")), word(Text("current")), Text("current")},
		"a value and a retraction": {word(Text("never")), word(Nothing()), Nothing()},
	} {
		var got []StoredFact
		for i, f := range []StoredFact{c.a, c.b, c.a, c.b, c.b, c.a} {
			f.ToldAt = f.ToldAt.Add(time.Duration(i) * time.Second)
			got = Learn(got, []StoredFact{f}, learnt)
			if i > 0 && (len(got) != 1 || !got[0].Value.equal(&c.want)) {
				t.Errorf("%s, told %d times: %v", what, i+1, got)
			}
		}
	}
}

func TestTheOrderOfNewsMakesNoDifference(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 600 {
		news := told(r, 1+r.IntN(24))
		want := Learn(nil, news, learnt)
		for range 4 {
			r.Shuffle(len(news), func(i, j int) { news[i], news[j] = news[j], news[i] })
			var got []StoredFact
			for rest := news; len(rest) > 0; {
				n := 1 + r.IntN(len(rest))
				got = Learn(got, rest[:n], learnt)
				if r.IntN(2) == 0 {
					got = Learn(got, again(r, news), learnt)
				}
				rest = rest[n:]
			}
			if !Same(got, want) {
				t.Fatalf("in another order:\n%v\nnot\n%v", got, want)
			}
		}
	}
}

// TestOnlySoMuchIsKept has more sources than fit: the newest stay, in any order.
func TestOnlySoMuchIsKept(t *testing.T) {
	var news []StoredFact
	for i := range 3 * MaxPerFact {
		news = append(news, StoredFact{Name: "tobacco", Source: string(rune('a' + i)), Side: "insurer", AsOf: learnt.Add(time.Duration(i-99) * time.Minute), ToldAt: learnt, MaxAge: ConsentAge, Value: Text("never")})
	}
	want := Learn(nil, news, learnt)
	if len(want) != MaxPerFact || want[0].Source != string(rune('a'+2*MaxPerFact)) {
		t.Fatalf("%d are kept, the first of %s", len(want), want[0].Source)
	}
	r := rand.New(rand.NewPCG(3, 4))
	for range 50 {
		r.Shuffle(len(news), func(i, j int) { news[i], news[j] = news[j], news[i] })
		var got []StoredFact
		for i := range news {
			got = Learn(got, news[i:i+1], learnt)
		}
		if !Same(got, want) {
			t.Fatal("in another order others are kept")
		}
	}
}

func TestConsentsOfOneMomentAreAllKept(t *testing.T) {
	f := StoredFact{Name: "part2_consent", Source: "a", Side: "insurer", AsOf: learnt.Add(-time.Hour), ToldAt: learnt, MaxAge: ConsentAge, Value: Text("tpo")}
	g := f
	g.Value, g.MaxAge = Text("revoked"), time.Minute
	if got := Learn([]StoredFact{f.normal()}, []StoredFact{g}, learnt); len(got) != 2 || got[0].MaxAge != ConsentAge || got[1].MaxAge != ConsentAge {
		t.Errorf("a grant and a withdrawal: %v", got)
	}
	f.Name, g.Name = "tobacco", "tobacco"
	if got := Learn(nil, []StoredFact{f, g}, learnt); len(got) != 1 {
		t.Errorf("what is no consent: %v", got)
	}
}

func TestMembersAreReadAsWritten(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 500 {
		facts := Learn(nil, told(r, r.IntN(20)), learnt)
		b := AppendMember(nil, facts)
		got, err := DecodeMember(b)
		if err != nil || !Same(got, facts) || !bytes.Equal(AppendMember(nil, got), b) {
			t.Fatalf("%v\n%v\n%v", err, got, facts)
		}
		if len(b) > 2 {
			if _, err := DecodeMember(b[:len(b)-1]); err == nil {
				t.Fatal("half of it is taken for all")
			}
		}
	}
	all := []StoredFact{
		{Name: "a", Value: Bool(true), AsOf: learnt, ToldAt: learnt, MaxAge: time.Hour}, {Name: "b", Value: Number(-1500), AsOf: learnt, ToldAt: learnt, MaxAge: time.Hour},
		{Name: "c", Value: Since(learnt), AsOf: learnt, ToldAt: learnt, MaxAge: time.Hour}, {Name: "d", Value: List(), AsOf: learnt, ToldAt: learnt, MaxAge: time.Hour},
	}
	if got, err := DecodeMember(AppendMember(nil, all)); err != nil || !Same(got, all) {
		t.Errorf("%v\n%v", err, got)
	}
}

func TestFactsThatCanNotBeStored(t *testing.T) {
	good := StoredFact{Name: "tobacco", Value: Text("never"), Source: "claims", Side: "insurer", AsOf: learnt, ToldAt: learnt, MaxAge: time.Hour}
	if err := good.Check(learnt); err != nil {
		t.Fatal(err)
	}
	for field, change := range map[string]func(*StoredFact){
		"name": func(f *StoredFact) { f.Name = "" }, "topic": func(f *StoredFact) { f.Topic = "sleep" }, "source": func(f *StoredFact) { f.Source = "" },
		"side": func(f *StoredFact) { f.Side = "nobody" }, "asOf": func(f *StoredFact) { f.AsOf = learnt.Add(MaxSkew + time.Second) },
		"toldAt": func(f *StoredFact) { f.ToldAt = time.Time{} }, "maxAge": func(f *StoredFact) { f.MaxAge = 0 },
		"value": func(f *StoredFact) { f.Value = Since(learnt.Add(time.Hour)) },
	} {
		f := good
		change(&f)
		if err := f.Check(learnt); err == nil || err.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	skewed := good
	skewed.AsOf = learnt.Add(MaxSkew)
	if err := skewed.Check(learnt); err != nil {
		t.Errorf("a clock that is a little ahead: %v", err)
	}
}

func FuzzDecodeMember(f *testing.F) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 5 {
		f.Add(AppendMember(nil, Learn(nil, told(r, 5), learnt)))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		facts, err := DecodeMember(b)
		if err == nil && !bytes.Equal(AppendMember(nil, facts), b) {
			t.Error("two encodings of one member")
		}
	})
}

func TestAListReplacesTheConditionsBeforeIt(t *testing.T) {
	at := func(topic string, ago time.Duration, v Value) StoredFact {
		return StoredFact{Name: "chronic_dx", Topic: topic, Source: "a", Side: "insurer", AsOf: learnt.Add(-ago), ToldAt: learnt, MaxAge: ConsentAge, Value: v}
	}
	other := at("asthma", 3*time.Hour, Bool(true))
	other.Source = "b"
	got := Learn(nil, []StoredFact{
		at("diabetes", 3*time.Hour, Bool(true)), at("", 2*time.Hour, List("obesity")), at("copd", 2*time.Hour, Bool(true)), at("hypertension", time.Hour, Bool(true)), other,
	}, learnt)
	var topics []string
	for _, f := range got {
		topics = append(topics, f.Topic)
	}
	if want := []string{"", "asthma", "copd", "hypertension"}; !slices.Equal(topics, want) {
		t.Errorf("%q is kept, want %q", topics, want)
	}
}
