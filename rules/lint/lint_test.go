package lint

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

// placeholders are what policy would allow.
var placeholders = []string{"provider_phone", "plan_phone", "appeal_by", "visits_left"}

// loaded is the default content with some files in place of its own.
func loaded(t *testing.T, files map[string]string) *ruleset.Set {
	t.Helper()
	fsys := fstest.MapFS{}
	for _, name := range []string{"facts.yaml", "topics.yaml", "mindset.yaml", "sender.yaml"} {
		b, err := os.ReadFile("../content/" + name)
		if err != nil {
			t.Fatal(err)
		}
		fsys[name] = &fstest.MapFile{Data: b}
	}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	set, problems := ruleset.Load(fsys, time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC))
	if set == nil {
		t.Fatal(problems)
	}
	return set
}

func check(t *testing.T, files map[string]string) (*ruleset.Set, []strictyaml.Problem) {
	t.Helper()
	set := loaded(t, files)
	return set, Check(Input{Set: set, Placeholders: placeholders, SMSChars: 160, SMSOptOut: ruleset.Words{"en": "Reply STOP to end.", "es": "Envíe STOP para no recibir más."}})
}

// broken runs a fixture of items: those called bad_… must be found with the
// code, at their line; those called good… must not be found with it.
func broken(t *testing.T, fixture, code string) {
	t.Helper()
	text, err := os.ReadFile("testdata/broken/" + fixture + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	set, problems := check(t, map[string]string{"advice/fixture.yaml": string(text)})
	items := set.Items()
	bad := 0
	for i := range items {
		found := problemsAt(problems, items[i].Pos, code)
		switch want := strings.HasPrefix(items[i].ID, "bad"); {
		case want && len(found) == 0:
			t.Errorf("%s: %s is not found", code, items[i].ID)
		case !want && len(found) > 0:
			t.Errorf("%s: %s is found: %v", code, items[i].ID, found)
		case want:
			bad++
		}
	}
	if bad == 0 {
		t.Errorf("the fixture %s breaks nothing", fixture)
	}
}

func problemsAt(problems []strictyaml.Problem, at strictyaml.Pos, code string) (out []strictyaml.Problem) {
	for _, p := range problems {
		if p.Code == code && p.File == at.File && p.Line == at.Line {
			out = append(out, p)
		}
	}
	return out
}

func TestG03NothingDelaysTheER(t *testing.T)                 { broken(t, "G03", "G03") }
func TestG04NoSelfCareVerdict(t *testing.T)                  { broken(t, "G04", "G04") }
func TestG08DrugChoiceStaysWithTheDoctor(t *testing.T)       { broken(t, "G08", "G08") }
func TestG18TextMessagesFit(t *testing.T)                    { broken(t, "G18", "G18") }
func TestG21NoPlanSteering(t *testing.T)                     { broken(t, "G21", "G21") }
func TestG22RewardNamesItsRule(t *testing.T)                 { broken(t, "G22", "G22") }
func TestG24ZeroCostOnlyForPreventiveInNetwork(t *testing.T) { broken(t, "G24", "G24") }
func TestG25DeniedClaimNamesTheAppealDay(t *testing.T)       { broken(t, "G25", "G25") }
func TestG26GradeSixAtMost(t *testing.T)                     { broken(t, "G26", "G26") }
func TestG29RewardOffersAnotherWay(t *testing.T)             { broken(t, "G29", "G29") }
func TestG31NoDoseNoDiagnosis(t *testing.T)                  { broken(t, "G31", "G31") }
func TestEveryItemHasBothLanguages(t *testing.T)             { broken(t, "words", "language-missing") }
func TestPlaceholdersAreKnown(t *testing.T)                  { broken(t, "placeholders", "placeholder") }
func TestItemsSayWhatTheyAskFor(t *testing.T)                { broken(t, "kind", "contact-kind") }
func TestLinksAreSafe(t *testing.T)                          { broken(t, "links", "link") }

// TestWordsBesideTheCatalogue holds handoffs, reasons and policy to the same.
func TestWordsBesideTheCatalogue(t *testing.T) {
	topics, err := os.ReadFile("../content/topics.yaml")
	if err != nil {
		t.Fatal(err)
	}
	list, _, _ := strings.Cut(string(topics), "\nhandoffs:\n")
	list += "\nhandoffs:\n  - {asker: insurer, owner: provider, kinds: [care], text: {en: \"Do not worry. Take two pills.\"}}\n"
	sender := "rules: []\ndefault: {id: nobody, then: nobody, because: {en: \"Interdisciplinary communication notwithstanding.\"}}\n"
	set := loaded(t, map[string]string{"topics.yaml": list, "sender.yaml": sender})
	problems := Check(Input{Set: set, Texts: []Text{{Name: "language help", Words: ruleset.Words{"en": "Interdisciplinary communication notwithstanding."}}}})
	for _, want := range []string{"G04 topics.yaml", "G31 topics.yaml", "language-missing topics.yaml", "G26 sender.yaml", "language-missing sender.yaml", "G26 "} {
		if !contains(problems, want) {
			t.Errorf("no %q among %v", want, problems)
		}
	}
}

func contains(problems []strictyaml.Problem, want string) bool {
	for _, p := range problems {
		if p.Code+" "+p.File == want {
			return true
		}
	}
	return false
}

// TestUnusedIsAWarning finds benefits that no item speaks of and items that no
// topic ties to their benefit.
func TestUnusedIsAWarning(t *testing.T) {
	_, problems := check(t, map[string]string{"advice/x.yaml": `items:
  - {id: gym, sender: insurer, topics: [sleep], benefit: gym, title: {en: Gym, es: Gimnasio}, text: {en: "Go.", es: "Vaya."}}
`})
	codes := map[string]int{}
	for _, p := range problems {
		codes[p.Code]++
		if p.Severity != strictyaml.Warning {
			t.Error(p)
		}
	}
	if codes["untied-item"] != 1 || codes["unused-benefit"] < 10 {
		t.Errorf("found %v", codes)
	}
}
