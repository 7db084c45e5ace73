package wire

import (
	"fmt"
	"math"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/rules/fact"
)

// attributes reads the facts that the revision in force declares itself.
func (r *reader) attributes(all map[string]*pb.AttributeValue) {
	if r.words == nil {
		return
	}
	for name, v := range all {
		path := "attributes[" + Key(name) + "]"
		id, ok := r.words.Lookup(name)
		if !ok || id < fact.BuiltinCount || id >= fact.MaxFacts {
			r.add(path, "is no fact that the revision in force declares itself")
			continue
		}
		raw, message := attribute(r.words, id, v)
		if message != "" {
			r.add(path, message)
			continue
		}
		r.facts.SetRaw(id, raw)
	}
}

// attribute is v in vector form, or what is wrong with it.
func attribute(words *fact.Catalogue, id fact.ID, v *pb.AttributeValue) (raw int64, wrong string) {
	d := words.Def(id)
	switch value := v.GetValue().(type) {
	case *pb.AttributeValue_BoolValue:
		if d.Kind != fact.Bool {
			break
		}
		if value.BoolValue {
			raw = 1
		}
		return raw, ""
	case *pb.AttributeValue_EnumValue:
		if d.Kind != fact.Enum {
			break
		}
		i, ok := words.Value(id, value.EnumValue)
		if !ok {
			return 0, oneOf(d.Values)
		}
		return int64(i), ""
	case *pb.AttributeValue_SetValue:
		if d.Kind != fact.Set {
			break
		}
		for _, s := range value.SetValue.GetValues() {
			i, ok := words.Value(id, s)
			if !ok {
				return 0, oneOf(d.Values)
			}
			raw |= 1 << i
		}
		return raw, ""
	case *pb.AttributeValue_IntValue:
		if d.Kind != fact.Int {
			break
		}
		return value.IntValue, outside(d, value.IntValue)
	case *pb.AttributeValue_DecimalValue:
		if d.Kind != fact.Decimal {
			break
		}
		if math.Abs(value.DecimalValue) > 1e12 { // beyond any range, and its thousandths beyond an integer
			return 0, bounds(d)
		}
		raw = thousandths(value.DecimalValue)
		return raw, outside(d, raw)
	}
	return 0, "must be given as " + attributeFields[d.Kind]
}

var attributeFields = map[fact.Kind]string{fact.Bool: "boolValue", fact.Enum: "enumValue", fact.Set: "setValue", fact.Int: "intValue", fact.Decimal: "decimalValue"}

// outside says what would fit if raw does not.
func outside(d *fact.Def, raw int64) string {
	if d.Min <= raw && raw <= d.Max {
		return ""
	}
	return bounds(d)
}

func bounds(d *fact.Def) string {
	if d.Kind == fact.Decimal {
		return fmt.Sprintf("must be from %g to %g", float64(d.Min)/fact.DecimalScale, float64(d.Max)/fact.DecimalScale)
	}
	return fmt.Sprintf("must be from %d to %d", d.Min, d.Max)
}
