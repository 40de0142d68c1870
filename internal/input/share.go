package input

import (
	"strings"

	"golang.org/x/text/unicode/norm"

	"telepay/internal/input/profile"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/record"
)

// parts cuts a cell of several values: at semicolons, Chinese ones, and 、.
func parts(v string) []string {
	var all []string
	for _, p := range strings.FieldsFunc(v, func(c rune) bool { return strings.ContainsRune(";；、", c) }) {
		if p = strings.TrimSpace(p); p != "" {
			all = append(all, p)
		}
	}
	return all
}

// agents reads several agents: T1; T2. One named twice counts once.
func (r *row) agents(field string) []string {
	v, ok := r.cell(field)
	if !ok {
		r.note("")
		return nil
	}
	var ids []string
	seen := map[string]bool{}
	for _, p := range parts(v) {
		if id := r.resolve(field, p); id != "" && !seen[id] {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	for _, id := range sortedCopy(ids) {
		r.note(id)
	}
	r.note("")
	return ids
}

// shares reads T1 60%; T2 1/3; T3 rest. They make up the whole exactly.
func (r *row) shares(field string) []record.Share {
	v, ok := r.cell(field)
	if !ok {
		r.note("")
		return nil
	}
	r.note(profile.Fold(v))
	before := r.faults
	var all []record.Share
	seen := map[string]bool{}
	for _, p := range parts(norm.NFKC.String(v)) {
		s, ok := r.share(field, p)
		if ok && seen[s.Agent] {
			r.badPart(field, p, "share-twice", lang.T("每人只出现一次", "each person once"), lang.T("合并同一人的份额", "join the shares of one person"))
		}
		seen[s.Agent] = true
		all = append(all, s)
	}
	if r.faults == before {
		r.wholeShares(field, all)
	}
	return all
}

func (r *row) share(field, part string) (s record.Share, ok bool) {
	fields := strings.Fields(strings.ReplaceAll(part, ":", " "))
	if len(fields) != 2 {
		r.badPart(field, part, "bad-share", wantShares, mendShares)
		return s, false
	}
	s.Agent = r.resolve(field, fields[0])
	switch word := strings.ToLower(fields[1]); {
	case word == "rest" || word == "其余" || word == "余下":
		s.Rest = true
	default:
		if s.Part, ok = money.ParseShare(word); !ok || s.Part.IsZero() {
			r.badPart(field, part, "bad-share", wantShares, mendShares)
			return s, false
		}
	}
	return s, s.Agent != ""
}

var (
	wantShares = lang.T("工号和份额，份额为百分比、分数或 rest（其余）", "an id and a share: a percentage, a fraction or rest")
	mendShares = lang.T("写成 T1 60%; T2 rest；三人平分写 T1 1/3; T2 1/3; T3 rest", "write T1 60%; T2 rest, or for three alike T1 1/3; T2 1/3; T3 rest")
)

func (r *row) wholeShares(field string, all []record.Share) {
	var total money.Ratio
	rests := 0
	for _, s := range all {
		total = total.Add(s.Part)
		if s.Rest {
			rests++
		}
	}
	over := total.Cmp(money.One)
	if rests == 0 && over == 0 || rests == 1 && over < 0 {
		return
	}
	r.bad(field, "shares", lang.T("合计正好为整单；rest（其余）最多一个，且有剩余", "shares that make up the whole; rest at most once, and something left for it"), mendShares)
}
