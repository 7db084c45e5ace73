package revision

import (
	"time"

	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/rules/sentence"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

// RowName names a row as edit.Op does: its list and its id.
type RowName struct{ List, ID string }

// Sentences puts the rules, the advice and the guardrails of a content into
// words, so that two contents can be shown side by side. nil if the content
// can't be read; the problems say why.
func Sentences(files Files, on time.Time, language string) (map[RowName]sentence.Sentence, []strictyaml.Problem) {
	folder, err := files.FS()
	if err != nil {
		return nil, nil
	}
	set, problems := ruleset.LoadDraft(folder, on)
	if set == nil {
		return nil, problems
	}
	p := sentence.New(set, language)
	out := map[RowName]sentence.Sentence{}
	for _, table := range []ruleset.Table{ruleset.MindsetTable, ruleset.SenderTable} {
		for i, rows := 0, set.Rows(table); i < len(rows); i++ {
			out[RowName{table.String(), rows[i].ID}] = p.Row(&rows[i])
		}
	}
	for i, items := 0, set.Items(); i < len(items); i++ {
		out[RowName{"advice", items[i].ID}] = p.Item(&items[i])
	}
	for i, rails := 0, set.Guardrails(); i < len(rails); i++ {
		out[RowName{"guardrails", rails[i].ID}] = p.Guardrail(&rails[i])
	}
	return out, problems
}
