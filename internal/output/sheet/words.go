package sheet

import (
	"strings"

	"telepay/internal/diag"
	"telepay/internal/lang"
	"telepay/internal/record"
	"telepay/internal/statement"
)

// The stable words of the data files, as people read them.
var (
	kindWords = map[statement.Kind]lang.Text{
		statement.Earning:     lang.T("收入", "Earning"),
		statement.Deduction:   lang.T("扣款", "Deduction"),
		statement.Withholding: lang.T("代扣代缴", "Withholding"),
		statement.Employer:    lang.T("单位承担", "Employer"),
		statement.HeldBack:    lang.T("暂存", "Held"),
		statement.CarriedIn:   lang.T("上月结转", "Carried in"),
		statement.CarriedOut:  lang.T("结转下月", "Carried out"),
		statement.Info:        lang.T("说明", "Information"),
	}
	unitWords = map[statement.Unit]struct {
		code string
		text lang.Text
	}{
		statement.Plain:    {"number", lang.T("数值", "Number")},
		statement.Money:    {"money", lang.T("金额", "Money")},
		statement.Percent:  {"ratio", lang.T("百分比", "Percent")},
		statement.Duration: {"seconds", lang.T("时长", "Time")},
		statement.Days:     {"days", lang.T("天", "Days")},
	}
	bucketWords = map[string]lang.Text{
		record.Counted:  lang.T("计入", "Counted"),
		record.Held:     lang.T("待裁", "Held"),
		record.Excluded: lang.T("不计", "Excluded"),
		record.Errored:  lang.T("错误", "Error"),
	}
	reachWords = map[diag.Reach]lang.Text{
		diag.Stop:   lang.T("全部停止", "Everything stops"),
		diag.Row:    lang.T("该行不计", "Row left out"),
		diag.Person: lang.T("该人不出单", "No statement"),
		diag.Note:   lang.T("提示", "Note"),
	}
	scopeWords = map[string]lang.Text{
		"agent": lang.T("坐席", "Agent"), "agents": lang.T("坐席", "Agents"),
		"team": lang.T("团队", "Team"), "teams": lang.T("团队", "Teams"),
		"site": lang.T("职场", "Site"), "sites": lang.T("职场", "Sites"),
		"region": lang.T("大区", "Region"), "regions": lang.T("大区", "Regions"),
		"company": lang.T("公司", "Company"),
	}
)

// words writes cells in one language.
type words struct{ l lang.Lang }

func (w words) say(t lang.Text) Cell                { return Words(t.In(w.l)) }
func (w words) coded(code string, t lang.Text) Cell { return Coded(code, t.In(w.l)) }
func (w words) kind(k statement.Kind) Cell          { return w.coded(string(k), kindWords[k]) }
func (w words) class(c statement.Class) Cell        { return w.coded(string(c), c.Title()) }
func (w words) stage(s statement.Stage) Cell        { return w.coded(s.String(), s.Title()) }
func (w words) scope(s string) Cell                 { return w.coded(s, scopeWords[s]) }
func (w words) unit(u statement.Unit) Cell          { return w.coded(unitWords[u].code, unitWords[u].text) }

// reason is why rows are not counted: a word of coverage, or the code of a problem.
func (w words) reason(code string) Cell {
	if t, ok := reasonWords[code]; ok {
		return w.coded(code, t)
	}
	return w.coded(code, meaning(code))
}

// meaning is what a code of a problem says; empty for one that is not listed.
func meaning(code string) lang.Text {
	for _, c := range diag.Codes {
		if c.Code == code {
			return c.Means
		}
	}
	return lang.Text{}
}

// Columns that several reports share.
var (
	monthColumn = Column{Key: "month", Title: lang.T("月份", "Month"), Kind: Month, Where: InFiles}
	agentColumn = Column{Key: "agent_id", Title: lang.T("工号", "Agent"), Kind: ID}
	nameColumn  = Column{Key: "name", Title: lang.T("姓名", "Name"), Kind: Text}
	teamColumn  = Column{Key: "team", Title: lang.T("团队", "Team"), Kind: Text}
)

// shown returns c as a column of the workbook only.
func shown(c Column) Column {
	c.Where = InWorkbook
	return c
}

// everywhere returns c as a column of all outputs.
func everywhere(c Column) Column {
	c.Where = Everywhere
	return c
}

// filed returns c as a column of data files only.
func filed(c Column) Column {
	c.Where = InFiles
	return c
}

func text(key, zh, en string) Column {
	return Column{Key: key, Title: lang.T(zh, en), Kind: Text}
}

// prose is a column of text that wraps after width characters.
func prose(key, zh, en string, width int) Column {
	return Column{Key: key, Title: lang.T(zh, en), Kind: Text, Width: width}
}

func number(key, zh, en string) Column {
	return Column{Key: key, Title: lang.T(zh, en), Kind: Number}
}

// sum is a column of money that the totals row adds up.
func sum(key, zh, en string) Column {
	return Column{Key: key, Title: lang.T(zh, en), Kind: Money, Sum: true}
}

// oneLine is a text of several lines, as the cases of a ground, in one.
func (w words) oneLine(t lang.Text) Cell {
	return w.say(lang.T(strings.ReplaceAll(t.ZH, "\n", "; "), strings.ReplaceAll(t.EN, "\n", "; ")))
}
