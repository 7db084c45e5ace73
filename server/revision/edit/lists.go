package edit

import (
	"maps"
	"path"
	"slices"
	"strings"
)

// homes are the files and the key of each list of rows.
var homes = map[string]struct{ file, key string }{
	"mindset": {"mindset.yaml", "rules"}, "sender": {"sender.yaml", "rules"}, "advice": {"advice/", "items"},
	"cases": {"cases/", "cases"}, "guardrails": {"guardrails.yaml", "guardrails"}, "topics": {"topics.yaml", "topics"},
}

// listName is the name of the list under a key of a file. The default row of a
// table counts as one of its rows. Lists without a name go by their key.
func listName(file, key string) string {
	for name, home := range homes {
		if (file == home.file || path.Dir(file)+"/" == home.file) && (key == home.key || key == "default") {
			return name
		}
	}
	return key
}

// filesOf are the names of the files that hold a list.
func filesOf(files map[string][]byte, list string) ([]string, error) {
	home, ok := homes[list]
	if !ok {
		return nil, bad("list", "there is no such list; use mindset, sender, advice, cases, guardrails or topics")
	}
	var names []string
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if name == home.file || strings.HasSuffix(home.file, "/") && path.Dir(name)+"/" == home.file {
			names = append(names, name)
		}
	}
	return names, nil
}

// locate finds the row of an operation.
func locate(files map[string][]byte, o *Op) (*document, *list, int, error) {
	names, err := filesOf(files, o.List)
	if err != nil {
		return nil, nil, 0, err
	}
	var broken error
	for _, name := range names {
		d, err := open(name, files[name])
		if err != nil {
			broken = err
			continue
		}
		if l, i := d.find(homes[o.List].key, o.Row); l != nil {
			return d, l, i, nil
		}
		if l, i := d.find("default", o.Row); l != nil {
			return d, l, i, nil
		}
	}
	if broken != nil {
		return nil, nil, 0, broken
	}
	return nil, nil, 0, bad("row", "there is no such row")
}

// taken reports whether a list, in any of its files, has a row of that id.
func taken(files map[string][]byte, listName, id string) bool {
	_, _, _, err := locate(files, &Op{List: listName, Row: id})
	return err == nil
}
