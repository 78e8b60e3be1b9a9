package engine

import (
	"fmt"
	"strings"
	"testing"

	"zujian/index"
	"zujian/knowledge"
)

// noticeLines is a notice made up for these tests.
var noticeLines = strings.Split(strings.TrimSpace(`
为方便群众借书，推动村级书屋用得起来，制定本办法。
一、开放时间
书屋每周开放不少于五天；农忙时节可以减为三天，但须提前一周告示。
二、借阅
（一）凭证借书。本村居民凭身份证借书，每人每次不超过三册；外来务工人员另交押金五十元，还书时退还。
（二）期限。一般图书借期三十日，连环画借期十五日。
（三）任何人不得将阅览室的报纸带出书屋。
（四）音像资料可以在室内使用，除盲人读者外不得外借。
（五）租住不满三个月的住户，不得办理借书证。
三、管理
（一）书屋由村委会负责管理，乡文化站每季度检查一次。
（二）有下列情形之一的，取消借书资格：
1.一年内三次逾期不还的；
2.毁坏图书又不赔偿的；
3.冒用他人身份证借书的。
（三）提倡党员轮流值班，每次两小时。
四、申请新建的材料
申请新建书屋，应当提交以下材料：
1.村委会申请书；
2.房屋平面图；
3.房屋使用权证明复印件；
4.管理员身份证复印件；
5.藏书目录；
6.消防检查合格证明；
7.周边居民意见；
8.年度经费预算，其中购书费不得低于预算总额的一半，由村委会盖章确认；
（四）志愿者不发补助，免费借书。
（五）任职不满一年的管理员，当年不评先进。
五、补助
类型：中心书屋；补助标准：每年八千元；牵头单位：县图书馆
类型：流动书屋；补助标准：每年三千元；牵头单位：乡文化站
`), "\n")

func notice() *knowledge.Document {
	d := &knowledge.Document{ID: "books", Title: "石坝乡关于印发《村级书屋管理办法》的通知", Issuer: "石坝乡人民政府"}
	d.Sections, d.Clauses = knowledge.Structure(noticeLines)
	return d
}

// askedOf is a question as it is compared, without an index.
func askedOf(t *testing.T, turns ...string) *comparison {
	t.Helper()
	words, err := index.LoadWords(nil)
	if err != nil {
		t.Fatal(err)
	}
	thesaurus := words.Thesaurus()
	u := &understander{thesaurus: thesaurus, words: words, known: func(string) bool { return false }}
	c := &comparison{q: u.understand(turns)}
	for _, x := range c.q.units {
		s := sought{unit: x, near: append([]index.Near{{Word: x.word, Weight: 1}}, thesaurus.Near(x.word)...)}
		if n := size(x.word); n >= 3 && len(s.near) == 1 {
			s.pairs = index.Grams(x.word)
			s.share = piecesOfLong / float64(len(s.pairs))
		}
		c.words = append(c.words, s)
	}
	return c
}

func poolOf(t *testing.T, l *knowledge.Library) *pool {
	t.Helper()
	words, err := index.LoadWords(nil)
	if err != nil {
		t.Fatal(err)
	}
	return newPool(l, words, func(*knowledge.Document) bool { return false })
}

// entryOf is the first entry that has a text, of the kind wanted where one is.
func entryOf(t *testing.T, d *knowledge.Document, has string, kind knowledge.EntryKind) *candidate {
	t.Helper()
	l := &knowledge.Library{Documents: []*knowledge.Document{d}}
	d.Validity = knowledge.InForce
	for _, v := range poolOf(t, l).entries {
		if strings.Contains(v.entry.Text, has) && v.entry.Answers() && (kind == "" || v.entry.Kind == kind) {
			return &candidate{view: v}
		}
	}
	t.Fatalf("no entry has %q", has)
	return nil
}

func TestFirstLine(t *testing.T) {
	for _, x := range []struct {
		name, asked, has string
		kind             knowledge.EntryKind
		want             string
	}{
		{"a short clause whole", "书屋归谁管", "村委会负责管理", "", "书屋由村委会负责管理，乡文化站每季度检查一次。"},
		{"the heading that runs in is left out", "连环画能借几天", "连环画借期", "", "一般图书借期三十日，连环画借期十五日。"},
		{"what is forbidden", "报纸能不能带出书屋", "不得将阅览室", "", "不可以。任何人不得将阅览室的报纸带出书屋。"},
		{"no verdict beside an exception", "音像资料能不能外借", "除盲人读者外", "", "音像资料可以在室内使用，除盲人读者外不得外借。"},
		{"no verdict where a number is not met", "租住的住户能不能办借书证", "租住不满", "", "租住不满三个月的住户，不得办理借书证。"},
		{"a verdict where it is", "租住两个月的住户能不能办借书证", "租住不满", "", "不可以。租住不满三个月的住户，不得办理借书证。"},
		{"what is only urged", "党员是不是必须轮流值班", "提倡党员", "", "不是必须。提倡党员轮流值班，每次两小时。"},
		{"no verdict on a denial", "不轮流值班可以吗", "提倡党员", "", "提倡党员轮流值班，每次两小时。"},
		{"what is not granted", "志愿者有没有补助", "不发补助", "", "没有。志愿者不发补助，免费借书。"},
		{"what is asked by saying it twice", "当了管理员三个月评不评先进", "不评先进", "", "任职不满一年的管理员，当年不评先进。"},
		{"two questions get no verdict", "报纸能不能带走，杂志能不能借", "不得将阅览室", "", "任何人不得将阅览室的报纸带出书屋。"},
		{"an item with its lead-in", "冒用别人身份证借书会咋样", "冒用他人", knowledge.EntryItem, "有下列情形之一的，取消借书资格：冒用他人身份证借书的。"},
		{"a list, whole where a screen takes it", "申请新建书屋要哪些材料", "房屋平面图", knowledge.EntryList,
			"申请新建书屋，应当提交以下材料：1.村委会申请书；2.房屋平面图；3.房屋使用权证明复印件；4.管理员身份证复印件；5.藏书目录；6.消防检查合格证明；7.周边居民意见；8.年度经费预算，其中购书费不得低于预算总额的一半，由村委会盖章确认。"},
		{"a row, what is asked first", "流动书屋哪个单位牵头", "流动书屋", knowledge.EntryRow, "流动书屋：牵头单位 乡文化站，补助标准 每年三千元。"},
		{"a place", "第二部分第（二）项说的啥", "连环画借期", "", "期限。一般图书借期三十日，连环画借期十五日。"},
	} {
		t.Run(x.name, func(t *testing.T) {
			c := askedOf(t, x.asked)
			got, _ := c.firstLine(entryOf(t, notice(), x.has, x.kind), true)
			if got != x.want {
				t.Errorf("%s\n got %s\nwant %s", x.asked, got, x.want)
			}
		})
	}
}

func TestWholeDocument(t *testing.T) {
	c := askedOf(t, "村级书屋管理办法大概讲了啥")
	got, _ := c.firstLine(entryOf(t, notice(), "制定本办法", ""), true)
	want := "《村级书屋管理办法》：为方便群众借书，推动村级书屋用得起来。讲了：开放时间、借阅、管理、申请新建的材料、补助。"
	if got != want {
		t.Errorf("got %s", got)
	}
}

func TestVerdictOnlyOfASureAnswer(t *testing.T) {
	c := askedOf(t, "报纸能不能带出书屋")
	if got, _ := c.firstLine(entryOf(t, notice(), "不得将阅览室", ""), false); strings.HasPrefix(got, "不可以。") {
		t.Errorf("an unsure answer says %s", got)
	}
}

// TestSpansAreVerbatim asks everything of every entry: what a line rests on is
// where it says, and no line is without.
func TestSpansAreVerbatim(t *testing.T) {
	d := notice()
	entryOf(t, d, "村委会", "")
	l := &knowledge.Library{Documents: []*knowledge.Document{d}}
	p := poolOf(t, l)
	for _, q := range []string{"能不能带走", "要哪些材料", "多少钱", "谁负责", "几天", "一共几步", "必须吗", "怎么办", "讲了啥", "第二条说的啥", "有什么不一样"} {
		c := askedOf(t, q)
		for _, v := range p.entries {
			if !v.entry.Answers() {
				continue
			}
			line, basis := c.firstLine(&candidate{view: v}, true)
			if len(basis) == 0 {
				t.Errorf("%s: %q rests on nothing", q, line)
			}
			for _, b := range basis {
				if b.Document != "books" || !strings.Contains(line, strings.TrimRight(d.Clauses[b.Clause].Text[b.From:b.To], "；，。：、")) {
					t.Errorf("%s: %q has not %+v", q, line, b)
				}
			}
		}
	}
}

func TestConditionOfTheQuestion(t *testing.T) {
	c := askedOf(t, "我们已经有支部了，该谁来推")
	d := &knowledge.Document{ID: "b", Title: "办法"}
	d.Sections, d.Clauses = knowledge.Structure([]string{"关于推动建会的分工，各单位按照下面说的办理，有困难的向县里反映并说明理由，县里会商以后给予答复：" +
		"已经建立支部的单位，由支部负责推动建立组织，并把进展情况按月报送上级党组织备案；" +
		"没有建立支部的单位，由上级党组织负责推动建立组织，并指定一名联络员每月到单位走访一次。"})
	for _, v := range poolOf(t, &knowledge.Library{Documents: []*knowledge.Document{inForce(d)}}).entries {
		if !strings.Contains(v.entry.Text, "没有建立") {
			continue
		}
		whole := c.opposed("没有建立支部的单位的，由上级党组织负责")
		if whole == 0 {
			t.Error("who has a branch is told what holds for who has none")
		}
	}
	if c.opposed("已建立支部的，由支部负责") != 0 {
		t.Error("what the question says is taken for its opposite")
	}
}

func inForce(d *knowledge.Document) *knowledge.Document {
	d.Validity = knowledge.InForce
	return d
}

func TestReplies(t *testing.T) {
	d := notice()
	c := askedOf(t, "外来务工人员借书押金多少钱")
	x := entryOf(t, d, "押金五十元", "")
	lead, text, basis := c.answered([]*candidate{x})
	if !strings.HasPrefix(text, lead) || !strings.Contains(text, "《村级书屋管理办法》") || !strings.Contains(lead, "五十元") || len(basis) == 0 {
		t.Errorf("answered: %s", text)
	}
}

func TestTwoCompared(t *testing.T) {
	d := notice()
	c := askedOf(t, "中心书屋和流动书屋的补助差多少")
	lead, basis := c.firstLines([]*candidate{entryOf(t, d, "中心书屋", knowledge.EntryRow), entryOf(t, d, "流动书屋", knowledge.EntryRow)})
	if !strings.Contains(lead, "八千元") || !strings.Contains(lead, "三千元") || len(basis) < 4 {
		t.Errorf("compared: %s", lead)
	}
}

func TestTwoDocuments(t *testing.T) {
	first, second := notice(), notice()
	for i, x := range second.Clauses {
		second.Clauses[i].Text = strings.ReplaceAll(x.Text, "村委会负责", "文书负责")
	}
	first.Issued, second.ID, second.Issuer, second.Issued = "2023-05-01", "other", "青坪乡人民政府", "2025-02-03"
	c := askedOf(t, "书屋归谁管")
	_, text, basis := c.answered([]*candidate{entryOf(t, first, "村委会负责管理", ""), entryOf(t, second, "文书负责管理", "")})
	want := "石坝乡人民政府《村级书屋管理办法》（2023年）：书屋由村委会负责管理，乡文化站每季度检查一次。（三、（一）第1句）\n" +
		"青坪乡人民政府《村级书屋管理办法》（2025年）：书屋由文书负责管理，乡文化站每季度检查一次。（三、（一）第1句）"
	if text != want {
		t.Errorf("got %s", text)
	}
	if len(basis) != 2 || basis[0].Document != "books" || basis[1].Document != "other" {
		t.Errorf("basis %+v", basis)
	}
}

// TestRunOfLines is about lists that no number marks: lines ended by semicolons.
func TestRunOfLines(t *testing.T) {
	d := inForce(&knowledge.Document{ID: "r", Title: "办法"})
	d.Sections, d.Clauses = knowledge.Structure([]string{"一、报名要交的东西", "照片两张；", "户口簿复印件；", "体检表。", "体检自行前往县医院。"})
	c := askedOf(t, "报名要交哪些材料")
	if got, _ := c.firstLine(entryOf(t, d, "户口簿", ""), true); got != "报名要交的东西：1.照片两张；2.户口簿复印件；3.体检表。" {
		t.Errorf("got %s", got)
	}
	c = askedOf(t, "体检去哪里")
	if got, _ := c.firstLine(entryOf(t, d, "自行前往", ""), true); !strings.HasSuffix(got, "体检自行前往县医院。") {
		t.Errorf("got %s", got)
	}
}

// TestLongListSaysHowMany is about a list that no screen takes.
func TestLongListSaysHowMany(t *testing.T) {
	d := inForce(&knowledge.Document{ID: "r", Title: "办法"})
	lines := []string{"一、报名要交下列东西："}
	for i := range 12 {
		lines = append(lines, fmt.Sprintf("%d.第%d号登记簿的复印件；", i+1, i+1))
	}
	d.Sections, d.Clauses = knowledge.Structure(lines)
	c := askedOf(t, "报名要交哪些材料")
	got, _ := c.firstLine(entryOf(t, d, "第3号", ""), true)
	if !strings.Contains(got, "9.第9号登记簿的复印件") || strings.Contains(got, "第10号") || !strings.HasSuffix(got, "；等12项。") {
		t.Errorf("got %s", got)
	}
}

func TestVerify(t *testing.T) {
	spans := []string{"每人每次不超过三册", "一般借三十日"}
	for line, ok := range map[string]bool{
		"每人每次不超过三册": true, "每人三册，一般三十日": true, "每人五册": false, "应当借三册": false, "没有三册": false,
	} {
		if got := verify(line, spans) == nil; got != ok {
			t.Errorf("%s: %v", line, got)
		}
	}
}

func TestShortTitle(t *testing.T) {
	for title, want := range map[string]string{
		"石坝乡关于印发《村级书屋管理办法》的通知":  "村级书屋管理办法",
		"县妇联关于做好妇女普查工作的通知":      "妇女普查工作的通知",
		"县妇联关于召开第二季度例会的通知":      "第二季度例会的通知",
		"县妇联关于更正《关于召开例会的通知》的通知": "更正〈关于召开例会的通知〉的通知",
		"县妇联关于贯彻《村级书屋办法》的意见":    "贯彻〈村级书屋办法〉的意见",
		"县文旅局关于印发村级书屋办法的通知":     "村级书屋办法",
		"在推进会上的讲话":              "在推进会上的讲话",
	} {
		if got := shortTitle(title); got != want {
			t.Errorf("%s: %s", title, got)
		}
	}
}

// TestPlaceOfTheTown names a notice by the street that issued it, not by the district
// before it.
func TestPlaceOfTheTown(t *testing.T) {
	for office, want := range map[string]string{
		"云溪区望江街道办事处":   "云溪区望江街道",
		"青岚县住房和城乡建设局":  "青岚县",
		"沙埠镇消防安全委员会":   "沙埠镇",
		"石湾县市场监督管理局党组": "石湾县",
	} {
		if got := officePlace(office); got != want {
			t.Errorf("%s: %s", office, got)
		}
	}
}

// TestCountedIsNotTornApart holds what a sentence counts and names behind semicolons
// together, and adds nothing that it does not count.
func TestCountedIsNotTornApart(t *testing.T) {
	for want, pieces := range map[string][]string{
		"要做到“两个到位”，即甲组负责登记；乙组负责核对。": {"要做到“两个到位”，即甲组负责登记；", "乙组负责核对。", "丙组看门。"},
		"": {"要做到“两个到位”，即登记到位、核对到位。", "丙组看门。"},
	} {
		if got := allCounted(pieces); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if got := allCounted([]string{"分三类，即甲类；", "乙类。"}); got != "" {
		t.Errorf("more are counted than there are: %q", got)
	}
}
