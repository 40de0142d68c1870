package profile

import "telepay/internal/lang"

var numbers = Kind{Name: "numbers", Title: lang.T("号码", "numbers"), Files: []string{"numbers", "号码"}, Fields: []Field{
	{Name: "list", Headers: []string{"名单", "类别", "列表"}, Value: Word, Required: true, Words: map[string][]string{
		"company_line": {"公司号码", "公司线路", "外显号码", "company line"}, "do_not_call": {"勿扰", "免打扰", "黑名单", "拒访", "do not call", "dnc"}}},
	{Name: "number", Headers: []string{"号码", "电话号码", "手机号", "主叫号码", "phone"}, Value: ID, Required: true, Personal: true},
	{Name: "since", Headers: []string{"登记日期", "加入日期", "生效日期", "listed on", "added"}, Value: Day},
}}

var leads = Kind{Name: "leads", Title: lang.T("线索", "leads"), Files: []string{"leads", "线索"}, Fields: []Field{
	{Name: "phone", Headers: []string{"客户号码", "电话号码", "手机号", "电话", "联系电话", "phone number", "mobile"}, Value: ID, Required: true, Personal: true},
	{Name: "lead", Headers: leadHeaders, Value: ID, Personal: true},
	{Name: "agent", Headers: agentHeaders, Value: Agent},
	{Name: "given", Headers: []string{"分配日期", "分配时间", "派发日期", "assigned on", "assigned at"}, Value: Day},
	{Name: "source", Headers: []string{"来源", "线索来源", "lead source"}},
	{Name: "batch", Headers: []string{"批次", "名单批次", "导入批次"}},
	{Name: "grade", Headers: []string{"等级", "线索等级", "lead grade"}},
}}

var followups = Kind{Name: "followups", Title: lang.T("回访计划", "follow-ups"), Files: []string{"followups", "回访"}, Fields: []Field{
	{Name: "agent", Headers: agentHeaders, Value: Agent, Required: true},
	{Name: "customer", Headers: customerHeaders, Value: ID, Required: true, Personal: true},
	{Name: "due", Headers: []string{"约定日期", "计划日期", "应回访日", "应回访日期", "预约日期", "到期日", "due date", "due on"}, Value: Day, Required: true},
	{Name: "kind", Headers: []string{"类型", "种类", "type"}, Value: Word, Required: true, Words: map[string][]string{
		"callback": {"回访", "回电", "跟进", "follow up", "follow-up"}, "appointment": {"预约", "面谈", "邀约", "meeting"}}},
	{Name: "kept", Headers: []string{"已完成", "是否完成", "履约", "已到访", "done"}, Value: YesNo, Words: yesNo},
}}

var reports = Kind{Name: "reports", Title: lang.T("日报", "reports"), Files: []string{"reports", "日报"}, Fields: []Field{
	{Name: "agent", Headers: agentHeaders, Value: Agent, Required: true},
	{Name: "date", Headers: []string{"日期", "所属日期", "报告日期", "report date"}, Value: Day, Required: true},
	{Name: "kind", Headers: []string{"类型", "种类", "报表类型", "type"}, Value: Word, Required: true, Words: map[string][]string{
		"daily": {"日报", "day"}, "weekly": {"周报", "week"}, "plan": {"月计划", "计划", "下月计划"}}},
	{Name: "submitted", Headers: []string{"提交时间", "上交时间", "submitted at", "handed in"}, Value: Instant},
	{Name: "dials", Headers: []string{"自报拨打量", "拨打量"}, Value: Number},
	{Name: "connects", Headers: []string{"自报接通量", "接通量"}, Value: Number},
	{Name: "talk", Headers: []string{"自报通话时长", "通话时长"}, Value: Seconds},
	{Name: "deals", Headers: []string{"自报成交数", "成交数"}, Value: Number},
	{Name: "collected", Headers: []string{"自报回款", "回款"}, Value: Money},
}}
