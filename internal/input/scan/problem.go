package scan

import (
	"slices"
	"strings"

	"telepay/internal/diag"
	"telepay/internal/lang"
	"telepay/internal/query"
)

// rowProblem describes one row in error.
func (p *pass) rowProblem(why reason, s sample, at diag.Pos) diag.Problem {
	q := diag.Problem{Code: reasonWords[why], Reach: diag.Row, Pos: at}
	quoted := lang.Same(diag.Quote(s.found))
	if strings.TrimSpace(s.found) == "" {
		quoted = lang.T("空白", "nothing")
	}
	width := p.exports[s.at.file].src.Width
	switch why {
	case raggedRow:
		q.Found = lang.F("这一行有 %s 列", "a row of %s", lang.Count(s.cells, "cell", "cells"))
		q.Want = lang.F("与表头一样 %s 列", "%s, as in the header", lang.Count(width, "cell", "cells"))
		q.Mend = lang.T("补齐或删去多余的列; 内容里有逗号的单元格要加双引号", "add or remove cells; put a cell that contains a comma in double quotes")
	case strayQuote:
		q.Found = lang.T("双引号没有成对, 或引号后面还有文字", "a double quote without its partner, or text behind a closing one")
		q.Want = lang.T("整个单元格放在一对双引号里, 里面的引号写两次", "the whole cell between two double quotes, and quotes inside it doubled")
		q.Mend = lang.T("改正这一行的引号, 或重新导出", "mend the quotes of this row, or export again")
	case longRow:
		q.Found = lang.T("一行过长", "a row that is too long")
		q.Want = lang.F("一行不超过 %s 字节", "at most %s in a row", lang.Count(p.e.opt.record, "byte", "bytes"))
		q.Mend = lang.T("检查是否少了换行或引号", "look for a missing line end or quote")
	case badTime:
		q.Found = lang.F("时间 %s 无法识别", "%s as a time", quoted)
		q.Want = lang.F("如 2026-10-31 09:05:10 的时间", "a time such as 2026-10-31 09:05:10")
		q.Mend = lang.T("改成这种写法, 或在导入配置的 dates 里写明格式", "write it so, or name the layout under dates in the import profile")
	case noCallID:
		q.Found = lang.T("通话编号为空", "no call id")
		q.Want = lang.T("每行一个通话编号", "a call id in every row")
		q.Mend = lang.T("补上编号; 没有编号就无法查重", "add the id; without it repeated rows cannot be found")
	case badNumberCell:
		if p.ownAt(s) >= 0 {
			p.ownProblem(&q, why, s)
			break
		}
		q.Found = lang.F("时长 %s 不是数字", "%s as a number of seconds", quoted)
		q.Want = lang.T("整数秒, 或 H:MM:SS", "whole seconds, or H:MM:SS")
		q.Mend = lang.T("改成秒数; 没有时长就留空", "write seconds; leave it empty where there is none")
		if strings.Count(s.found, ":") == 1 {
			q.Mend = lang.T("若是分:秒, 在导入配置里写 columns: {talk: {of: 列名, unit: mm:ss}}", "if it is minutes and seconds, a profile says columns: {talk: {of: the header, unit: mm:ss}}")
		}
	case tooManyPlaces:
		p.ownProblem(&q, why, s)
	}
	return q
}

// ownAt returns which of the company's own numbers a faulty cell is of, −1 for none.
func (p *pass) ownAt(s sample) int {
	return slices.Index(p.exports[s.at.file].nums[len(numberFields):], s.column)
}

// ownProblem describes a cell of a number column of the company's own.
func (p *pass) ownProblem(q *diag.Problem, why reason, s sample) {
	own := p.e.fields.own[p.ownAt(s)]
	quoted := lang.Same(diag.Quote(s.found))
	q.Found = lang.F("%[2]s（列“%[1]s”）", "%[2]s in the column %[1]q", own.Name, quoted)
	if why == tooManyPlaces {
		q.Want = lang.F("最多 %d 位小数", "at most %d decimal places", own.Places)
		q.Mend = lang.T("导出时少留几位；若是比分更细的单价，在导入配置的 extra 里写 number", "export fewer places; if it is a price finer than that, say number under extra in the profile")
		return
	}
	q.Want = lang.F("纯数字，如 12、-12 或 12.5，小数点前不超过 %d 位", "a plain number such as 12, -12 or 12.5, of at most %d digits before the point", query.OwnDigits)
	q.Mend = lang.T("只写数字，没有就留空；若是文字，在导入配置的 extra 里写 text", "write digits only, and nothing where there is none; if it is text, say so under extra in the profile")
}

// oddProblem names an agent that the roster does not have, or a word that the profile does not know.
func (p *pass) oddProblem(key oddKey, n *named, at diag.Pos) diag.Problem {
	q := diag.Problem{Code: reasonWords[key.why], Reach: diag.Row, Pos: at}
	spelled := lang.Same(diag.Quote(p.spelling(key)))
	if p.spelling(key) == "" {
		spelled = lang.T("(还有其他写法)", "(more spellings)")
	}
	if key.why == unknownAgent {
		q.Found = lang.F("工号 %s, 共 %s 行", "agent %s, %s", spelled, lang.Count(int(n.rows), "row", "rows"))
		q.Want = lang.T("花名册里的工号", "an agent of the roster")
		q.Mend = lang.T("把此人加入花名册, 或在其 aliases 列写上这个写法", "add the person to the roster, or this spelling to the person's aliases")
		return q
	}
	field := wordFields[key.field]
	words := strings.Join(p.wordsKnown(int(n.first.file), key.field), ", ")
	q.Found = lang.F("%s 列的 %s, 共 %s 行", "%[2]s in column %[1]s, %[3]s", field, spelled, lang.Count(int(n.rows), "row", "rows"))
	q.Want = lang.F("已知的写法: %s", "one of the known words: %s", words)
	q.Mend = lang.F("在导入配置的 values.%s 里写明它是哪一种", "say under values.%s in the import profile which of them it is", field)
	return q
}

func (p *pass) conflictProblem(c conflict, at diag.Pos) diag.Problem {
	q := diag.Problem{Code: reasonWords[c.why], Reach: diag.Row, Pos: at}
	n := len(c.places)
	if c.why == duplicateConnect {
		q.Found = lang.F("同一通话、同一坐席、同一接听时间的接通记录出现 %d 次, 内容不同", "%d connects of one call, agent and moment that differ", n)
		q.Want = lang.T("每次接听一行", "one row per answer")
		q.Mend = lang.T("只保留正确的一行", "keep only the row that is right")
		return q
	}
	q.Found = lang.F("通话编号 %s 出现 %d 次, 内容不同", "call id %s in %d rows that differ", lang.Same(diag.Quote(c.id)), n)
	q.Want = lang.T("每通电话一行; 完全相同的行只计一次", "one row per call; equal rows count once")
	q.Mend = lang.T("只保留正确的一行; 转接请放在接通记录里", "keep only the row that is right; transfers belong in the connects")
	return q
}
