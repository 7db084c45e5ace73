package cdshooks

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/rightvoice/rightvoice/server/cdshooks/cdstest"
)

// FuzzRequest sends any body to any service. Whatever comes, the answer is
// cards that conform, or a refusal of the caller.
func FuzzRequest(f *testing.F) {
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) == 0 {
		f.Fatal(files, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	for _, body := range []m{
		call("patient-view", m{"patient": patient("m-1"), "encounters": bundle(erVisit(48)), "conditions": bundle(condition("J01.90", today.AddDate(0, 0, -3)))}),
		booking(nil, appointment1(m{"description": "chest pain", "serviceType": []m{{"coding": []m{{"display": "Sleep"}}}}})),
		{"feedback": []m{fed("01890a5d-ac96-774b-bcce-b302099a8057", "overridden", "overrideReason", overrides("fact_is_wrong"))}},
	} {
		data, err := json.Marshal(body)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	b := newBench(f, nil)
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, s := range services {
			w := b.send("POST", Path+"/"+s.id, string(body))
			switch w.Code {
			case http.StatusOK:
				if wrong := cdstest.Response(w.Body.Bytes()); wrong != nil {
					t.Errorf("%v in %s", wrong, w.Body)
				}
			case http.StatusBadRequest, http.StatusPreconditionFailed:
				refusal(t, w)
			default:
				t.Errorf("%d %s", w.Code, w.Body)
			}
		}
		if w := b.send("POST", Path+"/patient-view/feedback", string(body)); w.Code != http.StatusOK && w.Code != http.StatusBadRequest {
			t.Errorf("feedback: %d %s", w.Code, w.Body)
		}
		*b.seen = nil
	})
}
