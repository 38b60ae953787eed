//! The one table of columns: what a spreadsheet may hold about customers, contacts, orders and touches, and every
//! heading by which the column is known, in English and Chinese, from the printed templates (A147, A148, A150) to
//! the dialects of other systems. How headings are compared and assigned is in `headings`. A new alias is one word
//! in one row here; it is written as people write it, case, blanks and signs do not count.

/// What the rows of a file are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Noun {
    /// Customers, one a row, each with at most one contact beside it.
    Customers,
    /// People at customers.
    Contacts,
    /// Orders.
    Orders,
    /// Touches.
    Touches,
    /// Answers to a survey.
    Surveys,
}

impl Noun {
    /// All nouns, in the order in which a tie is decided.
    pub const ALL: [Self; 5] = [Self::Customers, Self::Contacts, Self::Orders, Self::Touches, Self::Surveys];

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// What one cell of a column holds; decides which function of `values` reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Any text.
    Text,
    /// A calendar day.
    Date,
    /// A day, with or without a time.
    Instant,
    /// Yuan.
    Amount,
    /// A whole number.
    Integer,
    /// Yes or no.
    YesNo,
    /// Phone numbers.
    Phones,
    /// E-mail addresses.
    Emails,
    /// One word of a controlled list (`words`), or an industry, or a size.
    Word,
}

/// One row of the table.
pub struct Spec {
    /// The column.
    pub column: Column,
    /// Its field name in English, as on the command line.
    pub id: &'static str,
    /// What its cells hold.
    pub holds: Holds,
    /// Whether several columns of a file may give it (手机 and 座机 are both `phone`).
    pub many: bool,
    nouns: u8,
    aliases: &'static [&'static str],
    /// Further aliases that mean this only in files about some nouns.
    also: &'static [(u8, &'static [&'static str])],
}

impl Spec {
    /// Whether files about `noun` have this column.
    pub const fn belongs_to(&self, noun: Noun) -> bool {
        self.nouns & noun.bit() != 0
    }

    /// Returns the headings of this column in files about `noun`, its id first.
    pub fn aliases(&self, noun: Noun) -> impl Iterator<Item = &'static str> {
        let further = self.also.iter().filter(move |(nouns, _)| nouns & noun.bit() != 0);
        std::iter::once(self.id)
            .chain(self.aliases.iter().copied())
            .chain(further.flat_map(|(_, aliases)| aliases.iter().copied()))
            .filter(move |_| self.belongs_to(noun))
    }
}

const C: u8 = Noun::Customers.bit();
const P: u8 = Noun::Contacts.bit();
const O: u8 = Noun::Orders.bit();
const T: u8 = Noun::Touches.bit();
const S: u8 = Noun::Surveys.bit();
const ALL: u8 = C | P | O | T | S;

/// Makes the enum and its table from the same rows, so that neither can lack a column.
macro_rules! columns {
    ($($(#[doc = $doc:literal])+ $column:ident $id:literal $holds:ident $many:ident $nouns:expr;
       [$($alias:literal),* $(,)?] $(, $some:expr => [$($more:literal),* $(,)?])*)+) => {
        /// A column that the importer knows.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Column { $($(#[doc = $doc])+ $column,)+ }

        /// Every column once, in the order of [`Column`].
        pub const COLUMNS: &[Spec] = &[$(Spec {
            column: Column::$column,
            id: $id,
            holds: Holds::$holds,
            many: columns!(@many $many),
            nouns: $nouns,
            aliases: &[$($alias),*],
            also: &[$(($some, &[$($more),*])),*],
        }),+];

        impl Column {
            /// Returns the row of the table.
            pub const fn spec(self) -> &'static Spec {
                // A match and not an index: the table and the enum come from the same rows.
                match self { $(Self::$column => {
                    const SPEC: &Spec = &Spec {
                        column: Column::$column,
                        id: $id,
                        holds: Holds::$holds,
                        many: columns!(@many $many),
                        nouns: $nouns,
                        aliases: &[$($alias),*],
                        also: &[$(($some, &[$($more),*])),*],
                    };
                    SPEC
                })+ }
            }
        }
    };
    (@many one) => { false };
    (@many many) => { true };
}

columns! {
    // who it is about
    /// Customer number (A7, A74).
    Code "code" Text one ALL; ["customer code", "customer number", "customer no", "customer no.", "customer id", "client id",
        "account number", "client number", "客户编号", "客户编码", "客户代码", "客户号", "客户ID", "客户序号",
        "企业编号", "单位编号", "会员编号", "会员号", "会员卡号", "客户档案号", "顾客编号"],
        C => ["number", "no", "no.", "编号", "编码", "代码", "档案编号"]
    /// Id in the system the file comes from; makes a repeated import harmless.
    External "external_id" Text one ALL; ["external id", "record id", "id", "account id", "contact id", "lead id", "organization id",
        "person id", "activity id", "company id", "zoho id", "外部编号", "外部ID", "系统ID", "系统编号", "源系统编号", "记录ID", "唯一标识"]
    /// Name of the customer (A8).
    Name "name" Text one ALL; ["customer", "customer name", "client", "client name", "company", "company name", "account", "account name",
        "organization", "organisation", "organization name", "organisation name", "business name", "associated company",
        "associated company (primary)", "associated company names", "company name (primary)", "related to",
        "客户", "客户名称", "客户名", "客户全称", "公司", "公司名称", "公司名", "公司全称", "企业", "企业名称", "企业全称",
        "企业全称/个人姓名", "单位", "单位名称", "工作单位", "所属公司", "所属客户", "所属企业", "客户单位", "顾客名称",
        "客户姓名", "店名", "门店名称", "商户名称", "会员姓名", "会员名称", "对方户名", "购方名称"],
        C => ["名称", "全称", "单位全称", "display name"]
    /// Company or person (A9) for customers; proactive, reply or inbound (A85) for touches.
    Kind "kind" Word one C | T; [],
        C => ["customer type", "account type", "type", "company type", "客户类型", "客户性质", "客户类别", "客户种类", "企业/个人", "个人/企业", "性质", "单位性质"],
        T => ["direction", "touch kind", "互动性质", "触达类型", "触达性质", "互动类型", "主动/被动", "方向", "呼叫类型", "是否主动", "call direction"]
    /// Industry (A10, A11).
    Industry "industry" Word one C; ["sector", "industry type", "行业", "所属行业", "行业类别", "行业类型", "行业分类", "客户行业", "所属行业分类", "经营行业"]
    /// Size class, number of employees or a range of it (A14).
    Size "size" Word one C; ["company size", "size class", "企业规模", "规模", "公司规模", "单位规模", "客户规模", "人员规模"]
    /// Number of employees (A12).
    Employees "employees" Word one C; ["number of employees", "no. of employees", "employee count", "num employees", "headcount", "staff",
        "员工数", "员工人数", "员工数量", "人数", "企业规模(员工数)", "职工人数", "公司人数", "企业人数", "雇员数", "从业人数"]
    /// Annual revenue (A13).
    Revenue "revenue" Amount one C; ["annual revenue", "yearly revenue", "turnover", "年营收", "营收", "年收入", "营业收入", "年营业额", "营业额", "年销售额", "企业规模(年营收)", "年产值"]
    /// Region, province, city.
    Region "region" Text many C; ["city", "state", "province", "state/region", "state/province", "country", "country/region", "territory", "area",
        "billing city", "billing state", "billing state/province", "billing country", "mailing city", "mailing state", "mailing country",
        "mailing state/province", "business city", "business state", "business country/region", "postal address city",
        "地区", "区域", "所在地区", "所在区域", "所属区域", "所属地区", "省份", "省", "城市", "市", "省市", "省市区", "所在地", "所在城市", "国家", "国家/地区", "大区"]
    /// Where the customer came from (A24).
    Source "source" Text one C; ["lead source", "original source", "acquisition channel", "来源", "客户来源", "获取渠道", "获客渠道", "来源渠道", "线索来源", "客户渠道"]
    /// Customer who referred this one (A23).
    Referrer "referrer" Text one C; ["referred by", "referral", "转介绍人", "介绍人", "推荐人", "转介绍", "转介绍客户", "推荐客户"]
    /// Person in charge (A27, A80).
    Owner "owner" Text one ALL; ["account owner", "contact owner", "company owner", "lead owner", "record owner", "deal owner", "owner name", "assigned to",
        "account manager", "sales rep", "salesperson", "responsible", "organization owner", "activity owner", "activity assigned to",
        "负责人", "客户经理", "跟进人", "销售", "销售代表", "业务员", "业务经理", "销售员", "销售人员", "归属人", "所属销售", "客户负责人", "专属客户经理",
        "维护人", "归属销售", "所有人", "客户所有人", "销售负责人", "首触归属"],
        T => ["经办人", "记录人", "执行人", "沟通人", "联系人员", "by", "user", "logged by", "created by", "跟进人员", "拜访人", "填写人"],
        O => ["经办人", "下单业务员"]
    /// Department of the owner or writer (A91); of a person for contacts.
    Department "department" Text one P | C | T; ["dept", "部门", "所属部门", "所在部门", "归属部门"]
    // classes
    /// 客户等级, which names two scales; the values tell whether it is `grade` or `segment` (B46).
    Level "level" Word one C; ["customer level", "客户等级", "客户级别", "等级", "级别", "客户分级", "客户星级", "会员等级"]
    /// Grade A, B, C (B25).
    Grade "grade" Word one C; ["customer grade", "rating", "account rating", "abc", "ABC等级", "ABC分类", "客户评级", "评级", "等级(ABC)"]
    /// Segment (B1).
    Segment "segment" Word one C; ["customer segment", "tier", "分层", "客户分层", "分群", "客户分群", "客户群"]
    /// Depth of cooperation.
    Depth "depth" Word one C; ["cooperation depth", "合作深度", "合作级别", "合作等级"]
    /// Kind of relation.
    Relation "relation" Word one C; ["relation type", "relationship", "关系类型", "客户关系类型", "关系"]
    /// How demanding the needs are.
    Need "need" Word one C; ["need type", "需求", "需求类型", "需求特征"]
    /// Tags, several in a cell.
    Tags "tags" Text many C | P; ["tag", "labels", "label", "groups", "group membership", "categories", "标签", "客户标签", "分组", "标记"]
    // the person
    /// Name of the contact (A15).
    Contact "contact" Text one C | P | O | T; ["contact name", "contact person", "primary contact", "key contact", "main contact", "contact full name", "person", "person name",
        "associated contact", "attention", "关键联系人", "联系人", "联系人姓名", "主要联系人", "首要联系人", "对接人", "客户联系人", "联系人名称", "接洽人", "决策人",
        "full name", "姓名", "收件人", "lead name"],
        P => ["name", "display name", "名称", "名字", "客户姓名", "中文姓名"],
        T => ["沟通对象", "拜访对象", "被访人", "参与人", "participants", "attendees"]
    /// Family name, where it stands apart.
    Family "family" Text one C | P; ["family name", "last name", "surname", "姓", "姓氏"]
    /// Given name, where it stands apart.
    Given "given" Text one C | P; ["given name", "first name", "名"]
    /// Position of the contact (A16).
    Title "title" Text one C | P; ["job title", "position", "role", "designation", "organization title", "person job title", "职位", "职务", "岗位", "头衔", "职称", "联系人职位", "联系人职务"]
    /// Phone numbers of any kind (A17, A20); of orders and touches they tell whose the row is.
    Phone "phone" Phones many ALL; ["phones", "telephone", "tel", "mobile", "mobile phone", "mobile number", "cell", "cell phone", "cellphone", "phone number",
        "mobile phone number", "telephone number", "contact number", "contact phone", "work phone", "business phone", "business phone 2", "home phone", "home phone 2",
        "office phone", "company phone", "company main phone", "other phone", "primary phone", "asst. phone", "assistant's phone", "car phone",
        "phone 1 - value", "phone 2 - value", "phone 3 - value", "phone 4 - value", "phone (work)", "phone (home)", "phone (mobile)", "phone (other)",
        "whatsapp phone number", "hotline",
        "手机", "手机号", "手机号码", "移动电话", "电话", "电话号码", "电话1", "电话2", "联系电话", "联系电话1", "联系电话2", "联系手机", "联系方式", "联系人电话", "联系人手机", "联系人联系方式",
        "座机", "座机号", "固话", "固定电话", "办公电话", "公司电话", "单位电话", "企业电话", "家庭电话", "住宅电话", "备用电话", "其他电话",
        "手机1", "手机2", "商務電話", "行動電話", "客户电话", "客户手机", "会员手机"]
    /// E-mail addresses (A20).
    Email "email" Emails many C | P; ["e-mail", "emails", "email address", "e-mail address", "e-mail 2 address", "e-mail 3 address", "mail", "work email", "personal email", "primary email", "secondary email",
        "email (work)", "email (home)", "email (other)", "e-mail 1 - value", "e-mail 2 - value", "e-mail 3 - value", "additional email addresses", "business email", "other email",
        "邮箱", "电子邮箱", "电子邮件", "邮件", "邮箱地址", "电子邮件地址", "電子郵件地址", "联系邮箱", "联系人邮箱", "公司邮箱", "E-mail地址"]
    /// Account on `WeChat` (A20).
    Wechat "wechat" Text one C | P; ["wechat id", "weixin", "微信", "微信号", "微信ID", "联系人微信", "企业微信号"]
    /// Birthday (A21).
    Birthday "birthday" Text one C | P; ["birth date", "date of birth", "dob", "birthdate", "生日", "出生日期", "出生年月", "客户生日", "联系人生日"]
    /// Whether this is the key contact (A19).
    Key "key" YesNo one P; ["is primary", "primary", "key person", "是否关键联系人", "是否主要联系人", "是否主联系人", "关键人", "主联系人", "是否首要联系人"]
    /// Preferred channel (A22) of a customer; the channel of a touch (A75).
    Channel "channel" Word one C | P | T; [],
        C | P => ["preferred channel", "preferred contact method", "preferred contact channel", "偏好渠道", "互动渠道偏好", "渠道偏好", "联系偏好", "偏好联系方式", "首选联系方式", "沟通偏好"],
        T => ["method", "type", "activity type", "task type", "engagement type", "medium", "via", "互动方式", "沟通方式", "跟进方式", "方式", "渠道", "互动渠道", "沟通渠道", "触达渠道", "触达方式", "拜访方式", "联系方式", "联系渠道", "跟进类型", "活动类型"]
    /// Address.
    Address "address" Text many C | P; ["street", "street address", "street address 2", "billing street", "billing address", "mailing street", "mailing address", "shipping address", "business street",
        "business address", "home address", "home street", "address 1 - formatted", "postal code", "zip", "zip code", "mailing zip/postal code", "billing zip/postal code", "organization address",
        "地址", "详细地址", "通讯地址", "联系地址", "公司地址", "单位地址", "办公地址", "注册地址", "收货地址", "家庭地址", "经营地址"]
    /// Web site.
    Website "website" Text one C; ["web site", "web page", "url", "company domain name", "domain", "website url", "homepage", "官网", "网址", "网站", "公司网站", "企业网站", "公司主页", "主页"]
    /// Consent to be contacted (A25).
    Consent "consent" YesNo one C | P; ["opt in", "marketing consent", "授权", "是否授权", "已授权", "同意联系", "是否同意"]
    /// Do not disturb (A26).
    OptOut "opt_out" YesNo one C | P; ["do not call", "do not contact", "do not disturb", "email opt out", "unsubscribed", "has opted out of email", "unsubscribed from all email", "退订", "请勿打扰", "免打扰", "勿扰", "是否退订", "是否免打扰"]
    // figures that come without records behind them
    /// Day of the first order (A44).
    FirstOrder "first_order" Date one C; ["first order date", "first purchase", "first deal closed date", "customer since", "首次合作日期", "首单时间", "首单日期", "首次消费时间", "首次下单时间", "首次购买时间", "首次交易日期", "合作开始日期", "首次成交日期"]
    /// Day of the latest order (A45).
    LastOrder "last_order" Date one C; ["last order date", "last purchase", "last purchase date", "last deal closed date", "最近消费时间", "最近消费日期", "最近交易日期", "最近交易时间", "最后消费时间", "最后消费日期", "上次消费时间", "最近下单时间", "最近一次消费时间", "最近购买时间", "最近成交日期", "最近采购时间"]
    /// Orders a year (A46).
    Frequency "frequency" Integer one C; ["purchase frequency", "orders per year", "消费频次", "消费频率", "购买频次", "购买频率", "采购频次", "年消费频次", "年采购次数", "消费次数", "交易频次"]
    /// Total of all orders (A47).
    Total "total" Amount one C; ["total spend", "lifetime value", "total revenue", "历史交易总额", "历史消费总金额", "累计消费金额", "累计消费", "消费总额", "消费总金额", "历史消费金额", "累计交易额", "累计交易金额", "累计成交金额", "交易总额", "总消费金额", "历史成交额"]
    /// Average order (A48).
    Average "average" Amount one C; ["average order value", "aov", "客单价", "平均客单价"]
    /// Spend of the last six months (A49).
    Spend6m "spend_6m" Amount one C; ["近6个月消费金额", "近6个月消费", "近半年消费金额", "近六个月消费金额"]
    /// Spend of the last twelve months (A50).
    Spend12m "spend_12m" Amount one C; ["annual spend", "yearly spend", "年消费金额", "年合作金额", "年消费额", "年采购额", "年交易额", "近12个月消费金额", "近一年消费金额", "近12月"]
    /// Categories bought (A51); the category of an order.
    Category "category" Text one C | O; ["product category", "item category", "品类", "产品类别", "商品类别", "产品分类", "商品分类"],
        C => ["category preference", "品类偏好", "购买品类偏好", "购买品类", "消费品类", "偏好品类"],
        O => ["类别", "分类", "产品线"]
    /// Product preferred (A52), sold, or talked about (A89).
    Product "product" Text one C | O | T; ["products", "product name", "产品", "产品名称", "商品", "商品名称"],
        C => ["产品偏好", "服务偏好", "产品/服务偏好", "偏好产品", "product preference"],
        O => ["item", "item name", "deal name", "deal title", "title", "sku", "货品名称", "品名", "项目名称", "服务名称", "deal - title", "opportunity name"],
        T => ["推荐产品", "推广产品", "涉及产品", "关注产品", "产品推荐"]
    // needs
    /// Pain points (A67).
    Pain "pain" Text one C; ["pain point", "pain points", "痛点", "客户痛点", "需求痛点", "主要痛点"]
    /// What the customer wants to reach (A68).
    Goal "goal" Text one C; ["goals", "expected goal", "期望目标", "客户期望", "期望"]
    /// Product classes of interest (A69).
    Interest "interest" Text one C; ["interests", "关注产品类别", "关注品类", "感兴趣产品", "意向产品", "关注产品"]
    /// Decision cycle (A70).
    DecisionCycle "decision_cycle" Text one C; ["decision cycle", "决策周期"]
    /// Purchasing cycle (A71).
    PurchaseCycle "purchase_cycle" Text one C; ["purchasing cycle", "purchase cycle", "采购周期", "购买周期"]
    /// What the customer minds (A72).
    Concern "concern" Text one C; ["concerns", "关注点", "关注因素", "顾虑"]
    // orders
    /// Number of the order (A58).
    Number "number" Text one O; ["order number", "order no", "order no.", "order id", "order code", "invoice number", "invoice no", "po number", "deal id", "订单号", "订单编号", "单号", "订单编码", "合同编号", "合同号", "销售单号", "单据编号", "流水号", "交易号", "发票号码", "交易单号", "编号"]
    /// Day of the order.
    Date "date" Instant one O | S; ["order date", "close date", "closed date", "purchase date", "transaction date", "invoice date", "won time", "deal closed date", "created at", "订单日期", "下单日期", "下单时间", "日期", "时间", "交易日期", "交易时间", "成交日期", "成交时间", "签约日期", "签单日期", "消费时间", "消费日期", "购买时间", "购买日期", "付款时间", "支付时间", "合同日期", "开票日期", "销售日期", "单据日期", "订单时间"],
        S => ["survey date", "answered on", "answered at", "调查日期", "填写日期", "回收日期", "评价日期", "调查时间"]
    /// Score of a survey (A101).
    Score "score" Integer one S; ["satisfaction", "satisfaction score", "csat", "total score", "满意度", "满意度得分", "得分", "总分", "总得分", "评分", "调查得分"]
    /// Whether they would recommend, 0 to 10 (A102).
    Nps "nps" Integer one S; ["nps score", "recommend", "likelihood to recommend", "推荐意愿", "推荐度", "NPS评分", "推荐分"]
    /// Scores of the single questions.
    Answers "answers" Text one S; ["scores", "score per question", "各题得分", "单项得分", "分项得分"]
    /// Amount of the order.
    Amount "amount" Amount one O; ["order amount", "order total", "total", "total amount", "total price", "grand total", "deal value", "value", "deal amount", "net amount", "price", "金额", "订单金额", "交易金额", "消费金额", "实付金额", "实付", "成交金额", "合同金额", "总价", "总金额", "销售金额", "销售额", "支付金额", "付款金额", "订单总额", "价税合计", "应付金额", "收入金额"]
    /// Price of one piece.
    UnitPrice "unit_price" Amount one O; ["unit price", "list price", "单价", "价格", "售价"]
    /// Pieces.
    Quantity "quantity" Integer one O; ["qty", "units", "count", "数量", "件数", "购买数量", "订购数量", "销售数量"]
    /// Discount.
    Discount "discount" Text one O; ["coupon", "折扣", "优惠", "优惠金额", "折扣金额", "优惠券"]
    /// Amount paid back (A53).
    Refund "refund" Amount one O; ["refund amount", "refunded amount", "退款", "退款金额", "已退金额", "退货金额"]
    /// State of the order.
    Status "status" Word one O; ["order status", "deal status", "stage", "deal stage", "financial status", "状态", "订单状态", "交易状态", "成交状态", "销售阶段", "阶段"]
    // touches
    /// When it took place (A76).
    At "at" Instant one T; ["date", "time", "date time", "datetime", "activity date", "contacted at", "completed at", "marked as done time", "call time", "start date", "start time", "created date", "last activity date", "timestamp",
        "互动时间", "互动日期", "沟通时间", "沟通日期", "时间", "日期", "跟进时间", "跟进日期", "拜访时间", "拜访日期", "联系时间", "联系日期", "触达时间", "触达日期", "通话时间", "发生时间", "服务时间"]
    /// Topic (A77).
    Topic "topic" Text one T; ["subject", "title", "activity subject", "activity name", "沟通主题", "主题", "互动主题", "标题", "拜访目的", "跟进主题", "事由"]
    /// What was said (A78).
    Summary "summary" Text one T; ["description", "content", "body", "details", "activity note", "call notes", "full comments", "note body", "note content",
        "互动内容简述", "互动内容", "内容", "内容简述", "内容摘要", "沟通内容", "沟通记录", "跟进内容", "跟进记录", "拜访内容", "拜访记录", "联系内容", "互动摘要", "互动记录", "沟通简述", "服务内容", "记录", "小结"]
    /// What the customer said to it (A79).
    Feedback "feedback" Text one T; ["customer feedback", "outcome", "result", "call outcome", "response", "call result", "客户反馈", "反馈", "反馈内容", "反馈结果", "客户意见", "沟通结果", "跟进结果", "拜访结果", "客户反应"]
    /// Next actions with their dues (A81, A82).
    Next "next" Text one T; ["next step", "next steps", "next action", "next actions", "follow up", "follow-up", "todo", "to do", "下一步行动", "下一步", "下一步计划", "下步计划", "下步行动", "下一步工作", "待办", "待办事项", "后续行动", "后续计划", "后续跟进", "跟进计划", "下次计划"]
    /// Whether the customer answered or took part (A86).
    Responded "responded" YesNo one T; ["answered", "replied", "response received", "是否回复", "已回复", "是否响应", "是否接通", "是否有效", "主动回复", "是否应答", "参与", "是否参与", "主动回复/参与"]
    /// Cost of the touch (A88).
    Cost "cost" Amount one T; ["expense", "touch cost", "费用", "成本", "互动成本", "触达费用", "单次触达费用", "触达成本", "花费", "互动费用"]
    /// Script used (A90).
    Script "script" Text one T; ["话术", "使用话术", "话术编号", "话术名称", "沟通话术"]
    /// Campaign it belonged to (A90).
    Campaign "campaign" Text one T; ["campaign name", "营销活动", "活动名称", "所属活动"]
    /// Day of the event that dues like 提前3天 count from (A82).
    Event "event" Date one T; ["event date", "活动日期", "活动时间", "会议日期"]
    /// When it was entered (A84).
    RecordedAt "recorded_at" Instant one T; ["recorded at", "logged at", "entry time", "create date", "created at", "created time", "录入时间", "记录时间", "登记时间", "创建时间", "填写时间"]
    /// Whether it is settled (A92).
    Resolved "resolved" YesNo one T; ["done", "completed", "已解决", "是否解决", "是否已解决", "问题是否解决"]
    /// Whether it was necessary (A94).
    Necessary "necessary" YesNo one T; ["essential", "是否必要", "必要互动", "是否必要互动"]
    /// Anything else worth keeping.
    Note "note" Text many ALL; ["notes", "remark", "remarks", "comment", "comments", "memo", "备注", "客户备注", "备注信息", "补充说明", "其他说明", "备忘"],
        C | P | O => ["description", "说明"]
    /// A field of the company's own, named by its heading (A4).
    Own "own" Text many C; ["own field", "custom field", "自有字段", "自定义字段"]
}

/// Headings that are known and carry nothing to store; they are not reported as unknown.
pub const IGNORED: &[&str] = &[
    "序号",
    "行号",
    "拒绝原因",
    "reject reason",
    "source line",
    "phone 1 - type",
    "phone 1 - label",
    "phone 2 - type",
    "phone 2 - label",
    "e-mail 1 - type",
    "e-mail 1 - label",
    "e-mail 2 - type",
    "e-mail 2 - label",
    "e-mail type",
    "e-mail 2 type",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_every_column_once_and_in_order() {
        for (position, spec) in COLUMNS.iter().enumerate() {
            assert_eq!(spec.column as usize, position);
            assert_eq!(spec.column.spec().id, spec.id);
            assert!(Noun::ALL.iter().any(|noun| spec.belongs_to(*noun)), "{}", spec.id);
        }
    }

    #[test]
    fn ids_are_unique_and_in_the_form_of_the_command_line() {
        let mut ids: Vec<_> = COLUMNS.iter().map(|spec| spec.id).collect();
        assert!(
            ids.iter()
                .all(|id| id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_'))
        );
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), COLUMNS.len());
    }
}
