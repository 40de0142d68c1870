package rule

import "telepay/internal/lang"

// words are the values of fields that telepay itself writes, as people say them.
var words = map[string]lang.Text{
	"new": lang.T("新客户", "new customer"), "old": lang.T("老客户", "old customer"),
	"full_time": lang.T("全职", "full-time"), "part_time": lang.T("兼职", "part-time"), "partner": lang.T("合作方", "partner"),
	"agent": lang.T("业务员", "agent"), "leader": lang.T("主管", "leader"),
	"workday": lang.T("工作日", "workday"), "rest_day": lang.T("休息日", "day off"), "holiday": lang.T("法定节假日", "legal holiday"),
	"settled": lang.T("自行协商", "settled between themselves"), "manager": lang.T("上报经理", "to the manager"), "leadership": lang.T("上报公司领导", "to the company's leadership"),
}

// Word says a value of a field in words; a company's own word stays as it is.
func Word(value string) lang.Text {
	if t, ok := words[value]; ok {
		return t
	}
	return lang.Same(value)
}
