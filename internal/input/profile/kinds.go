package profile

import "telepay/internal/lang"

// Kinds returns every kind of export, in the order in which they are read.
func Kinds() []Kind {
	return []Kind{roster, grades, counters, calls, connects, deals, payments, disputes, attendance, monthlyAttendance, events, targets, decisions, tax, opening, numbers, leads, followups, reports}
}

// agentHeaders are how exports call the column of the agent's id.
var agentHeaders = []string{"工号", "坐席工号", "座席工号", "员工工号", "员工号", "员工代码", "人员工号", "业务员工号", "客服工号", "销售工号", "坐席编号", "座席编号", "员工编号", "人员编号", "坐席id", "座席id", "员工id",
	"agent id", "agent no", "employee id", "employee no", "staff id", "user id", "坐席", "座席", "客服", "员工", "销售", "业务员", "销售员", "user", "cno", "sales agent", "agent name", "owner", "deal owner", "opportunity owner", "sales rep", "rep"}

var customerHeaders = []string{"客户编号", "客户id", "客户号", "客户", "客户名称", "客户姓名", "公司名称", "customer id", "customer no", "customer name", "client", "account", "account name"}

var leadHeaders = []string{"线索", "线索编号", "线索id", "线索号", "lead id", "lead no"}

var yesNo = map[string][]string{"yes": {"是", "y", "true", "1", "√", "有", "已批准", "批准", "同意", "通过"}, "no": {"否", "n", "false", "0", "×", "无", "未批准", "不同意"}}

var intents = []string{"意向", "意向等级", "客户意向", "意向度", "intention", "interest"}

var roster = Kind{Name: "roster", Title: lang.T("花名册", "roster"), Files: []string{"roster", "花名册", "company", "公司"}, Fields: []Field{
	{Name: "agent", Headers: agentHeaders, Value: ID, Required: true},
	{Name: "name", Headers: []string{"姓名", "员工姓名", "坐席姓名", "名字", "full name", "employee name"}, Value: Text, Required: true},
	{Name: "team", Headers: []string{"团队", "小组", "组别", "班组", "部门", "所属团队", "所属小组", "所属部门", "department"}, Value: Text, Required: true},
	{Name: "site", Headers: []string{"职场", "场地", "分公司", "location", "office"}},
	{Name: "region", Headers: []string{"大区", "区域", "地区"}},
	{Name: "leader", Headers: []string{"主管工号", "组长工号", "上级工号", "主管", "组长", "直属上级", "leader id", "manager", "supervisor"}, Value: ID},
	{Name: "role", Headers: []string{"角色", "岗位", "职务", "职位", "position", "job title", "title"}, Value: OpenWord, Required: true, Words: map[string][]string{
		"agent": {"坐席", "座席", "销售", "电销", "电销员", "电销专员", "销售专员", "销售顾问", "客户经理", "sales rep", "sales representative", "rep", "员工", "话务员"}, "leader": {"组长", "主管", "团队长", "班长", "team leader", "team lead", "supervisor", "manager"}}},
	{Name: "grade", Headers: []string{"职级", "级别", "等级", "level"}},
	{Name: "status", Headers: []string{"状态", "员工状态", "转正状态", "试用状态"}, Value: OpenWord, Words: map[string][]string{
		"试用": {"试用期", "probation", "trial", "未转正"}, "正式": {"转正", "已转正", "正式员工", "regular", "permanent", "confirmed"}}},
	{Name: "employment", Headers: []string{"用工形式", "用工方式", "用工性质", "employment type"}, Value: Word, Words: map[string][]string{
		"full_time": {"全职", "full time", "全日制"}, "part_time": {"兼职", "part time", "非全日制", "小时工"}, "partner": {"合作", "合伙人", "代理", "外包"}}},
	{Name: "base", Headers: []string{"底薪", "基本工资", "固定工资", "base salary", "base pay"}, Value: Money},
	{Name: "hire", Headers: []string{"入职", "入职日期", "入职日", "入职时间", "hire date", "start date", "joined"}, Value: Day, Required: true},
	{Name: "leave", Headers: []string{"离职", "离职日期", "离职日", "最后工作日", "leave date", "end date", "last day"}, Value: Day},
	{Name: "tax", Headers: []string{"计税方式", "税种", "个税", "个税类型", "tax type"}, Value: Word, Words: map[string][]string{
		"wage": {"工资", "工资薪金", "薪金"}, "labour": {"劳务", "劳务报酬", "labor"}, "platform": {"平台", "灵活用工"}, "student": {"实习", "实习生"}, "none": {"无", "不扣", "不代扣"}}},
	{Name: "language", Headers: []string{"语言", "工资单语言"}, Value: Word, Words: map[string][]string{"zh-CN": {"中文", "zh", "chinese", "zh_cn"}, "en": {"英文", "英语", "english"}}},
	{Name: "account", Headers: []string{"银行账号", "银行卡号", "账号", "工资卡", "bank account"}, Value: ID, Personal: true},
	{Name: "aliases", Headers: []string{"别名", "其他工号", "系统账号", "alias"}},
	{Name: "insurance", Headers: []string{"参保", "社保"}, Value: Word, Words: map[string][]string{"yes": {"是", "参保", "y"}, "none": {"不参保", "否", "无", "no", "n"}}},
	{Name: "insurance_base", Headers: []string{"社保基数", "社保缴费基数", "缴费基数"}, Value: Money},
	{Name: "average_wage", Headers: []string{"上年月均工资", "上年月平均工资"}, Value: Money},
	{Name: "fund", Headers: []string{"公积金"}, Value: Word, Words: map[string][]string{"yes": {"是", "缴存", "y"}, "none": {"不缴", "否", "无", "no", "n"}, "first": {"首次", "新开户"}}},
	{Name: "fund_base", Headers: []string{"公积金基数", "公积金缴存基数"}, Value: Money},
	{Name: "fund_rate", Headers: []string{"公积金比例", "公积金缴存比例"}, Value: Number},
	{Name: "local", Headers: []string{"本地户籍", "本市户籍", "深户"}, Value: YesNo, Words: yesNo},
	{Name: "additional", Headers: []string{"专项附加扣除", "月专项附加扣除"}, Value: Money},
	{Name: "first_job", Headers: []string{"首次就业", "年内首次取得工资"}, Value: YesNo, Words: yesNo},
	{Name: "sixty_thousand", Headers: []string{"六万扣除", "按六万扣除"}, Value: YesNo, Words: yesNo},
	{Name: "since", Headers: []string{"生效日期", "生效日", "起始日期", "自", "effective", "effective date", "valid from"}, Value: Day},
}}

var grades = Kind{Name: "grades", Title: lang.T("职级表", "grades"), Files: []string{"grades", "职级"}, Fields: []Field{
	{Name: "grade", Headers: roster.Fields[7].Headers, Required: true},
	{Name: "base", Headers: roster.Fields[10].Headers, Value: Money},
}}

var calls = Kind{Name: "calls", Title: lang.T("通话", "calls"), Files: []string{"calls", "通话", "话单", "呼叫"}, Fields: []Field{
	{Name: "call_id", Headers: []string{"通话编号", "通话id", "通话流水号", "呼叫id", "话单号", "话单id", "呼叫流水号", "流水号", "uuid", "unique id", "session id", "contact id"}, Value: ID, Required: true},
	{Name: "agent", Headers: agentHeaders, Value: Agent},
	{Name: "started", Headers: []string{"开始时间", "呼叫时间", "拨打时间", "通话开始时间", "呼叫开始时间", "start time", "started at", "call time", "call date", "start"}, Value: Instant, Required: true},
	{Name: "direction", Headers: []string{"方向", "呼叫方向", "呼叫类型", "通话类型", "call direction", "call type"}, Value: Word, Words: map[string][]string{
		"out": {"呼出", "外呼", "呼出电话", "去电", "拨出", "outbound", "outgoing", "o"}, "in": {"呼入", "来电", "呼入电话", "inbound", "incoming", "i"}}},
	{Name: "phone", Headers: []string{"被叫", "客户号码", "被叫号码", "客户电话", "电话号码", "手机号", "电话", "联系电话", "callee", "phone number", "customer number", "destination"}, Value: ID, Personal: true},
	{Name: "line", Headers: []string{"主叫", "主叫号码", "外显号码", "线路", "中继", "caller", "caller id", "trunk"}, Value: ID},
	{Name: "lead", Headers: leadHeaders, Value: ID, Personal: true},
	{Name: "customer", Headers: customerHeaders, Value: ID, Personal: true},
	{Name: "result", Headers: []string{"结果", "接通状态", "通话结果", "呼叫结果", "通话状态", "呼叫状态", "disposition", "outcome", "call outcome", "call result", "call status"}, Value: Word, Words: map[string][]string{
		"answered":  {"接通", "已接通", "接听", "已接听", "已接", "双方接听", "成功", "connected", "answer"},
		"no_answer": {"未接", "未接通", "未接听", "无人接听", "无应答", "客户未接听", "客户未接", "响铃未接", "no answer", "noanswer", "unanswered", "missed", "voicemail"},
		"busy":      {"忙", "忙线", "占线", "用户忙", "正忙", "通话中", "正在通话中"},
		"rejected":  {"拒接", "拒绝", "用户拒接", "客户拒接", "挂断", "被挂断", "declined"},
		"power_off": {"关机", "已关机", "无法接通", "不在服务区", "power off", "unreachable"},
		"invalid":   {"空号", "停机", "号码不存在", "号码错误", "欠费停机", "invalid number"},
		"failed":    {"失败", "呼叫失败", "线路故障", "外呼失败", "取消", "failure", "error", "cancelled", "canceled", "congestion"}}},
	{Name: "talk", Headers: []string{"通话时长", "通话秒数", "计费时长", "talk time", "talk seconds", "billsec"}, Value: Seconds},
	{Name: "ring", Headers: []string{"振铃时长", "响铃时长", "振铃秒数", "等待时长", "ring time", "ring seconds", "wait time"}, Value: Seconds},
	{Name: "intent", Headers: intents, Value: OpenWord},
	{Name: "hangup", Headers: []string{"挂断方", "挂机方", "挂断", "hangup by", "hung up by", "released by"}, Value: Word, Words: map[string][]string{
		"agent": {"坐席", "座席", "坐席挂断", "座席挂断", "坐席挂机", "客服", "员工"}, "customer": {"客户", "用户", "客户挂断", "客户挂机", "client"}}},
	{Name: "next_contact", Headers: []string{"下次联系", "下次联系时间", "下次跟进", "下次跟进时间", "next follow up", "callback"}},
	{Name: "note", Headers: []string{"备注", "沟通记录", "小结", "通话小结", "notes", "remark", "comment"}, Personal: true},
	{Name: "recording", Headers: []string{"录音", "录音文件", "录音地址", "recording file", "recording url"}},
}, Computed: []string{"clock", "weekday", "connected", "company_line", "batch", "lead_grade", "listed", "count"}}

var counters = Kind{Name: "call-counters", Title: lang.T("通话计数", "call counters"), Files: []string{"call-counters", "通话计数", "通话统计"}, Fields: []Field{
	{Name: "agent", Headers: agentHeaders, Value: Agent},
	{Name: "date", Headers: []string{"日期", "统计日期", "通话日期"}, Value: Day, Required: true},
	{Name: "direction", Headers: calls.Fields[3].Headers, Value: Word, Words: calls.Fields[3].Words},
	{Name: "dials", Headers: []string{"拨打量", "拨打次数", "外呼量", "呼叫量", "通话次数", "calls", "total calls", "call count"}, Value: Number, Required: true},
	{Name: "connects", Headers: []string{"接通量", "接通次数", "接通数", "connected calls", "answered calls"}, Value: Number, Required: true},
	{Name: "talk", Headers: []string{"通话时长", "通话秒数", "总通话时长", "talk time", "talk seconds"}, Value: Seconds},
}}

var connects = Kind{Name: "connects", Title: lang.T("接通", "connects"), Files: []string{"connects", "接通"}, Fields: []Field{
	{Name: "call_id", Headers: calls.Fields[0].Headers, Value: ID, Required: true},
	{Name: "agent", Headers: agentHeaders, Value: Agent},
	{Name: "answered", Headers: []string{"接听时间", "接通时间", "应答时间", "answer time", "answered at", "connect time", "connected at"}, Value: Instant, Required: true},
	{Name: "talk", Headers: []string{"通话时长", "通话秒数", "计费时长", "talk time", "talk seconds", "billsec"}, Value: Seconds, Required: true},
	{Name: "ring", Headers: []string{"振铃时长", "响铃时长", "振铃秒数", "等待时长", "ring time", "ring seconds", "wait time"}, Value: Seconds},
	{Name: "intent", Headers: intents, Value: OpenWord},
	{Name: "next_contact", Headers: []string{"下次联系", "下次联系时间", "下次跟进", "下次跟进时间", "next follow up", "callback"}},
}}

var targets = Kind{Name: "targets", Title: lang.T("任务", "targets"), Files: []string{"targets", "任务", "目标"}, Fields: []Field{
	{Name: "month", Headers: []string{"月份", "年月", "月", "period"}, Value: Month},
	{Name: "scope", Headers: []string{"范围", "层级", "对象类型"}, Value: Word, Required: true, Words: map[string][]string{
		"agent": {"个人", "坐席", "座席", "员工", "person"}, "team": {"团队", "小组", "组"}, "site": {"职场"}, "region": {"大区", "区域"}, "company": {"公司", "全公司"}}},
	{Name: "id", Headers: []string{"对象", "工号", "编号", "工号或团队", "名称", "员工工号", "坐席工号", "团队", "agent id", "employee id", "name", "team"}, Value: ID},
	{Name: "kpi", Headers: []string{"指标", "指标名称", "考核指标", "measure"}, Required: true},
	{Name: "target", Headers: []string{"任务", "目标", "目标值", "任务值", "任务量", "value", "goal"}, Value: Number, Required: true},
	{Name: "approved_by", Headers: []string{"批准人", "审批人", "审核人", "approver"}},
	{Name: "approved_on", Headers: []string{"批准日期", "审批日期", "批准日", "approval date"}, Value: Day},
}}

var decisions = Kind{Name: "decisions", Title: lang.T("决定", "decisions"), Files: []string{"decisions", "决定", "裁定"}, Fields: []Field{
	{Name: "date", Headers: []string{"日期", "决定日期"}, Value: Day, Required: true},
	{Name: "author", Headers: []string{"决定人", "作出人", "签字人", "批准人", "decided by", "signed by"}, Required: true},
	{Name: "what", Headers: []string{"决定", "事项", "类型", "决定类型", "decision"}, Value: Word, Required: true, Words: map[string][]string{
		"ruling": {"裁决", "判定", "裁定"}, "accept": {"认可", "接受", "确认"}, "one_off": {"一次性", "单次", "one off", "一次性奖惩", "一次性奖励", "奖励", "补发"}, "write_off": {"核销", "豁免", "write off", "免除"},
		"release": {"释放", "发放", "解除暂扣"}, "void": {"作废", "不计提成"}, "exclude": {"排除", "剔除"}, "reassign": {"改派", "改归属", "转移"}}},
	{Name: "ref", Headers: []string{"对象", "依据行", "关联", "关联对象", "reference"}, Value: ID, Required: true},
	{Name: "agent", Headers: agentHeaders, Value: Agent},
	{Name: "amount", Headers: []string{"金额"}, Value: Money},
	{Name: "shares", Headers: []string{"分成", "分配", "比例"}, Value: Shares},
	{Name: "reason", Headers: []string{"理由", "原因", "说明"}, Required: true},
}}

// tax is what the tax client exports of each person: amounts of the year to date.
var tax = Kind{Name: "tax", Title: lang.T("个税扣除", "tax deductions"), Files: []string{"tax", "个税", "专项附加扣除"}, Fields: []Field{
	{Name: "agent", Headers: agentHeaders, Value: Agent, Required: true},
	{Name: "month", Headers: []string{"税款所属期", "所属期", "扣缴月份"}, Value: Month},
	{Name: "additional", Headers: []string{"累计专项附加扣除", "专项附加扣除累计"}, Value: Money, Required: true},
	{Name: "other", Headers: []string{"本月其他扣除", "其他扣除"}, Value: Money},
}}

var opening = Kind{Name: "opening", Title: lang.T("期初", "opening balances"), Files: []string{"opening", "期初"}, Fields: []Field{
	{Name: "agent", Headers: agentHeaders, Value: Agent, Required: true},
	{Name: "what", Headers: []string{"项目", "类型", "事项"}, Value: Word, Required: true, Words: map[string][]string{
		"holdback": {"留存", "预留"}, "staged": {"分期"}, "draw": {"预支"}, "debt": {"欠款"}, "carried_deduction": {"结转扣款"}, "earned_on_credit": {"已计提成"},
		"to_date": {"累计"}, "tax_income": {"累计收入"}, "tax_deducted": {"累计扣除"}, "tax_withheld": {"累计已扣税", "累计已预扣税额"}, "tax_months": {"累计月数"}, "known_customer": {"老客户"}}},
	{Name: "ref", Headers: []string{"对象", "关联", "单号", "规则", "reference"}, Value: ID},
	{Name: "month", Headers: []string{"月份", "年月"}, Value: Month},
	{Name: "amount", Headers: []string{"金额", "数额"}, Value: Money, Required: true},
}}
