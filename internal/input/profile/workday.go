package profile

import "telepay/internal/lang"

var attendance = Kind{Name: "attendance", Title: lang.T("考勤", "attendance"), Files: []string{"attendance", "考勤", "打卡", "出勤"}, Fields: []Field{
	{Name: "agent", Headers: agentHeaders, Value: Agent, Required: true},
	{Name: "date", Headers: []string{"日期", "考勤日期", "出勤日期", "work date"}, Value: Day, Required: true},
	{Name: "status", Headers: []string{"状态", "考勤状态", "考勤结果", "出勤状态"}, Value: OpenWord, Words: map[string][]string{
		"present": {"正常", "出勤", "上班", "√", "到岗", "迟到", "早退", "缺卡", "normal"}, "absent": {"旷工", "缺勤", "absence"}, "rest": {"休息", "休", "休息日", "周末", "公休", "轮休", "法定休", "节假日", "off"},
		"事假": {"personal leave"}, "病假": {"sick leave", "sick"}, "年假": {"年休假", "annual leave"}, "调休": {"补休", "time off in lieu"}, "婚假": {"marriage leave"},
		"产假": {"maternity leave"}, "陪产假": {"paternity leave"}, "丧假": {"bereavement leave"}, "工伤假": {"工伤", "injury leave"}}},
	{Name: "in", Headers: []string{"上班打卡", "上班时间", "签到", "签到时间", "上班打卡时间", "首次打卡", "clock in", "check in", "first punch"}, Value: Clock},
	{Name: "out", Headers: []string{"下班打卡", "下班时间", "签退", "签退时间", "下班打卡时间", "末次打卡", "clock out", "check out", "last punch"}, Value: Clock},
	{Name: "late", Headers: []string{"迟到", "迟到时长", "迟到分钟", "迟到分钟数", "late minutes", "minutes late"}, Value: Minutes},
	{Name: "early", Headers: []string{"早退", "早退时长", "早退分钟", "早退分钟数", "early minutes", "minutes early"}, Value: Minutes},
	{Name: "missing", Headers: []string{"缺卡", "漏打卡", "missing punch"}, Value: Word, Words: map[string][]string{
		"in": {"上班", "上班缺卡", "签到"}, "out": {"下班", "下班缺卡", "签退"}, "both": {"in; out", "in;out", "in, out", "out; in", "上班; 下班", "上班;下班", "上班、下班", "上下班", "全天"}}},
	{Name: "leave_hours", Headers: []string{"请假小时", "请假时长", "请假小时数"}, Value: Hours},
	{Name: "overtime_hours", Headers: []string{"加班小时", "加班时长", "加班小时数", "overtime"}, Value: Hours},
	{Name: "approved", Headers: []string{"批准", "已批准", "审批", "审批通过"}, Value: YesNo, Words: yesNo},
	{Name: "shift", Headers: []string{"班次", "班次名称", "shift name"}},
	{Name: "hours", Headers: []string{"工时", "出勤小时", "工作时长", "worked hours", "hours worked"}, Value: Hours},
}}

// LeaveWords are the kinds of leave that a month's summary has a column for.
var LeaveWords = []string{"事假", "病假", "年假", "调休", "婚假", "产假", "陪产假", "丧假", "育儿假", "工伤假", "哺乳假"}

var monthlyAttendance = Kind{Name: "monthly-attendance", Title: lang.T("考勤月汇总", "attendance by month"), Files: []string{"monthly-attendance", "考勤月", "月度考勤"}, Fields: append([]Field{
	{Name: "agent", Headers: agentHeaders, Value: Agent, Required: true},
	{Name: "month", Headers: []string{"月份", "考勤月份"}, Value: Month},
	{Name: "scheduled", Headers: []string{"应出勤天数", "应出勤", "应打卡天数", "scheduled days"}, Value: Number, Required: true},
	{Name: "worked", Headers: []string{"出勤天数", "实际出勤天数", "实出勤", "正常天数", "days worked"}, Value: Number, Required: true},
	{Name: "absent", Headers: []string{"旷工天数", "旷工", "absent days"}, Value: Number},
	{Name: "late_times", Headers: []string{"迟到次数", "times late"}, Value: Number},
	{Name: "late_minutes", Headers: []string{"迟到时长", "迟到分钟", "minutes late"}, Value: Minutes},
	{Name: "early_times", Headers: []string{"早退次数", "times early"}, Value: Number},
	{Name: "early_minutes", Headers: []string{"早退时长", "早退分钟", "minutes early"}, Value: Minutes},
	{Name: "missing", Headers: []string{"缺卡次数", "missing punches"}, Value: Number},
	{Name: "overtime_workday", Headers: []string{"工作日加班", "工作日加班小时"}, Value: Hours},
	{Name: "overtime_rest_day", Headers: []string{"休息日加班", "休息日加班小时"}, Value: Hours},
	{Name: "overtime_holiday", Headers: []string{"节假日加班", "节假日加班小时"}, Value: Hours},
}, leaveFields()...)}

func leaveFields() []Field {
	var fields []Field
	for _, w := range LeaveWords {
		fields = append(fields, Field{Name: w, Headers: []string{w + "天数"}, Value: Number})
	}
	return fields
}

var events = Kind{Name: "events", Title: lang.T("事件", "events"), Files: []string{"events", "事件", "奖惩", "违规"}, Fields: []Field{
	{Name: "date", Headers: []string{"日期", "发生日期", "事件日期"}, Value: Day, Required: true},
	{Name: "agent", Headers: agentHeaders, Value: Agent, Required: true},
	{Name: "kind", Headers: []string{"类型", "事件类型", "事件", "type"}, Value: OpenWord, Required: true, Words: map[string][]string{
		"qa": {"质检", "质检分", "质量检查"}, "complaint": {"投诉", "客诉"}, "upheld_complaint": {"有效投诉", "投诉成立"}, "training": {"培训"}, "report": {"日报", "报表", "汇报"},
		"satisfaction": {"满意度", "回访评分"}, "test": {"考试", "考核", "测试"}, "attitude": {"主管评分", "态度"}, "violation": {"违纪", "违规"}, "loss": {"损失", "造成损失"}, "warning": {"警告", "书面警告"}, "demerit": {"记过"}, "major_demerit": {"记大过"}, "demotion": {"降级"}, "dismissal": {"开除", "辞退"}, "suspension": {"停职"}, "fine": {"罚款"}, "privacy_breach": {"泄露客户信息", "泄密"}, "private_dealing": {"私下交易", "飞单"}, "poaching": {"恶意抢单", "抢单", "恶意撞单"}, "suggestion": {"建议", "合理化建议"}}},
	{Name: "score", Headers: []string{"分数", "得分", "评分"}, Value: Number},
	{Name: "level", Headers: []string{"级别", "等级", "程度"}},
	{Name: "hours", Headers: []string{"小时", "答复用时", "培训时长", "处理时长", "hours to answer"}, Value: Hours},
	{Name: "amount", Headers: []string{"金额", "损失金额"}, Value: Money},
	{Name: "deal", Headers: []string{"单号", "订单号", "关联单号", "deal id", "order id"}, Value: ID},
	{Name: "author", Headers: []string{"记录人", "登记人", "填写人", "质检员", "recorded by"}, Required: true},
	{Name: "ground", Headers: []string{"依据", "事由", "原因", "说明", "理由", "reason"}, Required: true},
}}
