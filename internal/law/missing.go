package law

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"telepay/internal/diag"
	"telepay/internal/lang"
	"telepay/internal/period"
)

// The data files, by name.
const (
	Holidays      = "holidays.yaml"
	MinimumWages  = "minimum_wage.yaml"
	Jurisdictions = "jurisdictions.yaml"
	Insurances    = "insurance.yaml"
	Funds         = "fund.yaml"
	Taxes         = "tax.yaml"
)

// Missing is the problem of figures that are not known for m: what file and
// entry, which months it does know, and how a project adds its own. A figure is
// never taken from a row that has ended. It stops the person, not the run.
func (l *Law) Missing(file, name string, m period.Month) diag.Problem {
	return diag.Problem{
		Code: "law-missing", Reach: diag.Person, Pos: diag.Pos{File: "law/" + file},
		Found: l.known(file, name, m),
		Want:  lang.F("%s 的数据, 带来源", "figures for %s, with their source", m.String()),
		Mend:  lang.F("在项目的 law/%s 里写 %s, 加一行 since %s; 它整条代替自带的数据", "write %[2]s in the project's law/%[1]s with a row since %[3]s; it stands for the whole shipped entry", file, name, m.String()),
	}
}

// known says what there is of an entry: nothing at all, or the months it holds for.
func (l *Law) known(file, name string, m period.Month) lang.Text {
	spans := l.spans(file, name)
	if spans.IsEmpty() {
		return lang.F("没有 %s", "no %s", name)
	}
	return lang.F("%s 只有 %s, 没有 %s", "%s only %s, not %s", name, spans, m.String())
}

func (l *Law) spans(file, name string) lang.Text {
	switch file {
	case MinimumWages:
		return l.minimum[name].amounts.spans()
	case Jurisdictions:
		return l.jurisdictions[name].rows.spans()
	case Insurances:
		return l.insurance[name].spans()
	case Funds:
		return l.fund[name].spans()
	case Taxes:
		return l.tax[name].spans()
	}
	var years []string
	for _, y := range slices.Sorted(maps.Keys(l.years)) {
		years = append(years, strconv.Itoa(y))
	}
	return lang.Same(strings.Join(years, ", "))
}
