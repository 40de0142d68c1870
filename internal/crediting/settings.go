// Package crediting says whose money is whose. Deals, payments, disputes and
// decisions come in; credits, with owner, share, day and reason, go out, and
// reversals of credits of earlier months. Signs are handled here, once. It knows
// no rates and pays nothing.
package crediting

import (
	"fmt"
	"regexp"
	"strconv"

	"telepay/internal/catalogue"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/yamldoc"
)

// Settings is the plan's section crediting.
type Settings struct {
	Basis      string // collected, signed
	Dated      string // paid, cleared
	Owner      []string
	Referral   Lasts
	Leaver     string // seller, house: who gets a referral whose owner has left
	Same       []string
	Within     int // days between a deal and its dispute
	Void       []string
	OverValue  string   // report, credit
	Reversals  string   // original, rerate, current
	Late       string   // current, restate
	NetOf      []string // fee, tax
	Shares     []Role   // how a deal is split over the people that its columns name
	Overlay    []Role   // extra credit beside, in no team's sums
	House      []string // names of the agent column that mean nobody
	Registered Lasts    // how long a lead's registration protects; zero: not at all
	RenewedBy  string   // the calls that begin a protection anew, a condition; empty: none
	Deposit    Lasts    // and once money has come in
	Node       *yamldoc.Node
}

// Role is a column of deals that names a person, with his part.
type Role struct {
	Column string
	Part   money.Ratio
	Rest   bool
}

// Columns returns the columns of deals that the settings name beside telepay's own.
func (s Settings) Columns() []string {
	var out []string
	for _, role := range append(append([]Role(nil), s.Shares...), s.Overlay...) {
		if role.Column != "agent" {
			out = append(out, role.Column)
		}
	}
	return out
}

// Lasts is a length of time: months or days.
type Lasts struct{ Months, Days int }

// String writes the length as plans do: 12 months, 180d.
func (l Lasts) String() string {
	if l.Days > 0 {
		return fmt.Sprintf("%dd", l.Days)
	}
	return fmt.Sprintf("%d months", l.Months)
}

// Text says the length: 12 个月, 180 天.
func (l Lasts) Text() lang.Text {
	if l.Days > 0 {
		return lang.F("%s 天", "%s", lang.Count(l.Days, "day", "days"))
	}
	return lang.F("%s 个月", "%s", lang.Count(l.Months, "month", "months"))
}

// Owners are the ways a credit finds its owner, as the plan may order them.
var Owners = []string{"ruling", "split", "registration", "referral", "relation", "seller"}

// Fields is the table of the section's keys.
var Fields = []catalogue.Field{
	{Key: "basis", Name: lang.T("基础", "basis"), Kind: lang.T("一个词", "a word"), Range: lang.Same("collected, signed, margin"), Default: lang.Same("collected"), Help: lang.T("业绩按回款、按签约, 还是按回款里的毛利 (合同额减成本, 按回款比例)", "whether money counts when collected, when signed, or as the margin in what was collected (value less cost, in the proportion collected)"), Example: "basis: collected"},
	{Key: "dated", Name: lang.T("日期", "dated"), Kind: lang.T("一个词", "a word"), Range: lang.Same("paid, cleared"), Default: lang.Same("paid"), Help: lang.T("回款按到账日还是清算日归月", "the day that puts a payment into a month"), Example: "dated: paid"},
	{Key: "owner", Name: lang.T("归属", "owner"), Kind: lang.T("列表, 先到先得", "a list, first that fits wins"), Range: lang.Same("ruling, split, registration, referral, relation, seller"), Default: lang.Same("[ruling, split, registration, referral, relation, seller]"), Help: lang.T("业绩归谁: 裁定、分单、报备、老客户介绍、亲友、签单人", "whose the credit is: ruling, split, registration, referral by an old customer, relation, seller"), Example: "owner: [ruling, split, referral, relation, seller]"},
	{Key: "referral", Name: lang.T("转介绍", "referral"), Kind: lang.T("{lasts: 12 months, leaver: seller}", "{lasts: 12 months, leaver: seller}"), Default: lang.Same("{lasts: 12 months, leaver: seller}"), Help: lang.T("老客户介绍的新客户归原业务员: 多久有效, 业务员离职后归谁", "a new customer brought by an old one belongs to the old one's owner: how long, and who gets it when that owner has left"), Example: "referral: {lasts: 12 months, leaver: seller}"},
	{Key: "dispute", Name: lang.T("撞单", "dispute"), Kind: lang.T("{same: [lead, phone, company], within: 30d}", "{same: [lead, phone, company], within: 30d}"), Default: lang.Same("{same: [lead, phone, company], within: 30d}"), Help: lang.T("哪些成交算在撞单里: 同一线索、电话或公司, 多少天内", "which deals a dispute holds: same lead, phone or company, within so many days"), Example: "dispute: {same: [lead, phone, company], within: 30d}"},
	{Key: "void", Name: lang.T("作废", "void"), Kind: lang.T("事件种类列表", "a list of kinds of event"), Default: lang.Same("[poaching, upheld_complaint, private_dealing]"), Help: lang.T("哪些事件使该单业绩作废", "events that void the credit of their deal"), Example: "void: [poaching]"},
	{Key: "over_value", Name: lang.T("超额回款", "over value"), Kind: lang.T("一个词", "a word"), Range: lang.Same("report, credit"), Default: lang.Same("report"), Help: lang.T("回款超过合同额的部分: 只报告, 或也计入", "money above the deal's value: only reported, or credited too"), Example: "over_value: report"},
	{Key: "reversals", Name: lang.T("冲回", "reversals"), Kind: lang.T("一个词", "a word"), Range: lang.Same("original, rerate, current"), Default: lang.Same("original"), Help: lang.T("以前月份的退款: 按当时所得冲回, 把那个月重算一遍发差额, 或计入当月的负业绩", "refunds of earlier months: take back what was earned then, compute that month again and post the difference, or a negative credit now"), Example: "reversals: original"},
	{Key: "recover", Name: lang.T("追回", "recover"), Kind: lang.Same("{instalments: 3, at_most: 20% * month_wage, wins: at_most}"), Default: lang.T("一次扣回", "all at once"), Help: lang.T("退款冲回分几期、每月最多扣多少", "over how many months a reversal is taken back, and at most how much a month"), Example: "recover: {instalments: 3, at_most: 20% * month_wage, wins: at_most}"},
	{Key: "late", Name: lang.T("迟到的行", "late rows"), Kind: lang.T("一个词", "a word"), Range: lang.Same("current, restate"), Default: lang.Same("current"), Help: lang.T("以前月份的成交、回款到现在才来: 计入本月, 或把那个月重算一遍发差额", "deals and payments of earlier months that come only now: counted in this month, or that month computed again and the difference posted"), Example: "late: restate"},
	{Key: "net_of", Name: lang.T("扣除", "net of"), Kind: lang.T("列表", "a list"), Range: lang.Same("fee, tax"), Default: lang.T("不扣", "nothing"), Help: lang.T("回款先扣手续费、税再计业绩", "payments count less their fee or tax"), Example: "net_of: [fee, tax]"},
	{Key: "shares", Name: lang.T("角色分成", "shares"), Kind: lang.T("成交表的栏目: 份额", "column of deals: share"), Default: lang.T("不分", "none"), Help: lang.T("成交表的这些栏目各写一个工号, 按份额分; 空的一份归签单人; 单上自己写了分成的按单上的", "each of these columns of deals names a person, who gets his share; the share of an empty one goes to the seller; shares on the deal itself win"), Example: "shares: {telesales: 60%, closer: rest}"},
	{Key: "overlay", Name: lang.T("另计", "overlay"), Kind: lang.T("成交表的栏目: 份额", "column of deals: share"), Default: lang.T("没有", "none"), Help: lang.T("这些栏目里的人另外再计一份, 不占别人的, 也不进团队合计", "who is named there is credited beside the owners: nothing is taken from them, and no team's sum has it"), Example: "overlay: {key_account: 100%}"},
	{Key: "house", Name: lang.T("公司单", "house"), Kind: lang.T("列表", "a list"), Default: lang.T("没有", "none"), Help: lang.T("工号栏里的这些名字表示公司, 不计给任何人", "names in the agent column that mean the company: credited to nobody"), Example: "house: [公司, HOUSE]"},
	{Key: "registration", Name: lang.T("报备", "registration"), Kind: lang.Same("{lasts: 30d, renewed_by: talk >= 60s, deposit: 90d}"), Default: lang.T("不看报备", "not looked at"), Help: lang.T("线索表里登记的人在保护期内拥有这个客户; 他同这个客户的每次守约回访、每次满足 renewed_by 的通话都重新起算; 收到钱以后按 deposit", "whoever the leads export gives a lead owns its customer while it is protected; every follow-up that he kept, and every call of his with that customer that meets renewed_by, begins it anew; once money has come in, deposit holds"), Example: "registration: {lasts: 30d, renewed_by: talk >= 60s}"},
}

// Read reads the section; n may be nil.
func Read(r *yamldoc.Reader, n *yamldoc.Node) Settings {
	s := Settings{Basis: "collected", Dated: "paid", Owner: Owners, Referral: Lasts{Months: 12}, Leaver: "seller",
		Same: []string{"lead", "phone", "company"}, Within: 30, Void: []string{"poaching", "upheld_complaint", "private_dealing"},
		OverValue: "report", Reversals: "original", Late: "current", Node: n}
	if n == nil {
		return s
	}
	catalogue.Check(r, n, Fields)
	word := func(key string, into *string, words ...string) {
		if v := n.Get(key); v != nil {
			*into = r.OneOf(v, words...)
		}
	}
	word("basis", &s.Basis, "collected", "signed", "margin")
	word("late", &s.Late, "current", "restate")
	word("dated", &s.Dated, "paid", "cleared")
	word("over_value", &s.OverValue, "report", "credit")
	word("reversals", &s.Reversals, "original", "rerate", "current")
	if v := n.Get("owner"); v != nil {
		s.Owner = owners(r, v)
	}
	if v := n.Get("void"); v != nil {
		s.Void = r.Words(v)
	}
	for _, w := range r.Words(n.Get("net_of")) {
		if w != "fee" && w != "tax" {
			r.Bad(n.Get("net_of"), "unknown-word", lang.F("%s: %s", "%s: %s", n.Get("net_of").Path, w), lang.Same("fee, tax"), lang.Text{})
		}
		s.NetOf = append(s.NetOf, w)
	}
	s.House = r.Words(n.Get("house"))
	s.Shares, s.Overlay = roles(r, n.Get("shares"), true), roles(r, n.Get("overlay"), false)
	if v := n.Get("registration"); v != nil {
		r.Known(v, "lasts", "renewed_by", "deposit")
		s.Registered = lasts(r, v.Get("lasts"), Lasts{Days: 7})
		s.Deposit = lasts(r, v.Get("deposit"), s.Registered)
		s.RenewedBy = r.Word(v.Get("renewed_by"))
	}
	if v := n.Get("referral"); v != nil {
		r.Known(v, "lasts", "leaver")
		s.Referral = lasts(r, v.Get("lasts"), s.Referral)
		if l := v.Get("leaver"); l != nil {
			s.Leaver = r.OneOf(l, "seller", "house")
		}
	}
	if v := n.Get("dispute"); v != nil {
		r.Known(v, "same", "within")
		s.dispute(r, v)
	}
	return s
}

// roles reads columns with their parts; those of shares total exactly the whole.
func roles(r *yamldoc.Reader, n *yamldoc.Node, whole bool) []Role {
	if n == nil {
		return nil
	}
	if n.Kind != yamldoc.Map {
		r.WantShape(n, lang.T("栏目: 份额", "column: share"))
		return nil
	}
	var out []Role
	left, rest := money.One, -1
	for i, e := range n.Entries {
		role := Role{Column: e.Key.Text}
		if word := r.Word(e.Value); word == "rest" && whole && rest < 0 {
			role.Rest, rest = true, i
		} else if v, ok := money.ParseShare(word); ok {
			role.Part, left = v, left.Sub(v)
		} else {
			r.Bad(e.Value, "rate-unit", lang.F("%s: %s", "%s: %s", e.Value.Path, e.Value.Text), lang.T("百分比、分数或 rest", "a percentage, a fraction or rest"), lang.Text{})
		}
		out = append(out, role)
	}
	if rest >= 0 {
		out[rest].Part = left
	}
	if whole && (left.Sign() < 0 || rest < 0 && !left.IsZero()) {
		r.Bad(n, "shares", lang.F("%s 合计 %s", "%s that add up to %s", n.Path, percent(money.One.Sub(left))), lang.T("合计恰好 100%", "the whole, exactly"), lang.T("用 1/3 这样的分数, 或把最后一个写成 rest", "use fractions such as 1/3, or rest for the last"))
	}
	return out
}

func owners(r *yamldoc.Reader, n *yamldoc.Node) []string {
	if n.Kind != yamldoc.List {
		r.WantShape(n, lang.T("一个列表, 如 [ruling, split, referral, seller]", "a list such as [ruling, split, referral, seller]"))
		return nil
	}
	var out []string
	for _, item := range n.Items {
		if w := r.OneOf(item, Owners...); w != "" {
			out = append(out, w)
		}
	}
	if len(out) == 0 || out[len(out)-1] != "seller" {
		r.Bad(n, "owner-last", lang.F("%s 没有以 seller 结尾", "%s does not end with seller", n.Path), lang.T("最后一个是 seller, 使每单都有归属", "seller at the end, so that every deal has an owner"), lang.T("在末尾加 seller", "add seller at the end"))
	}
	return out
}

func (s *Settings) dispute(r *yamldoc.Reader, v *yamldoc.Node) {
	if same := v.Get("same"); same != nil {
		s.Same = nil
		for _, item := range same.Items {
			s.Same = append(s.Same, r.OneOf(item, "lead", "phone", "company"))
		}
	}
	if w := v.Get("within"); w != nil {
		l := lasts(r, w, Lasts{Days: 30})
		s.Within = l.Days + 30*l.Months
	}
}

var lastsText = regexp.MustCompile(`^(\d{1,4})(d| days?| months?)$`)

func lasts(r *yamldoc.Reader, n *yamldoc.Node, otherwise Lasts) Lasts {
	if n == nil {
		return otherwise
	}
	m := lastsText.FindStringSubmatch(r.Word(n))
	if m == nil {
		r.Bad(n, "lasts", lang.F("%s: %s", "%s: %s", n.Path, n.Text), lang.T("30d 或 12 months 这样的时长", "a length such as 30d or 12 months"), lang.Text{})
		return otherwise
	}
	v, _ := strconv.Atoi(m[1])
	if m[2][len(m[2])-1] == 'd' || m[2] == " days" || m[2] == " day" {
		return Lasts{Days: v}
	}
	return Lasts{Months: v}
}
