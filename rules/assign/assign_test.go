package assign

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"strconv"
	"testing"
)

func key(t testing.TB, secret string) *Key {
	t.Helper()
	k, err := NewKey([]byte(secret))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

const secret = "a secret that nobody will guess"

// TestSharesOfAMillion: each part has its hundredth of the members, within five
// standard deviations, and parts of two experiments are independent.
func TestSharesOfAMillion(t *testing.T) {
	const members = 1_000_000
	k := key(t, secret)
	var parts [Parts]int
	var both [2][2]int
	for i := range members {
		member := "member-" + strconv.Itoa(i)
		a, b := k.Part("default", "variant gym", member), k.Part("default", "holdout spring", member)
		parts[a]++
		both[a/50][b/50]++
	}
	within := func(what string, n int, p float64) {
		if sigma := math.Sqrt(members * p * (1 - p)); math.Abs(float64(n)-members*p) > 5*sigma {
			t.Errorf("%s: %d of %d, want %.0f ± %.0f", what, n, members, members*p, 5*sigma)
		}
	}
	for i, n := range parts {
		within(fmt.Sprint("part ", i), n, 1.0/Parts)
	}
	for a := range both {
		for b := range both[a] {
			within(fmt.Sprint("halves ", a, b), both[a][b], 0.25)
		}
	}
}

// TestAssignmentsStay: a program that assigned otherwise would put members of
// running experiments on other sides.
func TestAssignmentsStay(t *testing.T) {
	k := key(t, secret)
	h := sha256.New()
	for i := range 10_000 {
		fmt.Fprint(h, k.Part("default", "variant gym", strconv.Itoa(i)), " ")
	}
	if got := hex.EncodeToString(h.Sum(nil)[:8]); got != "c36704cad37e96d4" {
		t.Errorf("assignments are others now: %s", got)
	}
}

func TestNamesAreApart(t *testing.T) {
	k := key(t, secret)
	same := 0
	for i := range 1000 {
		n := strconv.Itoa(i)
		if k.Part("ab", "c", n) == k.Part("a", "bc", n) {
			same++
		}
		if k.Part("a", "b", n) != k.Part("a", "b", n) {
			t.Fatal("the same names, and another part")
		}
	}
	if same > 50 {
		t.Errorf("%d of 1000 are the same", same)
	}
	other := key(t, "another secret that nobody guesses")
	same = 0
	for i := range 1000 {
		if n := strconv.Itoa(i); k.Part("a", "b", n) == other.Part("a", "b", n) {
			same++
		}
	}
	if same > 50 {
		t.Errorf("%d of 1000 are the same under another secret", same)
	}
	if _, err := NewKey([]byte("short")); err == nil {
		t.Error("a short secret is good")
	}
}

func TestArms(t *testing.T) {
	for part := range Parts {
		want := -1
		switch {
		case part < 20:
			want = 0
		case part < 50:
			want = 1
		}
		if got := Arm(part, 20, 30); got != want {
			t.Errorf("part %d falls to %d", part, got)
		}
		// A third arm takes from the rest only.
		if got := Arm(part, 20, 30, 10); got != want && !(want == -1 && got == 2) {
			t.Errorf("part %d falls to %d with a third arm", part, got)
		}
	}
	if Arm(0) != -1 {
		t.Error("an arm of none")
	}
}

func TestAllocPart(t *testing.T) {
	k := key(t, secret)
	k.Part("default", "variant gym", "m")
	if n := testing.AllocsPerRun(1000, func() { k.Part("default", "variant gym", "member-123") }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkPart(b *testing.B) {
	k := key(b, secret)
	b.ReportAllocs()
	for b.Loop() {
		k.Part("default", "variant gym", "member-123")
	}
}
