package profile

import "telepay/internal/lang"

var deals = Kind{Name: "deals", Title: lang.T("成交", "deals"), Files: []string{"deals", "成交", "订单", "签约", "合同"}, Fields: []Field{
	{Name: "deal", Headers: []string{"单号", "订单号", "成交单号", "订单编号", "合同编号", "成交编号", "deal id", "deal no", "order id", "order no", "opportunity id"}, Value: ID, Required: true},
	{Name: "line", Headers: []string{"行号", "明细行", "明细编号", "订单行", "项次", "line item", "item no"}, Value: ID},
	{Name: "agent", Headers: agentHeaders, Value: Agent, Required: true},
	{Name: "customer", Headers: customerHeaders, Value: ID, Required: true, Personal: true},
	{Name: "lead", Headers: leadHeaders, Value: ID, Personal: true},
	{Name: "phone", Headers: []string{"客户号码", "客户电话", "手机号", "电话号码", "电话", "联系电话", "phone number", "mobile"}, Value: ID, Personal: true},
	{Name: "product", Headers: []string{"产品", "产品名称", "商品", "套餐", "product name"}},
	{Name: "source", Headers: []string{"来源", "客户来源", "线索来源", "渠道来源", "lead source"}, Value: OpenWord, Words: map[string][]string{
		"公司": {"公司资源", "公司分配", "company"}, "自拓": {"自开发", "自己开发", "self"}, "转介绍": {"老客户介绍", "老带新", "referral"}}},
	{Name: "channel", Headers: []string{"渠道", "成交渠道"}},
	{Name: "value", Headers: []string{"合同额", "合同金额", "成交金额", "订单金额", "签约金额", "contract value", "deal value", "close value", "amount", "deal amount", "opportunity amount"}, Value: Money, Required: true},
	{Name: "signed", Headers: []string{"签约日", "签约日期", "签约时间", "成交日期", "成交时间", "下单时间", "close date", "signed on", "signed at", "sign date"}, Value: Day, Required: true},
	{Name: "due", Headers: []string{"应收日", "应收日期", "约定付款日", "付款期限", "应回款日", "due date", "payment due"}, Value: Day},
	{Name: "status", Headers: []string{"状态", "订单状态", "合同状态", "成交状态", "deal stage", "stage"}, Value: Word, Words: map[string][]string{
		"signed": {"已签", "签约", "已签约", "成交", "已成交", "生效", "有效", "正常", "won", "closed won"}, "cancelled": {"取消", "已取消", "作废", "已作废", "退订", "解约", "已解约", "撤单", "canceled", "closed lost", "lost"}}},
	{Name: "shares", Headers: []string{"分成", "分单", "业绩分配", "分成比例", "split"}, Value: Shares},
	{Name: "referrer", Headers: []string{"介绍人", "推荐人", "老客户", "referred by"}, Value: ID, Personal: true},
	{Name: "relation", Headers: []string{"亲友工号", "亲友", "关系人", "relative of"}, Value: Agent},
	{Name: "quantity", Headers: []string{"数量", "件数", "qty"}, Value: Number},
	{Name: "price", Headers: []string{"单价", "成交价", "unit price"}, Value: Money},
	{Name: "list_price", Headers: []string{"原价", "标价", "目录价", "指导价"}, Value: Money},
	{Name: "cost", Headers: []string{"成本", "成本价"}, Value: Money},
	{Name: "tax", Headers: []string{"税额", "税", "vat"}, Value: Money},
	{Name: "contract", Headers: []string{"合同号", "纸质合同号", "contract no"}, Value: ID},
	{Name: "receipt", Headers: []string{"收据", "收据号", "票据号", "发票号", "receipt no"}},
	{Name: "currency", Headers: []string{"币种", "货币"}},
}, Computed: []string{"buyer", "referred", "month_day", "discount", "mispriced", "collected", "paid_after"}}

var payments = Kind{Name: "payments", Title: lang.T("回款", "payments"), Files: []string{"payments", "回款", "收款", "到账"}, Fields: []Field{
	{Name: "payment", Headers: []string{"流水号", "回款编号", "回款单号", "交易单号", "交易流水号", "收款单号", "payment id", "payment no", "transaction id"}, Value: ID, Required: true},
	{Name: "deal", Headers: []string{"单号", "订单号", "成交单号", "订单编号", "合同编号", "成交编号", "deal id", "deal no", "order id", "order no", "opportunity id"}, Value: ID, Required: true},
	{Name: "paid", Headers: []string{"到账日", "到账日期", "到账时间", "回款日期", "回款时间", "付款时间", "收款日期", "收款时间", "交易时间", "paid on", "paid at", "payment date"}, Value: Day, Required: true},
	{Name: "cleared", Headers: []string{"清算日", "清算日期", "结算日期", "入账日期", "cleared on", "settled on", "settlement date"}, Value: Day},
	{Name: "amount", Headers: []string{"金额", "回款金额", "到账金额", "收款金额", "付款金额", "交易金额", "实收金额", "paid amount"}, Value: Money, Required: true},
	{Name: "kind", Headers: []string{"类型", "回款类型", "交易类型", "款项类型", "type"}, Value: Word, Words: map[string][]string{
		"payment": {"回款", "收款", "到款", "付款", "支付", "首付", "首款", "尾款", "全款", "续费"}, "refund": {"退款", "退费", "退回", "已退款", "refunded"}, "deposit": {"定金", "订金", "押金", "预付款"}}},
	{Name: "reverses", Headers: []string{"原流水号", "退款对应流水", "冲销", "原回款编号", "reversal of", "original payment"}, Value: ID},
	{Name: "fee", Headers: []string{"手续费", "服务费", "通道费"}, Value: Money},
	{Name: "tax", Headers: []string{"税额", "税", "vat"}, Value: Money},
	{Name: "payer", Headers: []string{"付款人", "付款方", "付款账户", "paid by"}, Value: ID, Personal: true},
	{Name: "currency", Headers: []string{"币种", "货币"}},
}}

var disputes = Kind{Name: "disputes", Title: lang.T("撞单", "disputes"), Files: []string{"disputes", "撞单", "争议"}, Fields: []Field{
	{Name: "dispute", Headers: []string{"撞单编号", "争议编号", "编号", "dispute id", "dispute no"}, Value: ID, Required: true},
	{Name: "customer", Headers: customerHeaders, Value: ID, Personal: true},
	{Name: "lead", Headers: leadHeaders, Value: ID, Personal: true},
	{Name: "deal", Headers: []string{"单号", "订单号", "成交单号", "合同编号", "deal id", "deal no"}, Value: ID},
	{Name: "agents", Headers: []string{"双方工号", "撞单双方", "涉及工号", "争议双方", "当事人", "parties"}, Value: Agents, Required: true},
	{Name: "opened", Headers: []string{"提出日期", "发生日期", "撞单日期", "申诉日期", "提出日", "opened on", "opened at"}, Value: Day, Required: true},
	{Name: "level", Headers: []string{"级别", "处理级别", "升级", "升级级别"}, Value: Word, Words: map[string][]string{
		"settled": {"协商", "自行协商", "已协商", "自行解决"}, "manager": {"经理", "销售经理", "升级经理"}, "leadership": {"公司领导", "领导", "公司", "总经理", "公司领导层", "领导层"}}},
	{Name: "ruled", Headers: []string{"裁决日期", "裁决日", "判定日期", "ruled on"}, Value: Day},
	{Name: "owner", Headers: []string{"归属", "归属工号", "判归", "awarded to"}, Value: Agent},
	{Name: "shares", Headers: []string{"分成", "分配", "分成比例", "split"}, Value: Shares},
	{Name: "void", Headers: []string{"作废", "均不计", "双方不计"}, Value: YesNo, Words: yesNo},
	{Name: "innocent", Headers: []string{"无责方", "无责工号", "免责"}, Value: Agents},
	{Name: "evidence", Headers: []string{"证据", "凭证", "依据"}},
}}
