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
	"telepay/internal/yamldoc"
)

// Settings is the plan's section crediting.
type Settings struct {
	Basis     string // collected, signed
	Dated     string // paid, cleared
	Owner     []string
	Referral  Lasts
	Leaver    string // seller, house: who gets a referral whose owner has left
	Same      []string
	Within    int // days between a deal and its dispute
	Void      []string
	OverValue string // report, credit
	Reversals string // original, current
	Node      *yamldoc.Node
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

// ReferralText says how long a referral counts, and who gets it when its owner has left.
func (s Settings) ReferralText() lang.Text {
	return lang.F("%s 内归原业务员; 他离职后归 %s", "the old customer's owner, for %s; when he has left: %s", s.Referral.String(), s.Leaver)
}

// Owners are the ways a credit finds its owner, as the plan may order them.
var Owners = []string{"ruling", "split", "referral", "relation", "seller"}

// Fields is the table of the section's keys.
var Fields = []catalogue.Field{
	{Key: "basis", Name: lang.T("基础", "basis"), Kind: lang.T("一个词", "a word"), Range: lang.Same("collected, signed"), Default: lang.Same("collected"), Help: lang.T("业绩按回款还是按签约", "whether money counts when collected or when signed"), Example: "basis: collected"},
	{Key: "dated", Name: lang.T("日期", "dated"), Kind: lang.T("一个词", "a word"), Range: lang.Same("paid, cleared"), Default: lang.Same("paid"), Help: lang.T("回款按到账日还是清算日归月", "the day that puts a payment into a month"), Example: "dated: paid"},
	{Key: "owner", Name: lang.T("归属", "owner"), Kind: lang.T("列表, 先到先得", "a list, first that fits wins"), Range: lang.Same("ruling, split, referral, relation, seller"), Default: lang.Same("[ruling, split, referral, relation, seller]"), Help: lang.T("业绩归谁: 裁定、分单、老客户介绍、亲友、签单人", "whose the credit is: ruling, split, referral by an old customer, relation, seller"), Example: "owner: [ruling, split, referral, relation, seller]"},
	{Key: "referral", Name: lang.T("转介绍", "referral"), Kind: lang.T("{lasts: 12 months, leaver: seller}", "{lasts: 12 months, leaver: seller}"), Default: lang.Same("{lasts: 12 months, leaver: seller}"), Help: lang.T("老客户介绍的新客户归原业务员: 多久有效, 业务员离职后归谁", "a new customer brought by an old one belongs to the old one's owner: how long, and who gets it when that owner has left"), Example: "referral: {lasts: 12 months, leaver: seller}"},
	{Key: "dispute", Name: lang.T("撞单", "dispute"), Kind: lang.T("{same: [lead, phone, company], within: 30d}", "{same: [lead, phone, company], within: 30d}"), Default: lang.Same("{same: [lead, phone, company], within: 30d}"), Help: lang.T("哪些成交算在撞单里: 同一线索、电话或公司, 多少天内", "which deals a dispute holds: same lead, phone or company, within so many days"), Example: "dispute: {same: [lead, phone, company], within: 30d}"},
	{Key: "void", Name: lang.T("作废", "void"), Kind: lang.T("事件种类列表", "a list of kinds of event"), Default: lang.Same("[poaching, upheld_complaint, private_dealing]"), Help: lang.T("哪些事件使该单业绩作废", "events that void the credit of their deal"), Example: "void: [poaching]"},
	{Key: "over_value", Name: lang.T("超额回款", "over value"), Kind: lang.T("一个词", "a word"), Range: lang.Same("report, credit"), Default: lang.Same("report"), Help: lang.T("回款超过合同额的部分: 只报告, 或也计入", "money above the deal's value: only reported, or credited too"), Example: "over_value: report"},
	{Key: "reversals", Name: lang.T("冲回", "reversals"), Kind: lang.T("一个词", "a word"), Range: lang.Same("original, current"), Default: lang.Same("original"), Help: lang.T("以前月份的退款: 按当时所得冲回, 或计入当月的负业绩", "refunds of earlier months: take back what was earned then, or a negative credit now"), Example: "reversals: original"},
}

// Read reads the section; n may be nil.
func Read(r *yamldoc.Reader, n *yamldoc.Node) Settings {
	s := Settings{Basis: "collected", Dated: "paid", Owner: Owners, Referral: Lasts{Months: 12}, Leaver: "seller",
		Same: []string{"lead", "phone", "company"}, Within: 30, Void: []string{"poaching", "upheld_complaint", "private_dealing"},
		OverValue: "report", Reversals: "original", Node: n}
	if n == nil {
		return s
	}
	catalogue.Check(r, n, Fields)
	word := func(key string, into *string, words ...string) {
		if v := n.Get(key); v != nil {
			*into = r.OneOf(v, words...)
		}
	}
	word("basis", &s.Basis, "collected", "signed")
	word("dated", &s.Dated, "paid", "cleared")
	word("over_value", &s.OverValue, "report", "credit")
	word("reversals", &s.Reversals, "original", "current")
	if v := n.Get("owner"); v != nil {
		s.Owner = owners(r, v)
	}
	if v := n.Get("void"); v != nil {
		s.Void = r.Words(v)
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
