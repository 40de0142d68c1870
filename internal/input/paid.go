package input

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"telepay/internal/diag"
	"telepay/internal/input/profile"
	"telepay/internal/input/table"
	"telepay/internal/lang"
	"telepay/internal/money"
)

// Paid is what a company's own payroll table says was paid.
type Paid struct {
	Rows      []PaidRow // in the order of the table; one row a person
	Strangers []PaidRow // ids that the roster does not have
	Net       bool      // the amounts are what is left after insurance and tax
	Taken     lang.Text // which sheet, rows and columns were read
	Pos       diag.Pos  // of the column of amounts
}

// PaidRow is one person's row, with the other columns of money that it has.
type PaidRow struct {
	Agent  string
	Amount money.Decimal
	Parts  []PaidPart
}

// PaidPart is a column of money beside the amount: a component of the pay.
type PaidPart struct {
	Title  string
	Amount money.Decimal
}

// How payroll tables call what is paid before and after insurance and tax, the
// plainest words last.
var (
	grossHeaders = []string{"应发合计", "应发工资", "应发金额", "应发总额", "应付工资", "应发", "税前工资", "税前合计", "grosspay", "payable", "gross", "totalpay"}
	netHeaders   = []string{"实发合计", "实发工资", "实发金额", "实发", "到手工资", "税后工资", "netpay", "takehome", "net"}
	plainHeaders = []string{"工资合计", "合计", "总计", "金额", "工资", "total", "amount", "pay", "paid"}
)

// ReadPaid reads last month's payroll as the company made it: any workbook or
// text, any layout. The column of people is the one whose cells the roster
// knows, ids before names; the column of money is found by its header, else it is
// the one nearest to what telepay computed. Nothing is paid by it.
func ReadPaid(path, shown string, ro *Roster, mine map[string]money.Decimal) (*Paid, []diag.Problem, error) {
	grids, problems, err := readGrids(path, shown)
	if err != nil || len(problems) > 0 {
		return nil, problems, err
	}
	var best *grid
	for _, g := range grids {
		if g.findPeople(ro); best == nil || g.people > best.people {
			best = g
		}
	}
	if best == nil || best.people == 0 {
		return nil, []diag.Problem{{Code: "missing-column", Pos: diag.Pos{File: shown}, Found: lang.T("没有一列是花名册里的工号或姓名", "no column with ids or names of the roster"),
			Want: lang.T("一列工号（或姓名）和一列金额", "a column of ids (or names) and one of amounts"), Mend: lang.T("核对花名册是否是同一批人，或加上工号一列", "see whether the roster has the same people, or add a column of ids")}}, nil
	}
	if !best.findAmounts(mine) {
		return nil, []diag.Problem{{Code: "missing-column", Pos: best.place(best.head, -1), Found: lang.F("列 %s", "the columns %s", strings.Join(best.headers, " | ")),
			Want: lang.T("一列金额，如 应发工资", "a column of amounts, such as gross pay"), Mend: lang.T("给金额一列写上列名 应发 或 实发", "call the column of amounts gross or net")}}, nil
	}
	paid, problems := best.read()
	return paid, problems, nil
}

// grid is one sheet, or a text, as it stands.
type grid struct {
	table   *table.Table
	sheet   string
	rows    []table.Row
	agents  []string // of each row; empty where nobody is meant
	people  int      // rows that name somebody
	id      int      // column that names them
	head    int      // row of the headers, −1 for none
	headers []string // of the columns
	amount  int
	net     bool
}

// maxPaidRows is how many rows of a payroll table are read; companies are smaller.
const maxPaidRows = 100_000

func readGrids(path, shown string) (all []*grid, problems []diag.Problem, err error) {
	for sheets, i := []string{""}, 0; i < len(sheets); i++ {
		t, ps, err := table.Open(path, shown, table.Options{Whole: true, Sheet: sheets[i], Lenient: true})
		if t == nil || err != nil {
			return nil, ps, err
		}
		if i == 0 && len(t.Sheets()) > 0 {
			sheets = t.Sheets()
		}
		g := &grid{table: t, sheet: sheets[i], amount: -1}
		for r, ok := t.Next(); ok && len(g.rows) < maxPaidRows; r, ok = t.Next() {
			g.rows = append(g.rows, r)
		}
		err = t.Err()
		ps = t.Close()
		for _, p := range t.Problems() {
			if p.Reach == diag.Stop {
				ps = append(ps, p)
			}
		}
		if err != nil || len(ps) > 0 {
			return nil, ps, err
		}
		all = append(all, g)
	}
	return all, nil, nil
}

func (g *grid) cell(row, col int) string {
	if col < 0 || col >= len(g.rows[row].Cells) {
		return ""
	}
	return strings.TrimSpace(g.rows[row].Cells[col])
}

func (g *grid) place(row, col int) diag.Pos {
	if row < 0 {
		row = 0
	}
	return g.table.Pos(g.rows[row], col)
}

func (g *grid) width() (w int) {
	for _, r := range g.rows {
		w = max(w, len(r.Cells))
	}
	return w
}

// findPeople takes the column with most cells that are ids of the roster, then
// the one with most of other systems' ids, then that with most names that only one
// person has. A column of running numbers names nobody.
func (g *grid) findPeople(ro *Roster) {
	byID := func(v string) (string, bool) { id := ro.ids[profile.Fold(v)]; return id, id != "" }
	byName := func(v string) (string, bool) { id := ro.named[v]; return id, id != "" }
	for i, who := range []func(string) (string, bool){byID, ro.Known, byName} {
		for col := range g.width() {
			if i > 0 && g.runs(col) {
				continue
			}
			n, agents := 0, make([]string, len(g.rows))
			for row := range g.rows {
				if id, ok := who(profile.Show(g.cell(row, col))); ok && g.cell(row, col) != "" {
					agents[row], n = id, n+1
				}
			}
			if n > g.people {
				g.people, g.id, g.agents = n, col, agents
			}
		}
		if g.people > 0 {
			break
		}
	}
	g.findHeader()
}

// runs tells whether a column numbers its rows: 1, 2, 3.
func (g *grid) runs(col int) bool {
	next := 1
	for row := range g.rows {
		if n, err := strconv.Atoi(g.cell(row, col)); err == nil {
			if n != next {
				return false
			}
			next++
		}
	}
	return next > 1
}

// findHeader takes the row with most words among those above the first person;
// what it leaves empty is filled from the row above, as two-row headers have it.
func (g *grid) findHeader() {
	g.head = -1
	most, width := 0, g.width()
	for row := range g.rows {
		if g.people == 0 || g.agents[row] != "" || row > 50 {
			break
		}
		words := 0
		for col := range width {
			if _, number := looseAmount(g.cell(row, col)); !number && g.cell(row, col) != "" {
				words++
			}
		}
		if words >= most {
			most, g.head = words, row
		}
	}
	g.headers = make([]string, width)
	if g.head >= 0 && g.head+1 < len(g.rows) {
		copy(g.headers, table.TwoRows(g.rows[g.head].Cells, g.rows[g.head+1].Cells))
	}
	for col := range width {
		for row := g.head; row >= max(0, g.head-1) && g.headers[col] == ""; row-- {
			g.headers[col] = g.cell(row, col)
		}
	}
}

// looseAmount reads money as people write it in their own tables: with commas,
// signs of currency, brackets for less. Such a table is only compared with.
func looseAmount(v string) (money.Decimal, bool) {
	plain := strings.Map(func(c rune) rune {
		if strings.ContainsRune(",￥¥元 \u00a0", c) {
			return -1
		}
		return c
	}, norm.NFKC.String(v))
	if inner, ok := strings.CutPrefix(plain, "("); ok && strings.HasSuffix(inner, ")") {
		plain = "-" + strings.TrimSuffix(inner, ")")
	}
	if plain == "-" || plain == "—" || plain == "–" {
		return money.Zero, true
	}
	d, err := money.Parse(strings.TrimPrefix(plain, "+"))
	return d, err == nil
}

// isMoney tells whether a column holds amounts at the people's rows.
func (g *grid) isMoney(col int) bool {
	good, filled := 0, 0
	for row, agent := range g.agents {
		if v := g.cell(row, col); agent != "" && v != "" {
			filled++
			if _, ok := looseAmount(v); ok {
				good++
			}
		}
	}
	return col != g.id && good > 0 && good*10 >= filled*9
}

// findAmounts takes the column of money by its header, gross before net before
// plain words; without one, the column nearest to mine, if it is near.
func (g *grid) findAmounts(mine map[string]money.Decimal) bool {
	for i, words := range [][]string{grossHeaders, netHeaders, plainHeaders} {
		for _, w := range words {
			for col := range g.headers {
				if headerWord(g.headers[col]) == w && g.isMoney(col) {
					g.amount, g.net = col, i == 1
					return true
				}
			}
		}
	}
	var nearest money.Decimal
	for col := range g.headers {
		if !g.isMoney(col) {
			continue
		}
		if off := g.off(col, mine); g.amount < 0 || off.Cmp(nearest) < 0 {
			g.amount, nearest = col, off
		}
	}
	var all money.Decimal
	for _, v := range mine {
		all = all.Add(v.Abs())
	}
	return g.amount >= 0 && nearest.Add(nearest).Cmp(all) < 0
}

func (g *grid) off(col int, mine map[string]money.Decimal) (sum money.Decimal) {
	for row, agent := range g.agents {
		if agent != "" {
			v, _ := looseAmount(g.cell(row, col))
			sum = sum.Add(v.Sub(mine[agent]).Abs())
		}
	}
	return sum
}

var bracketed = regexp.MustCompile(`\([^)]*\)$`)

// headerWord is a header without blanks, case and what stands in brackets behind it: 应发工资(元).
func headerWord(h string) string {
	return strings.Map(func(c rune) rune {
		if strings.ContainsRune(" _-\t\n\r", c) {
			return -1
		}
		return c
	}, bracketed.ReplaceAllString(profile.Fold(h), ""))
}

var totals = regexp.MustCompile(`(?i)合\s*计|总\s*计|小\s*计|total`)

// read gathers the rows; of a person with several they are added up.
func (g *grid) read() (*Paid, []diag.Problem) {
	p := &Paid{Net: g.net, Pos: g.place(g.head, g.amount)}
	var list diag.List
	at := map[string]int{}
	for row, agent := range g.agents {
		if row <= g.head {
			continue
		}
		v := g.cell(row, g.amount)
		amount, ok := looseAmount(v)
		switch {
		case agent == "" && (v == "" || !ok || g.cell(row, g.id) == "" || totals.MatchString(strings.Join(g.rows[row].Cells, " "))):
			continue
		case agent == "":
			p.Strangers = append(p.Strangers, PaidRow{Agent: g.cell(row, g.id), Amount: amount})
			continue
		case v != "" && !ok:
			list.Add(diag.Problem{Code: "bad-amount", Reach: diag.Row, Pos: g.place(row, g.amount), Found: lang.F("金额 %s", "the amount %s", diag.Quote(v)), Want: lang.T("1200.50 这样的数字", "a number such as 1200.50"), Mend: lang.T("改成数字", "write a number")})
			continue
		}
		i, again := at[agent]
		if !again {
			i = len(p.Rows)
			at[agent] = i
			p.Rows = append(p.Rows, PaidRow{Agent: agent})
		}
		p.Rows[i].add(amount, g.parts(row))
	}
	sheet := lang.Text{}
	if g.sheet != "" {
		sheet = lang.F("表“%s”", " in the sheet %q", g.sheet)
	}
	p.Taken = lang.F("%[1]s按列“%[2]s”找人，金额取列“%[3]s”，%[4]d 人", "people by the column %[2]q, amounts from the column %[3]q%[1]s; people: %[4]d", sheet, g.title(g.id), g.title(g.amount), len(p.Rows))
	return p, list.Sorted()
}

func (g *grid) title(col int) string {
	if h := g.headers[col]; h != "" {
		return h
	}
	return string(rune('A' + col%26))
}

// parts are the other amounts of a row.
func (g *grid) parts(row int) (all []PaidPart) {
	for col, h := range g.headers {
		if col == g.amount || h == "" || !g.isPart(col) {
			continue
		}
		if v, ok := looseAmount(g.cell(row, col)); ok && !v.IsZero() {
			all = append(all, PaidPart{h, v})
		}
	}
	return all
}

// isPart tells whether a column may be a component: money, and no other total.
func (g *grid) isPart(col int) bool {
	word := headerWord(g.headers[col])
	for _, words := range [][]string{grossHeaders, netHeaders, plainHeaders} {
		for _, w := range words {
			if w == word {
				return false
			}
		}
	}
	return g.isMoney(col) && !g.runs(col)
}

func (r *PaidRow) add(amount money.Decimal, parts []PaidPart) {
	r.Amount = r.Amount.Add(amount)
	for _, p := range parts {
		known := false
		for i := range r.Parts {
			if r.Parts[i].Title == p.Title {
				r.Parts[i].Amount, known = r.Parts[i].Amount.Add(p.Amount), true
			}
		}
		if !known {
			r.Parts = append(r.Parts, p)
		}
	}
}
