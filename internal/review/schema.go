package review

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"

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
// the tables that the reader reads by. It knows keys, shapes and closed lists of
// words; names, formulas and money are the reader's own.
func Schema() []byte {
	top := object{
		"$schema": "http://json-schema.org/draft-07/schema#", "title": "telepay plan.yaml", "type": "object",
		"required": []string{"plan", "since"}, "additionalProperties": false,
	}
	keys := fields(plan.Head)
	defs := object{"scalar": scalar(), "scale": steps(), "text": text(), "list": object{"type": []string{"array", "string", "number"}}}
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

func scalar() object { return object{"type": []string{"string", "number", "boolean"}} }

func ref(name string) object { return object{"$ref": "#/definitions/" + name} }

// text is one text for both languages, or one for each.
func text() object {
	return object{"anyOf": []object{scalar(), {"type": "object", "properties": object{"zh": scalar(), "en": scalar()}, "additionalProperties": false}}}
}

// steps is a value that depends: on bounds, on keys of the company's own, on months.
func steps() object {
	inside := object{"anyOf": []object{ref("scale"), {"type": "array"}}}
	mode := object{"anyOf": []object{{"enum": []string{"whole", "marginal", "interpolated", "全额", "超额", "插值"}}, {"type": "object", "patternProperties": object{`^(from|above) \S`: scalar()}, "additionalProperties": false}}}
	bounds := object{"mode": mode, "from": object{"type": "array"}, "above": object{"type": "array"}}
	byKey := object{"type": "object", "minProperties": 1, "patternProperties": object{`^(from|above)( |$)`: false}, "additionalProperties": inside}
	byBound := object{"type": "object", "minProperties": 1, "properties": bounds, "patternProperties": object{`^(from|above) \S`: inside}, "additionalProperties": false}
	return object{"anyOf": []object{scalar(), {
		"type": "object", "minProperties": 1, "additionalProperties": false, "properties": bounds,
		"patternProperties": object{`^(from|above) \S`: inside, `^since \d{4}-\d{2}$`: scalar(), `^by \S`: object{"anyOf": []object{byBound, byKey}}},
	}}}
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

func shapeOf(f catalogue.Field) object {
	kind := f.Kind.EN
	switch {
	case f.Key == "each":
		return object{"anyOf": []object{{"enum": plan.Eaches()}, {"type": "string"}}}
	case strings.HasPrefix(kind, "{"):
		return object{"type": "object", "properties": keysOf(f), "additionalProperties": false}
	case strings.HasPrefix(kind, "a list"):
		return ref("list")
	case kind == "a month":
		return object{"type": "string", "pattern": `^\d{4}-\d{2}$`}
	case !f.Range.IsEmpty():
		return object{"enum": strings.Split(f.Range.EN, ", ")}
	case strings.HasPrefix(kind, "text, or {"):
		return ref("text")
	case strings.Contains(kind, "{per "):
		return limit(kind)
	case strings.Contains(kind, "steps"), f.Key == "plus":
		return ref("scale")
	case strings.ContainsAny(kind, ":{;,"), strings.Contains(kind, " or "):
		return object{} // of the company's own making, or of several shapes
	case kind == "rows and the value":
		return object{}
	}
	return ref("scalar")
}

var groupKey = regexp.MustCompile(`(\w+):`)

// keysOf reads the keys of a group from the table's own words: {lasts: …, leaver: …}.
func keysOf(f catalogue.Field) object {
	out := object{}
	for _, m := range groupKey.FindAllStringSubmatch(f.Kind.EN, -1) {
		out[m[1]] = object{}
	}
	return out
}

// partList is the list of parts of a pool or release.
func partList(kind string) object {
	keys := object{}
	for _, key := range rule.PartKeys(kind) {
		keys[key] = object{}
	}
	return object{"type": "array", "minItems": 1, "items": object{"type": "object", "properties": keys, "additionalProperties": false}}
}

// limit is a scale, or one for each span that the table names.
func limit(kind string) object {
	per := object{"per month": ref("scale")}
	for _, span := range []string{"per deal", "per day", "per workday"} {
		if strings.Contains(kind, "{"+span+":") {
			per[span] = ref("scale")
		}
	}
	if per["per workday"] != nil {
		delete(per, "per month")
	} else {
		per["per deal"], per["per day"] = ref("scale"), ref("scale")
	}
	return object{"anyOf": []object{ref("scale"), {"type": "object", "minProperties": 1, "properties": per, "additionalProperties": false}}}
}

func section(s plan.Section, defs object) object {
	switch {
	case s.Key == "targets":
		return object{"type": "object", "additionalProperties": field(s.Fields[0])}
	case s.Key == "scorecards":
		card := fields(s.Fields)
		card["title"] = ref("text")
		card["items"] = object{"type": "object", "additionalProperties": object{"type": "object", "properties": fields(kpi.ItemFields), "additionalProperties": false}}
		return named(card)
	case s.Shape == plan.Named:
		keys := fields(s.Fields)
		for _, key := range []string{"title", "definition"} {
			if keys[key] != nil {
				keys[key] = ref("text")
			}
		}
		return named(keys)
	case s.Key == "earnings":
		return rules(s.Key, commission.Kinds(), commission.Shipped(), defs)
	case s.Key == "deductions":
		return rules(s.Key, penalties.Kinds(), penalties.Shipped(), defs)
	}
	return object{"type": "object", "properties": fields(s.Fields), "additionalProperties": false}
}

func named(keys object) object {
	return object{"type": "object", "additionalProperties": object{"type": "object", "properties": keys, "additionalProperties": false}}
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
	names := slices.Sorted(maps.Keys(of))
	var choices []object
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		var called []string
		for _, name := range names {
			if of[name] == kind {
				called = append(called, name)
			}
		}
		choices = append(choices, object{"if": object{"properties": object{"rule": object{"enum": called}}}, "then": ref(section + "." + kind)})
	}
	defs[section] = object{"type": "object", "required": []string{"rule"}, "properties": object{"rule": object{"enum": names}}, "allOf": choices}
	own := object{}
	for _, name := range names {
		own[name] = object{"if": object{"type": "object", "required": []string{"rule"}}, "then": ref(section), "else": ref(section + "." + of[name])}
	}
	return object{"type": "object", "properties": own, "additionalProperties": ref(section)}
}
