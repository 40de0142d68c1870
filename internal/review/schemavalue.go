package review

import (
	"slices"
	"strings"

	"telepay/internal/catalogue"
	"telepay/internal/crediting"
	"telepay/internal/plan"
	"telepay/internal/rule"
	"telepay/kpi"
)

// What is written at a key: literals by their pattern, groups by their keys, values
// that depend by the words from, above, by, since.

func scalar() object { return object{"type": []string{"string", "number", "boolean"}} }

func ref(name string) object { return object{"$ref": "#/definitions/" + name} }

func either(choices ...object) object { return object{"anyOf": choices} }

func oneOf(words ...string) object { return object{"enum": words} }

func like(pattern string) object { return object{"type": "string", "pattern": pattern} }

func whole(from, to int) object {
	return object{"type": "integer", "minimum": from, "maximum": to}
}

// group is a group of keys; those that must be there follow.
func group(keys object, required ...string) object {
	g := object{"type": "object", "properties": keys, "additionalProperties": false}
	if len(required) > 0 {
		g["required"] = required
	}
	return g
}

// each is a group of the company's own keys.
func each(value object) object {
	return object{"type": "object", "minProperties": 1, "additionalProperties": value}
}

// list is a list, or one word in the place of a list of one.
func list(item object) object {
	return either(item, object{"type": "array", "items": item})
}

const (
	monthText   = `\d{4}-(0[1-9]|1[0-2])`
	hoursText   = `^\d\d:\d\d-\d\d:\d\d$`
	shareText   = `^(\d+(\.\d+)?%|\d+(\.\d+)? ?/ ?\d+(\.\d+)?)$`
	lengthText  = `^\d{1,4}(d| days?| months?)$`
	bareNumber  = `^-?[0-9.]+(千|万|亿|元|万元)?$`
	percentText = `^-?[0-9.]+ ?[%‰]$`
	timeText    = `^-?[0-9.]+ ?(s|秒|min|分钟|h|小时)$`
	byZero      = `/\s*0*(\.0*)?[%‰]?\s*($|[-+*/),<>=])`
	andWithOr   = `^[^()'"]* and [^()'"]* or |^[^()'"]* or [^()'"]* and `
	boundText   = `^(from|above) +-?[0-9.]+(千|万|亿|元|万元|%|‰|s|秒|min|分钟|h|小时)?( ?/ ?[0-9.]+)?$`
)

var (
	condition = object{"type": "string", "not": object{"pattern": byZero + `|` + andWithOr}}
	percent   = like(`[%‰]`)                                                           // 30%, or 100% / 3
	unitless  = either(object{"type": "number"}, like(`^[-+*/(). 0-9千万亿]*[0-9千万亿)]$`)) // 500, 1.5万
	duration  = like(`[0-9.](s|秒|min|分钟|h|小时)`)
	hours     = like(hoursText)
	lasting   = like(lengthText)
	months    = like(`^\d{1,3} months?$`)
	portion   = like(shareText)
	orRest    = either(portion, oneOf("rest"))
	days      = either(whole(0, 9999), like(`^\d{1,4}d?$`))
)

// formulaBut is a number or formula that is not written in some ways.
func formulaBut(types []string, patterns ...string) object {
	return object{"type": types, "not": object{"type": "string", "pattern": strings.Join(append(patterns, byZero), "|")}}
}

var stringOrNumber = []string{"string", "number"}

// dependents are the values that depend, by what they yield.
func dependents() object {
	money := formulaBut(stringOrNumber, percentText, timeText)
	return object{
		"rate":       scaleOf("rate", formulaBut([]string{"string"}, bareNumber), true, true),
		"unit":       scaleOf("unit", money, true, true),
		"amount":     scaleOf("amount", money, false, false),
		"factor":     scaleOf("factor", formulaBut(stringOrNumber, timeText), false, false),
		"cardFactor": scaleOf("cardFactor", formulaBut(stringOrNumber, timeText), true, false),
		"points":     scaleOf("points", formulaBut(stringOrNumber, timeText), true, false),
		"grade":      scaleOf("grade", scalar(), true, false),
		"target":     scaleOf("target", formulaBut(stringOrNumber), false, false),
		"ratePoints": scaleOf("ratePoints", formulaBut(stringOrNumber), true, true),
	}
}

// scaleOf is a value that depends: on the months since, on keys and measures by, and
// where bounds have something to be bounds of, on those. Slices may be cut of what
// is rated, and then mode has to be written.
func scaleOf(name string, leaf object, bounds, slices bool) object {
	modes := []string{"whole", "interpolated", "全额", "插值"}
	if slices {
		modes = append(modes, "marginal", "超额")
	}
	self := ref(name)
	steps := func(required ...string) object {
		s := group(object{"mode": either(oneOf(modes...), object{"type": "object", "patternProperties": object{boundText: oneOf(modes...)}, "additionalProperties": false})}, required...)
		s["patternProperties"] = object{boundText: self}
		s["minProperties"] = 1
		s["if"] = object{"required": []string{"mode"}, "properties": object{"mode": oneOf("marginal", "超额")}}
		s["then"] = object{"propertyNames": object{"not": object{"pattern": "^(from|above) +-"}}}
		return s
	}
	columns := object{"type": "array", "minItems": 1, "items": scalar()}
	grid := object{"type": "object", "minProperties": 2, "anyOf": []object{{"required": []string{"from"}}, {"required": []string{"above"}}},
		"properties": object{"from": columns, "above": columns}, "patternProperties": object{boundText: object{"type": "array", "minItems": 1, "items": leaf}}, "additionalProperties": false}
	keys := each(self)
	keys["patternProperties"] = object{`^(from|above)( |$)`: false}
	attained := object{"propertyNames": object{"not": object{"pattern": `^(from|above) +[0-9.]+$`}}} // 80% of a target, never 80
	by := object{"type": "object", "maxProperties": 1, "minProperties": 1, "additionalProperties": false,
		"patternProperties": object{`^by +\S`: either(steps(), grid, keys), `^by +([a-z0-9_]+\.)*attainment\.[^\s,]+$`: attained}}
	since := object{"type": "object", "minProperties": 1, "patternProperties": object{"^since +" + monthText + "$": leaf}, "additionalProperties": false}
	choices := []object{leaf, by, since}
	switch {
	case slices:
		choices = append(choices, steps("mode"))
	case bounds:
		choices = append(choices, steps())
	}
	return either(choices...)
}

// limit is an amount, or one for each of the spans.
func limit(spans ...string) object {
	per := object{}
	for _, span := range spans {
		per[span] = ref("amount")
	}
	return either(ref("amount"), object{"type": "object", "minProperties": 1, "properties": per, "additionalProperties": false})
}

// recovered is {instalments: 3, at_most: 20% * month_wage, wins: at_most}: of both,
// one has to win.
func recovered() object {
	g := group(object{"instalments": whole(1, 120), "at_most": ref("amount"), "wins": oneOf("instalments", "at_most"), "for": condition, "leaver": oneOf("write_off")})
	g["minProperties"] = 1
	g["anyOf"] = []object{{"required": []string{"wins"}}, {"not": object{"required": []string{"instalments", "at_most"}}}}
	return g
}

// partList is the list of parts of a pool or release.
func partList(kind string) object {
	of := object{"share": orRest, "for": condition, "when": condition, "where": condition, "pro_rata": ref("target"), "after": list(object{"type": "string"})}
	keys := object{}
	for _, key := range rule.PartKeys(kind) {
		keys[key] = of[key]
	}
	return object{"type": "array", "minItems": 1, "items": group(keys, "share")}
}

// groups are the keys that hold a group of keys of their own.
var groups = map[string]object{
	"approval": group(object{"discussed": scalar(), "announced": scalar(), "signed": scalar(), "filed": scalar(), "review_by": like(`^` + monthText + `-\d\d$`)}),
	"match": {"type": "object", "properties": object{"calls": scalar(), "deals": scalar(), "numbers": scalar(), "list": scalar(), "within": days, "before": days, "where": condition},
		"additionalProperties": false, "anyOf": []object{{"required": []string{"calls"}}, {"required": []string{"deals"}}, {"required": []string{"numbers", "list"}}}},
	"referral":     group(object{"lasts": lasting, "leaver": oneOf("seller", "house")}),
	"dispute":      group(object{"same": object{"type": "array", "items": oneOf("lead", "phone", "company")}, "within": lasting}),
	"recover":      recovered(),
	"registration": group(object{"lasts": lasting, "renewed_by": condition, "deposit": lasting}),
}

// byKey are the shapes of keys whose table says less than the reader asks for.
var byKey = map[string]object{
	"each":      either(oneOf(plan.Eaches()...), object{"type": "string"}),
	"owner":     {"type": "array", "items": oneOf(crediting.Owners...), "contains": oneOf("seller")},
	"net_of":    list(oneOf("fee", "tax")),
	"having":    like(`^nth > \d{1,4}$`),
	"count":     oneOf(kpi.Sources()...),
	"exception": oneOf("yes"),
	"tax":       oneOf("yes"),
	"pay":       like(`^\+\d{1,2} months?( on (0?[1-9]|[12]\d|3[01]))?$`),
	"lasts":     months,
	"expires":   months,
	"share":     portion,
	"grade":     ref("grade"),
	"factor":    ref("cardFactor"),
	"times":     ref("factor"),
	"score":     ref("points"),
	"amount":    ref("amount"),
	"per_unit":  ref("unit"),
	"plus":      ref("ratePoints"),
	"prizes":    {"type": "array", "minItems": 1, "items": unitless},
	"class":     oneOf("absence", "not_earned", "loss", "discipline"), // recovery is what crediting does
	"leaver":    either(portion, oneOf("keep", "forfeit")),
	"insurance": either(oneOf("yes"), group(object{"injury": either(percent, each(percent))})),
	"fund":      either(percent, fundOfCity, each(either(percent, fundOfCity))),
	"shift":     either(hours, object{"type": "object", "required": []string{"any"}, "additionalProperties": hours}),
	"leave":     each(either(percent, oneOf("law"))),
	"shares":    each(orRest),
	"overlay":   each(portion),
	"ladder":    group(object{"warning": whole(1, 100), "demerit": whole(1, 100), "major_demerit": whole(1, 100), "demotion": whole(1, 100), "dismissal": whole(1, 100)}),
	"of":        either(object{"type": []string{"number"}}, list(condition)),
	"by":        condition,
}

var fundOfCity = group(object{"rate": percent, "supplementary": percent}, "rate")

// byKind are the shapes that the table's own words for what stands at a key tell.
var byKind = map[string]object{
	"a month":                 like("^" + monthText + "$"),
	"a condition":             condition,
	"a formula":               formulaBut(stringOrNumber),
	"a time":                  duration,
	"a span of the day":       hours,
	"a percentage":            percent,
	"a score":                 unitless,
	"a percentage or steps":   ref("rate"),
	"day, or [FIELD, day]":    either(oneOf("day"), object{"type": "array", "minItems": 2, "items": object{"type": "string"}}),
	"rows and the value":      {},
	"text, or {zh: …, en: …}": ref("text"),
	"a value, steps, or {per workday: value}": either(ref("target"), object{"type": "object", "minProperties": 1, "properties": object{"per workday": ref("target")}, "additionalProperties": false}),
	"money; or {per deal: …}":                 limit("per deal", "per day", "per month"),
	"money; or {per deal: …}, {per day: …}":   limit("per deal", "per day", "per month"),
}

// shapeOf is the shape of what a table has at a key.
func shapeOf(f catalogue.Field) object {
	if s, ok := byKey[f.Key]; ok && (f.Range.IsEmpty() || slices.Contains([]string{"each", "owner", "net_of", "class"}, f.Key)) {
		return s
	}
	kind := f.Kind.EN
	switch {
	case groups[f.Key] != nil:
		return groups[f.Key]
	case byKind[kind] != nil:
		return byKind[kind]
	case !f.Range.IsEmpty():
		return oneOf(strings.Split(f.Range.EN, ", ")...)
	case strings.HasPrefix(kind, "a list"):
		return list(scalar())
	}
	return scalar()
}
