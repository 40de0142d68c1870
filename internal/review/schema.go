package review

import (
	"encoding/json"
	"maps"
	"slices"

	"telepay/commission"
	"telepay/internal/catalogue"
	"telepay/internal/lang"
	"telepay/internal/plan"
	"telepay/internal/rule"
	"telepay/kpi"
	"telepay/penalties"
)

// object is a piece of the schema.
type object map[string]any

// Schema returns the JSON Schema (draft 7) of plan.yaml, for editors, made from
// the tables that the reader reads by. It knows keys, shapes, closed lists of words
// and how literals are written; what names and formulas mean is the reader's own.
func Schema() []byte {
	top := object{
		"$schema": "http://json-schema.org/draft-07/schema#", "title": "telepay plan.yaml", "type": "object",
		"required": []string{"plan", "since"}, "additionalProperties": false,
		"anyOf": []object{{"required": []string{"earnings"}}, {"required": []string{"deductions"}}},
	}
	keys := fields(plan.Head)
	defs := dependents()
	defs["text"] = text()
	for _, s := range plan.Sections() {
		keys[s.Key] = section(s, defs)
	}
	top["properties"], top["definitions"] = keys, defs
	out, err := json.MarshalIndent(top, "", "  ")
	if err != nil {
		panic("review: the schema cannot be written: " + err.Error())
	}
	return append(out, '\n')
}

// text is one text for both languages, or one for each.
func text() object {
	return object{"anyOf": []object{scalar(), {"type": "object", "properties": object{"zh": scalar(), "en": scalar()}, "additionalProperties": false}}}
}

// fields makes a property of each field of a table.
func fields(table []catalogue.Field) object {
	out := object{}
	for _, f := range table {
		out[f.Key] = field(f)
	}
	return out
}

// field is the shape of what is written at a key, as the table says it in words,
// with the help that an editor shows.
func field(f catalogue.Field) object {
	help := f.Name.ZH + ": " + f.Help.ZH + "\n" + f.Help.EN
	if !f.Default.IsEmpty() {
		help += "\n" + lang.F("默认 %s / default %s", "", f.Default.ZH, f.Default.EN).ZH
	}
	return object{"description": help + "\n" + f.Example, "allOf": []object{shapeOf(f)}}
}

func section(s plan.Section, defs object) object {
	switch {
	case s.Key == "targets":
		return object{"type": "object", "additionalProperties": field(s.Fields[0])}
	case s.Key == "scorecards":
		card := fields(s.Fields)
		card["title"] = ref("text")
		card["items"] = each(group(fields(kpi.ItemFields)))
		return each(group(card, "items"))
	case s.Shape == plan.Named:
		keys := fields(s.Fields)
		for _, key := range []string{"title", "definition"} {
			if keys[key] != nil {
				keys[key] = ref("text")
			}
		}
		if s.Key == "rankings" {
			keys["each"] = oneOf("month", "week") // of a rule it is a kind of row
			return each(group(keys, "by"))
		}
		return kpis(keys)
	case s.Key == "earnings":
		return rules(s.Key, commission.Kinds(), commission.Shipped(), defs)
	case s.Key == "deductions":
		return rules(s.Key, penalties.Kinds(), penalties.Shipped(), defs)
	}
	if s.Key == "discipline" {
		return group(fields(s.Fields), "ladder")
	}
	return group(fields(s.Fields))
}

// kpis: one that telepay ships may have any of its keys written anew; one of the
// company's own has to say what it gathers.
func kpis(keys object) object {
	var ways []object
	for _, how := range []string{"count", "sum", "average", "median", "max", "distinct", "formula"} {
		ways = append(ways, object{"required": []string{how}})
	}
	own := group(keys)
	own["anyOf"] = ways
	shipped := object{}
	for name := range kpi.Shipped() {
		shipped[name] = group(keys)
	}
	return object{"type": "object", "properties": shipped, "additionalProperties": own}
}

// rules: a rule is of the kind that its own name says, or else of the one that its
// key rule names; each kind has its own keys.
func rules(section string, kinds map[string]*rule.Kind, shipped map[string]catalogue.Definition, defs object) object {
	of := map[string]string{} // name → kind
	for name, k := range kinds {
		keys := object{}
		for _, key := range k.Keys() {
			keys[key] = field(rule.FieldOf(key))
		}
		if keys["parts"] != nil {
			keys["parts"] = partList(name)
		}
		defs[section+"."+name] = object{"type": "object", "description": k.Help.ZH + "\n" + k.Help.EN, "properties": keys, "additionalProperties": false}
		of[name] = name
	}
	for name, d := range shipped {
		of[name] = d.Node.Get("rule").Text
	}
	var choices []object
	own := object{}
	names := slices.Sorted(maps.Keys(of))
	for _, name := range names {
		is := object{"allOf": []object{ref(section + "." + of[name]), needs(kinds[of[name]], shipped[name])}}
		choices = append(choices, object{"if": object{"properties": object{"rule": oneOf(name)}}, "then": is})
		own[name] = object{"if": object{"type": "object", "required": []string{"rule"}}, "then": ref(section), "else": is}
	}
	defs[section] = object{"type": "object", "required": []string{"rule"}, "properties": object{"rule": oneOf(names...)}, "allOf": choices}
	return object{"type": "object", "properties": own, "additionalProperties": ref(section)}
}

// needs are the keys that a rule has to have, less those that a shipped rule brings.
func needs(k *rule.Kind, d catalogue.Definition) object {
	out := object{}
	var must []string
	for _, key := range k.Needs {
		if d.Node.Get(key) == nil {
			must = append(must, key)
		}
	}
	if must != nil {
		out["required"] = must
	}
	if k.Name == "penalty" && d.Node.Get("class") == nil && d.Node.Get("against") == nil {
		out["anyOf"] = []object{{"required": []string{"class"}}, {"required": []string{"against"}}}
	}
	var one []object
	for _, key := range k.OneOf {
		if d.Node.Get(key) != nil {
			return out
		}
		one = append(one, object{"required": []string{key}})
	}
	if one != nil {
		out["oneOf"] = one
	}
	return out
}
