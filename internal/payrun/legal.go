package payrun

import (
	"telepay/internal/diag"
	"telepay/internal/lang"
	"telepay/internal/law"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/statement"
	"telepay/internal/statutory"
)

// legalNotes says where the month leaves what the law asks for; amounts stand.
func (m *month) legalNotes() []diag.Problem {
	var out []diag.Problem
	note := func(code, file string, found, want, mend lang.Text) {
		out = append(out, diag.Problem{Code: code, Reach: diag.Note, Pos: diag.Pos{File: file}, Found: found, Want: want, Mend: mend})
	}
	if by := m.run.in.Plan.ReviewBy; by >= 0 && m.span.Last() > by {
		note("review-due", "plan.yaml", lang.F("方案应在 %s 前复核", "a plan to be reviewed by %s", by.String()), lang.T("复核过的方案", "a plan that was reviewed"), lang.T("复核后改 approval.review_by", "review it and move approval.review_by"))
	}
	m.uninsured(note)
	fines := map[string]bool{}
	for _, s := range m.sheets {
		if s.stopped != nil {
			continue
		}
		site := m.run.in.Project.JurisdictionOf(s.station.Site)
		place, ok := m.run.in.Law.Jurisdiction(site, m.month)
		if !ok {
			continue
		}
		m.overtimeNote(s, place, note)
		m.probationNote(s, place, note)
		for _, l := range s.lines {
			limit := place.Limit(string(l.Class))
			if l.Kind != statement.Deduction || !l.Class.Guarded() {
				continue
			}
			if limit.Treat == law.Forbidden && !fines[site+l.Rule] {
				fines[site+l.Rule] = true
				note("fine-forbidden", "plan.yaml", lang.F("%s: %s 不允许这类扣款 (%s)", "%s: %s does not allow such a deduction (%s)", l.PlanPath, place.Title, limit.Article),
					lang.T("不从工资里扣的规则", "a rule that takes nothing off wages"), lang.T("用 for 把这个职场除外, 或改为不计绩效 (class: not_earned, against)", "leave the site out by for, or let it come off performance pay (class: not_earned, against)"))
			}
			if limit.Notice && !l.Amount.IsZero() && !m.noticed(l) {
				note("notice-needed", "decisions", lang.F("%s %s: %s %s, 扣前须书面告知 (%s)", "%s %s: %s %s, which needs a written notice beforehand (%s)", s.person.ID, lang.Same(s.person.Name), l.Title, lang.Same(l.Amount.Fixed(2)), limit.Article),
					lang.T("原因和数额的书面告知", "a notice with reason and amount"), lang.F("告知后在 decisions.csv 写 accept, ref %s", "give it, then write accept with ref %s into decisions.csv", evidenceOf(l)))
			}
		}
	}
	return out
}

// uninsured notes full-timers without insurance: an agreement not to insure is void.
func (m *month) uninsured(note noter) {
	if !m.run.in.Plan.Statutory.Written {
		return
	}
	var who []string
	for _, s := range m.sheets {
		if s.stopped == nil && !s.isInsured() && s.subject.Days.EmployedDays > 0 && s.taxedBy() == statutory.Wage && s.station.Employment != "part_time" {
			who = append(who, s.person.ID)
		}
	}
	if len(who) == 0 {
		return
	}
	shown := who[:min(5, len(who))]
	note("no-insurance", "plan.yaml", lang.F("%d 名全职员工没有社保: %v", "full-timers without social insurance: %d (%v)", len(who), shown),
		lang.T("社保: 约定不缴无效 (最高法劳动争议司法解释(二) 第十九条)", "social insurance: an agreement without it is void (Supreme People's Court, Interpretation II on labour disputes, art. 19)"),
		lang.T("方案写 statutory: {insurance: yes}; 退休返聘等不参保的, 花名册 tax 或 insurance 一栏写明", "write statutory: {insurance: yes}; say in the roster's columns tax or insurance who is rightly without"))
}

// noticed tells whether a decision accepts the rows behind a deduction.
func (m *month) noticed(l statement.Line) bool {
	for _, at := range l.Evidence {
		if m.accepted(at) {
			return true
		}
	}
	return false
}

func evidenceOf(l statement.Line) string {
	if len(l.Evidence) == 0 {
		return l.Rule
	}
	return l.Evidence[0].String()
}

type noter func(code, file string, found, want, mend lang.Text)

func (m *month) overtimeNote(s *sheet, place law.Profile, note noter) {
	if place.Overtime == nil || len(s.subject.Days.Overtime) == 0 {
		return
	}
	file, long := s.subject.Days.Overtime[0].Source.File, 0
	for _, o := range s.subject.Days.Overtime {
		if o.Kind == "workday" && o.Date != period.NoDay && o.Hours.Cmp(money.Whole(int64(place.Overtime.Day))) > 0 {
			long++
		}
	}
	if long > 0 {
		note("overtime-limit", file, lang.F("%s %s 有 %s 天加班超过 %s 小时", "%s %s with more than %[4]s of overtime on %[3]s", s.person.ID, lang.Same(s.person.Name), lang.Count(long, "day", "days"), lang.Count(place.Overtime.Day, "hour", "hours")),
			lang.F("每天不超过 %s 小时 (%s)", "at most %s a day (%s)", lang.Count(place.Overtime.Day, "hour", "hours"), place.Overtime.Article), lang.T("超出的仍要付; 调整排班", "what is above it is still owed; change the schedule"))
	}
	hours := s.subject.Days.OvertimeHours(true).Add(s.subject.Days.OvertimeHours(false))
	if hours.Cmp(money.Whole(int64(place.Overtime.Month))) <= 0 {
		return
	}
	note("overtime-limit", file, lang.F("%s %s 本月加班 %s 小时", "%s %s with %s hours of overtime", s.person.ID, lang.Same(s.person.Name), lang.Same(statement.Write(hours, statement.Plain))),
		lang.F("每月不超过 %s 小时 (%s)", "at most %s a month (%s)", lang.Count(place.Overtime.Month, "hour", "hours"), place.Overtime.Article), lang.T("超出的仍要付; 调整排班", "what is above it is still owed; change the schedule"))
}

// probationNote tests that a month on probation pays at least its share of the
// base of somebody confirmed in the same grade.
func (m *month) probationNote(s *sheet, place law.Profile, note noter) {
	if s.station.Status != "试用" || place.Probation == nil || s.subject.Days.EmployedDays == 0 {
		return
	}
	contract, paid := s.subject.Value("base"), s.earned["base"]
	least := contract.Num.Mul(place.Probation.Percent)
	unpaid := s.subject.Days.Unpaid.Add(s.subject.Days.Absent)
	if contract.NoBase || !unpaid.IsZero() || money.Of(paid).Cmp(least) >= 0 || paid.IsZero() {
		return
	}
	note("probation-pay", "plan.yaml", lang.F("%s %s 试用期底薪 %s, 合同底薪 %s", "%s %s on probation with a base of %s; the contract's is %s", s.person.ID, lang.Same(s.person.Name), lang.Same(paid.Fixed(2)), lang.Same(statement.Write(contract.Num, statement.Money))),
		lang.F("不低于 %s (%s)", "at least %s (%s)", statement.Write(place.Probation.Percent, statement.Percent), place.Probation.Article), lang.T("改试用期系数", "change the factor of probation"))
}
