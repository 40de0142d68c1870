package jsonl

import (
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
)

// The keys of a statement. Every key is always there; what is not given is null
// or empty. Keys keep their names; more may be added.
type (
	document struct {
		Month     period.Month `json:"month"`
		PayMonth  period.Month `json:"pay_month"`
		Draft     bool         `json:"draft"`
		Company   lang.Text    `json:"company"`
		Currency  string       `json:"currency"`
		Plan      string       `json:"plan"`
		Filed     string       `json:"filed"`
		PlanHash  string       `json:"plan_digest"`
		RunHash   string       `json:"run_digest"`
		Version   string       `json:"version"`
		Agent     string       `json:"agent_id"`
		Name      string       `json:"name"`
		Team      string       `json:"team"`
		Site      string       `json:"site"`
		Region    string       `json:"region"`
		Role      string       `json:"role"`
		Grade     string       `json:"grade"`
		Worked    money.Ratio  `json:"worked_days"`
		Scheduled money.Ratio  `json:"scheduled_days"`
		Objection period.Day   `json:"objection_until"`
		Totals    totals       `json:"totals"`
		Lines     []line       `json:"lines"`
		Unpaid    []step       `json:"unpaid"`
		KPIs      []kpi        `json:"kpis"`
		// scores: total by scorecard, at four places as printed; scorecards: exact
		Scores  map[string]money.Decimal `json:"scores"`
		Cards   []score                  `json:"scorecards"`
		Credits []credit                 `json:"credits"`
		Held    []held                   `json:"held"`
		Guard   *guard                   `json:"guard"`
		Ranks   []rank                   `json:"ranks"`
		Next    []step                   `json:"next"`
		Notes   []step                   `json:"notes"`
	}

	totals struct {
		Gross      money.Decimal  `json:"gross"`
		Deductions money.Decimal  `json:"deductions"`
		CarriedIn  money.Decimal  `json:"carried_in"`
		CarriedOut money.Decimal  `json:"carried_out"`
		Payable    money.Decimal  `json:"payable"`
		Statutory  *money.Decimal `json:"statutory"`
		Net        *money.Decimal `json:"net"`
		HeldUpTo   money.Decimal  `json:"held_up_to"`
		CarryNext  money.Decimal  `json:"carried_to_next"`
	}

	line struct {
		No         int            `json:"no"`
		Stage      string         `json:"stage"`
		Rule       string         `json:"rule"`
		Kind       string         `json:"kind"`
		Class      string         `json:"class"`
		Nature     string         `json:"nature,omitempty"`
		Title      lang.Text      `json:"title"`
		Clause     string         `json:"clause"`
		PlanPath   string         `json:"plan_path"`
		Fact       period.Month   `json:"fact_month"`
		Pay        period.Month   `json:"pay_month"`
		Base       *money.Ratio   `json:"base"`
		Rate       *money.Ratio   `json:"rate"`
		Quantity   *money.Ratio   `json:"quantity"`
		Nominal    money.Decimal  `json:"nominal"`
		Limit      *money.Decimal `json:"limit"`
		Amount     money.Decimal  `json:"amount"`
		Carried    money.Decimal  `json:"carried"`
		Ground     lang.Text      `json:"ground"`
		How        []step         `json:"how"`
		Notes      []step         `json:"notes"`
		Evidence   []string       `json:"evidence"`
		Incomplete bool           `json:"incomplete"`
	}

	// step is a step as data, and as the sentence the statement prints.
	step struct {
		Key   string `json:"key"`
		Terms []term `json:"terms"`
		ZH    string `json:"zh"`
		EN    string `json:"en"`
	}

	// term is a word, a figure, or a figure with its name; value is null for a word.
	term struct {
		Text  lang.Text    `json:"text"`
		Value *money.Ratio `json:"value"`
		Unit  string       `json:"unit"`
	}

	kpi struct {
		KPI       string       `json:"kpi"`
		Title     lang.Text    `json:"title"`
		Define    lang.Text    `json:"definition"`
		Unit      string       `json:"unit"`
		Num       *money.Ratio `json:"numerator"`
		Den       *money.Ratio `json:"denominator"`
		Value     *money.Ratio `json:"value"` // null: no base
		Target    *money.Ratio `json:"target"`
		TargetHow lang.Text    `json:"target_how"`
		Attained  *money.Ratio `json:"attainment"`
		Last      *money.Ratio `json:"last_month"`
		Weight    *money.Ratio `json:"weight"`
		Score     *money.Ratio `json:"score"`
		Points    *money.Ratio `json:"points"`
		How       lang.Text    `json:"how"`
	}

	score struct {
		Name   string       `json:"name"`
		Title  lang.Text    `json:"title"`
		Total  money.Ratio  `json:"total"`
		Grade  string       `json:"grade"`
		Factor *money.Ratio `json:"factor"`
		How    lang.Text    `json:"how"`
	}

	credit struct {
		Date       period.Day     `json:"date"`
		Deal       string         `json:"deal"`
		Payment    string         `json:"payment"`
		Product    string         `json:"product"`
		Why        lang.Text      `json:"why"`
		Amount     money.Decimal  `json:"amount"`
		Share      money.Ratio    `json:"share"`
		Credited   money.Decimal  `json:"credited"`
		Commission *money.Decimal `json:"commission"`
		Evidence   string         `json:"evidence"`
	}

	held struct {
		Date    period.Day    `json:"date"`
		Deal    string        `json:"deal"`
		Product string        `json:"product"`
		Why     lang.Text     `json:"why"`
		Amount  money.Decimal `json:"amount"`
		UpTo    money.Decimal `json:"up_to"`
		How     []step        `json:"how"`
	}

	guard struct {
		Wage    money.Decimal `json:"wage"`
		Percent money.Ratio   `json:"percent"`
		Limit   money.Decimal `json:"limit"`
		Minimum money.Decimal `json:"minimum_wage"`
		Article lang.Text     `json:"article"`
		Basis   lang.Text     `json:"basis"`
		Nominal money.Decimal `json:"nominal"`
		Applied money.Decimal `json:"applied"`
		Carried money.Decimal `json:"carried"`
		Rows    []guarded     `json:"rows"`
	}

	guarded struct {
		Title   lang.Text     `json:"title"`
		Class   string        `json:"class"`
		Article lang.Text     `json:"article"`
		Percent money.Ratio   `json:"percent"`
		Limit   money.Decimal `json:"limit"`
		Ground  lang.Text     `json:"ground"`
		Nominal money.Decimal `json:"nominal"`
		Left    money.Decimal `json:"left"`
		Applied money.Decimal `json:"applied"`
		Carried money.Decimal `json:"carried"`
	}

	rank struct {
		Board    string       `json:"board"`
		Week     string       `json:"week,omitempty"` // 2026-10-05/2026-10-11, on a board of weeks
		Title    lang.Text    `json:"title"`
		Team     bool         `json:"team"`
		Place    int          `json:"place"` // 0: not ranked
		Of       int          `json:"of"`
		Previous int          `json:"previous_place"`
		Honour   string       `json:"honour"`
		Value    money.Ratio  `json:"value"`
		Unit     string       `json:"unit"`
		Measure  lang.Text    `json:"measure"`
		Behind   *money.Ratio `json:"behind_first"`
		Rule     lang.Text    `json:"rule"`
		WhyNot   lang.Text    `json:"why_not"`
	}
)
