package plan

import (
	"strings"

	"telepay/internal/lang"
	"telepay/internal/rule"
	"telepay/internal/statement"
	"telepay/internal/yamldoc"
)

// settings lists the choices that stand behind the figures, for `plan explain`
// and the register's Summary: those of the plan by their path, the others as
// defaults. Rule books leave most of them open.
func (p *Plan) settings(root *yamldoc.Node) {
	note := func(path string, name, value lang.Text) {
		p.Settings = append(p.Settings, statement.Setting{Name: name, Value: value, From: path})
	}
	from := func(section, key string) string {
		if root.Get(section).Get(key) != nil {
			return section + "." + key
		}
		return "default"
	}
	c := p.Crediting
	note(from("crediting", "basis"), lang.T("业绩基础", "credit basis"), rule.KeyWord(c.Basis))
	note(from("crediting", "dated"), lang.T("归月日期", "dated by"), rule.KeyWord(c.Dated))
	note(from("crediting", "owner"), lang.T("归属顺序", "owners, in order"), owners(c.Owner))
	note(from("crediting", "dispute"), lang.T("撞单的业绩", "credit of a disputed deal"), lang.T("裁定前挂起, 不计入任何人", "held until it is ruled, in nobody's sums"))
	note(from("crediting", "referral"), lang.T("老客户介绍归属", "referred customers"), lang.F("%s 内归原业务员; 他离职后归%s", "the old customer's owner, for %s; when he has left: %s", c.Referral.Text(), rule.KeyWord(c.Leaver)))
	note(from("crediting", "reversals"), lang.T("以前月份退款", "refunds of earlier months"), rule.KeyWord(c.Reversals))
	note(from("crediting", "over_value"), lang.T("超过合同额的回款", "money above the deal's value"), rule.KeyWord(c.OverValue))
	p.disputeSettings(note)
	for _, name := range []string{"effective_calls", "intent_customers"} {
		if k := p.KPIs.ByName[name]; k != nil {
			where := lang.T("方案没有写, 不能用来计酬", "not written: no pay may rest on it")
			if k.Where != nil {
				where = lang.Same(k.Where.Source)
			}
			path := "default"
			if root.Get("kpis").Get(name) != nil {
				path = "kpis." + name
			}
			note(path, k.Title, where)
		}
	}
	p.paySettings(note)
	choice := p.Protections.Choice[statement.Discipline]
	if choice == "" {
		choice = "as the jurisdiction"
	}
	note(from("protections", "discipline"), lang.T("纪律类扣款", "deductions for discipline"), rule.KeyWord(choice))
}

// owners says the ways to an owner, in their order.
func owners(ways []string) lang.Text {
	var zh, en []string
	for _, w := range ways {
		said := rule.KeyWord(w)
		zh, en = append(zh, said.ZH), append(en, said.EN)
	}
	return lang.T(strings.Join(zh, " → "), strings.Join(en, " → "))
}

type noteSetting func(path string, name, value lang.Text)

// disputeSettings are what the manuals leave open of a disputed lead that was escalated.
func (p *Plan) disputeSettings(note noteSetting) {
	for _, x := range p.Rules {
		if x.Each != "dispute" && x.Each != "escalation" {
			continue
		}
		levels := lang.T("升级后的比例代替原来的 (不相加)", "the higher level stands in place of the lower")
		if x.Each == "escalation" {
			levels = lang.T("逐级相加", "each level is charged on top of the one before")
		}
		note(x.Path, lang.F("%s, 各级", "%s, levels", x.Title), levels)
		note(x.Path, lang.F("%s, 扣谁", "%s, who is charged", x.Title), lang.T("双方, 裁定写明无责的除外", "both parties, save whom the ruling clears"))
		note(x.Path, lang.F("%s, 一个月几起", "%s, several in a month", x.Title), lang.T("逐起计算, 合计受法定限额", "each by itself, all of them under the legal limit"))
		if x.Of != nil {
			note(x.Path, lang.F("%s, 基数", "%s, taken of", x.Title), lang.F("%s (合同底薪只按入职离职折算)", "%s (contract base is prorated for joiners and leavers only)", x.Of.Source))
		}
	}
}

// paySettings are part months, lateness and pay days.
func (p *Plan) paySettings(note noteSetting) {
	late := lang.T("不扣: 方案没有迟到规则", "nothing: the plan has no rule on it")
	for _, x := range p.Rules {
		if x.Kind.Name == "base" && x.PartMonth == "" {
			note("default", lang.F("%s 不足月折算", "%s, part months", x.Title), rule.KeyWord("21.75 backward"))
		}
		if x.Each == "late" {
			late = lang.F("按 %s", "by %s", x.Path)
		}
	}
	note("deductions", lang.T("迟到扣款", "lateness"), late)
	note("earnings", lang.T("发薪日", "pay days"), payDays(p.Rules))
	if !p.Statutory.Written {
		note("default", lang.T("社保、公积金、个税", "insurance, fund, tax"), lang.T("方案没有这一部分, 没有实发", "no such part: there is no net"))
	} else {
		note("statutory", lang.T("社保、公积金、个税", "insurance, fund, tax"), lang.T("按职场所在城市, 税按发放月", "of the site's city; tax by the month of payment"))
	}
}

func payDays(rules []*rule.Rule) lang.Text {
	said := map[int]bool{}
	var out lang.Text
	for _, x := range rules {
		if x.Kind.Section != "earnings" || said[x.Pay.Day] {
			continue
		}
		said[x.Pay.Day] = true
		day := lang.T("有的项目没有写哪天发", "some components have no day")
		if x.Pay.Day > 0 {
			day = lang.F("%d 日", "on the %d", x.Pay.Day)
		}
		if out.IsEmpty() {
			out = day
			continue
		}
		out = lang.F("%s, %s", "%s, %s", out, day)
	}
	return out
}
