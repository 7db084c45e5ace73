package content

import (
	"encoding/csv"
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/rightvoice/rightvoice/rules/fact"
)

// rows reads a table of the reference data that lies beside the repository.
func rows(t *testing.T, name string) []map[string]string {
	t.Helper()
	f, err := os.Open("../../../shared/data/" + name)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("left out: the reference data is not beside the repository")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, name := range lines[0] {
			row[name] = line[i]
		}
		out = append(out, row)
	}
	return out
}

// TestEverySeedItemIsHere compares ids, senders and sensitivity with the seed
// catalogue; words, topics and eligibility are this content's own.
func TestEverySeedItemIsHere(t *testing.T) {
	items := map[string]int{}
	set := defaultSet()
	for i, item := range set.Items() {
		items[item.ID] = i
	}
	seed := rows(t, "advice_catalog.csv")
	for _, row := range seed {
		i, ok := items[row["id"]]
		if !ok {
			t.Errorf("there is no item %s", row["id"])
			continue
		}
		item := &set.Items()[i]
		if want := strings.Replace(row["sender"], "none", "nobody", 1); item.Sender.String() != want {
			t.Errorf("the sender of %s is %s, want %s", item.ID, item.Sender, want)
		}
		if row["sensitive"] == "yes" && len(item.Sensitive) == 0 {
			t.Errorf("%s is not marked sensitive", item.ID)
		}
	}
	const own = 2 // for the stages of membership
	if len(seed) != 55 || len(items) != 55+own {
		t.Errorf("%d items of %d", len(items), len(seed))
	}
}

// TestVocabulariesCoverTheReference finds values of open facts that content
// left out.
func TestVocabulariesCoverTheReference(t *testing.T) {
	c := defaultSet().Catalogue()
	for _, row := range rows(t, "member_context_facts.csv") {
		id, ok := c.Lookup(row["name"])
		if !ok {
			t.Errorf("there is no fact %s", row["name"])
			continue
		}
		d := c.Def(id)
		if d.Kind != fact.Set && d.Kind != fact.Enum || !strings.Contains(row["values_or_unit"], "|") {
			continue
		}
		for value := range strings.SplitSeq(strings.Split(row["values_or_unit"], " ")[0], "|") {
			spelled := strings.ReplaceAll(value, "-", "_")
			if d.Open {
				spelled = strings.ToLower(spelled)
			}
			if _, ok := c.Value(id, spelled); !ok {
				t.Errorf("%s has no value %s", d.Name, spelled)
			}
		}
	}
}

// TestEveryFactHasWords: any rule must print as a sentence in both languages.
func TestEveryFactHasWords(t *testing.T) {
	set := defaultSet()
	c := set.Catalogue()
	for _, id := range c.All() {
		d, w := c.Def(id), set.FactWords(id)
		for _, language := range []string{"en", "es"} {
			if w.Label[language] == "" || d.Kind != fact.Opaque && w.Phrase[language] == "" {
				t.Errorf("%s has no label or phrase in %s", d.Name, language)
			}
			if d.Kind == fact.Bool || d.Kind == fact.Opaque {
				continue
			}
			if p := w.Phrase[language]; !strings.Contains(p, "{op}") || !strings.Contains(p, "{value}") {
				t.Errorf("the phrase of %s in %s has no place for the comparison", d.Name, language)
			}
			for i, value := range d.Values {
				if w.Values[i][language] == "" {
					t.Errorf("%s has no words for %s in %s", d.Name, value, language)
				}
			}
		}
	}
}
