package commission

import (
	"telepay/internal/catalogue"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/rule"
	"telepay/internal/statement"
)

// contest (竞赛奖): prizes for the first places of a board.
func contest() *rule.Kind {
	return &rule.Kind{
		Kind: catalogue.Kind{
			Name: "contest", Title: lang.T("竞赛奖", "Contest prize"), Section: "earnings", Stage: statement.Contests,
			Help: lang.T("按一个榜的名次发奖; 榜是每周的 (each: week), 就每周发一次, 合成一行。并列者平分所占名次的奖金 (share), 或各得一份 (each)。",
				"Prizes for the places of a board; of a board of weeks (each: week) for the places of each week, as one line. Those tied share the prizes of the places they take (share), or each gets the prize (each)."),
			Fields:  []string{"board", "prizes", "ties"},
			Needs:   []string{"board", "prizes"},
			Example: "champion:\n  rule: contest\n  title: 销冠奖\n  board: sales\n  prizes: [2000, 1000, 500]\n  ties: share\n",
		},
		Pay: payContest,
	}
}

// payContest pays the prize of the month's place, or those of the weeks' places.
func payContest(r *rule.Rule, s *rule.Subject) rule.Outcome {
	if ok, why := r.Applies(s); !ok {
		return rule.Outcome{Why: why}
	}
	var a rule.Amounted
	won := 0
	places := s.Places(r.Board)
	for _, p := range places {
		if p.Place == 0 || p.Place > len(r.Prizes) {
			a.Steps = append(a.Steps, noPlace(r, p))
			continue
		}
		prize := r.PrizeOf(p)
		won++
		a.Value = a.Value.Add(prize)
		a.Steps = append(a.Steps, statement.S("place", statement.Word(p.Title), statement.Figure(money.Whole(int64(p.Place)), statement.Plain), statement.Figure(money.Whole(int64(p.Of)), statement.Plain), statement.Figure(prize, statement.Money), tied(p)))
	}
	if won == 0 {
		return rule.Outcome{Why: a.Steps}
	}
	if won > 1 {
		a.Steps = append(a.Steps, statement.S("sum", statement.Figure(a.Value, statement.Money)))
	}
	var prizes []statement.Term
	for _, x := range r.Prizes {
		prizes = append(prizes, statement.Figure(money.Of(x), statement.Money))
	}
	a.Steps = append(a.Steps, statement.Step{Key: "prizes", Terms: prizes})
	return r.NotEmpty(r.Earn(s, a, nil))
}

// noPlace says why a place, or none, wins nothing.
func noPlace(r *rule.Rule, p rule.Place) statement.Step {
	place := lang.T("未入榜", "not ranked")
	switch {
	case p.Unknown:
		place = lang.T("有几天在第一个月之前，不评", "some of its days lie before the first month")
	case p.Place > 0:
		place = lang.F("第 %d 名", "place %d", p.Place)
	}
	return statement.S("no_place", statement.Word(r.Title), statement.Word(p.Title), statement.Word(place), statement.Figure(money.Whole(int64(len(r.Prizes))), statement.Plain))
}

// tied says how many share a place; nothing where it is one person's own.
func tied(p rule.Place) statement.Term {
	if p.Tied < 2 {
		return statement.Word(lang.T("无并列", "no tie"))
	}
	return statement.Word(lang.F("%d 人并列", "%d tied", p.Tied))
}
