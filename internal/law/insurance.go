package law

import (
	"slices"

	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/yamldoc"
)

// Rounding is how an amount is brought to fen, jiao or yuan.
type Rounding struct {
	Word  string
	Title lang.Text
	sees  int // places that are looked at; what lies behind them is cut first. −1: all
	to    int
	mode  money.Mode
}

// Roundings are the ways in use, the usual one first. 见分进角 looks at fen: 12.31
// becomes 12.40, 12.301 becomes 12.30.
// Source: settings of payroll products in use, and notices of cities.
var Roundings = []Rounding{
	{"fen", lang.T("四舍五入到分", "half up to fen"), -1, 2, money.HalfUp},
	{"jiao", lang.T("四舍五入到角", "half up to jiao"), -1, 1, money.HalfUp},
	{"yuan", lang.T("四舍五入到元", "half up to yuan"), -1, 0, money.HalfUp},
	{"li_up", lang.T("见厘进分", "any li up to the next fen"), 3, 2, money.Up},
	{"fen_up", lang.T("见分进角", "any fen up to the next jiao"), 2, 1, money.Up},
	{"jiao_up", lang.T("见角进元", "any jiao up to the next yuan"), 1, 0, money.Up},
	{"yuan_up", lang.T("进位到元", "up to the next yuan"), -1, 0, money.Up},
	{"fen_down", lang.T("舍去厘", "down to fen"), -1, 2, money.Down},
	{"jiao_down", lang.T("舍去分", "down to jiao"), -1, 1, money.Down},
	{"yuan_down", lang.T("舍去角", "down to yuan"), -1, 0, money.Down},
}

// Round rounds v.
func (r Rounding) Round(v money.Ratio) money.Decimal {
	if r.sees >= 0 {
		v = money.Of(v.Round(r.sees, money.Down))
	}
	return v.Round(r.to, r.mode)
}

// Bounds are the least and the most that a base may be; Most 0 is not known.
type Bounds struct{ Least, Most money.Decimal }

// Clip brings d into the bounds.
func (b Bounds) Clip(d money.Decimal) money.Decimal {
	if !b.Most.IsZero() {
		d = money.Min(d, b.Most)
	}
	return money.Max(d, b.Least)
}

// Has tells whether d lies in the bounds, both ends in.
func (b Bounds) Has(d money.Decimal) bool { return b.Clip(d).Equal(d) }

// Item is one insurance: each side's share of the base.
type Item struct {
	Name     string // pension, medical, maternity, unemployment, injury, or a name of the project's own
	Title    lang.Text
	Employee money.Ratio
	Plus     money.Decimal // flat amount of the employee beside his share
	Employer money.Ratio
	Local    money.Ratio // further share of the employer for local registered residents
	Bounds   Bounds
	Rounding Rounding
}

// Insurance is a city's social insurance in a month.
type Insurance struct {
	City   string
	Bounds Bounds // of the declared base
	Items  []Item
	Origin
}

// Fund is a city's housing fund in a month.
type Fund struct {
	City          string
	Bounds        Bounds
	Rate          Range
	Supplementary *Range // nil where a city has none
	Rounding      Rounding
	Origin
}

// Range is the shares that a company may choose from.
type Range struct{ Least, Most money.Ratio }

// Has tells whether v lies in the range, both ends in.
func (r Range) Has(v money.Ratio) bool { return v.Cmp(r.Least) >= 0 && v.Cmp(r.Most) <= 0 }

var itemTitles = map[string]lang.Text{
	"pension":      lang.T("养老保险", "Pension insurance"),
	"medical":      lang.T("医疗保险", "Medical insurance"),
	"maternity":    lang.T("生育保险", "Maternity insurance"),
	"unemployment": lang.T("失业保险", "Unemployment insurance"),
	"injury":       lang.T("工伤保险", "Work-injury insurance"),
}

func (l *Law) readInsurance(r reader, root *yamldoc.Node) {
	for _, e := range root.Entries {
		l.insurance[e.Key.Text] = rows(r, e.Value, func(n *yamldoc.Node) Insurance { return r.insurance(e.Key.Text, n) })
	}
}

func (r reader) insurance(city string, n *yamldoc.Node) Insurance {
	r.Known(n, "until", "base", "items", "source", "confidence")
	r.need(n, "base", "items", "source")
	in := Insurance{City: city, Bounds: r.bounds(n.Get("base")), Origin: r.origin(n)}
	if items := n.Get("items"); items != nil {
		for _, e := range items.Entries {
			in.Items = append(in.Items, r.item(e, in.Bounds))
		}
	}
	return in
}

func (r reader) item(e yamldoc.Entry, bounds Bounds) Item {
	n := e.Value
	r.Known(n, "title", "employee", "plus", "employer", "local", "base", "rounding")
	it := Item{
		Name: e.Key.Text, Title: itemTitles[e.Key.Text], Employee: r.share(n.Get("employee")), Plus: r.amount(n.Get("plus")),
		Employer: r.share(n.Get("employer")), Local: r.share(n.Get("local")), Bounds: bounds, Rounding: r.rounding(n.Get("rounding")),
	}
	if t := n.Get("title"); t != nil {
		it.Title = r.Text(t)
	}
	if it.Title.IsEmpty() {
		it.Title = lang.Same(it.Name)
	}
	if b := n.Get("base"); b != nil {
		it.Bounds = r.bounds(b)
	}
	return it
}

func (r reader) bounds(n *yamldoc.Node) Bounds {
	r.Known(n, "least", "most")
	return Bounds{r.amount(n.Get("least")), r.amount(n.Get("most"))}
}

func (r reader) rounding(n *yamldoc.Node) Rounding {
	if n == nil {
		return Roundings[0]
	}
	var words []string
	for _, x := range Roundings {
		words = append(words, x.Word)
	}
	if i := slices.Index(words, r.OneOf(n, words...)); i >= 0 {
		return Roundings[i]
	}
	return Roundings[0]
}

func (l *Law) readFund(r reader, root *yamldoc.Node) {
	for _, e := range root.Entries {
		l.fund[e.Key.Text] = rows(r, e.Value, func(n *yamldoc.Node) Fund { return r.fund(e.Key.Text, n) })
	}
}

func (r reader) fund(city string, n *yamldoc.Node) Fund {
	r.Known(n, "until", "base", "rate", "supplementary", "rounding", "source", "confidence")
	r.need(n, "base", "rate", "source")
	f := Fund{City: city, Bounds: r.bounds(n.Get("base")), Rate: r.choice(n.Get("rate")), Rounding: r.rounding(n.Get("rounding")), Origin: r.origin(n)}
	if n.Get("rounding") == nil {
		f.Rounding = Roundings[2] // national practice: to the yuan
	}
	if s := n.Get("supplementary"); s != nil {
		c := r.choice(s)
		f.Supplementary = &c
	}
	return f
}

func (r reader) choice(n *yamldoc.Node) Range {
	r.Known(n, "least", "most")
	return Range{r.share(n.Get("least")), r.share(n.Get("most"))}
}

// Insurance returns a city's social insurance in m; false where none is known for m.
func (l *Law) Insurance(city string, m period.Month) (Insurance, bool) {
	return l.insurance[city].at(m)
}

// Fund returns a city's housing fund in m; false where none is known for m.
func (l *Law) Fund(city string, m period.Month) (Fund, bool) { return l.fund[city].at(m) }
