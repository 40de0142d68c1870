package sheet

import (
	"telepay/internal/lang"
	"telepay/internal/statement"
)

// Rankings has one row per entry of every board. Scope is who is ranked and, where
// it is not the company, within which group: agents 一组; of a board of weeks the week
// follows: agents 2026-10-05/2026-10-11. Place is empty for who is not ranked, and
// why_not says why; value is empty without a base.
func Rankings(r statement.Run, l lang.Lang) Table {
	run := &r
	w := words{l}
	columns := []Column{monthColumn,
		text("board", "榜单", "Board"), text("scope", "范围", "Scope"), number("place", "名次", "Place"),
		{Key: "id", Title: lang.T("对象", "Id"), Kind: ID}, nameColumn,
		number("value", "数值", "Value"), number("previous_place", "上月名次", "Last month"), text("honour", "称号", "Honour"),
		prose("why_not", "未参评原因", "Not ranked because", 34), text("part_month", "非全月", "Part of month"),
		shown(prose("measure", "依据", "Measure", 34))}
	t := Table{Name: "rankings", Title: lang.T("排名", "Rankings"), Columns: columns, Freeze: 2}
	t.Rows = func(yield func([]Cell) bool) {
		for i := range run.Rankings {
			for j := range run.Rankings[i].Entries {
				if !yield(w.rank(run, &run.Rankings[i], &run.Rankings[i].Entries[j])) {
					return
				}
			}
		}
	}
	return t
}

func (w words) rank(run *statement.Run, r *statement.Ranking, e *statement.RankEntry) []Cell {
	within := w.scope(r.Of)
	if r.Group != "" {
		within = Coded(within.Code+" "+r.Group, within.Text+" "+r.Group)
	}
	if r.Week != "" {
		within = Coded(within.Code+" "+r.Week, within.Text+" "+r.Week)
	}
	part := Cell{}
	if e.Part {
		part = w.coded("yes", lang.T("是", "Yes"))
	}
	return []Cell{In(run.Month), w.coded(r.Board, r.Title), within, CountIf(e.Place), Key(e.ID), Words(e.Name),
		FigureIf(e.Value, r.Unit), CountIf(e.Previous), Words(e.Honour),
		w.say(e.WhyNot), part, w.say(r.Measure)}
}
