package answer

import (
	"bufio"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"zujian/knowledge"
)

func manners(t *testing.T) *Manners {
	t.Helper()
	m, err := NewManners("县妇联组织部", "010-55550000")
	if err != nil {
		t.Fatal(err)
	}
	if err := m.compiled(); err != nil {
		t.Fatal(err)
	}
	return m
}

// Small talk by its kind.
var smallTalk = map[string][]string{
	"greeting":      {"你好", "您好！", "在吗", "在不在啊", "有人吗？", "早上好呀各位", "下午好", "Hello~", "哈喽哈喽", "老师好", "喂喂喂", "吃了没", "中秋快乐", "测试一下", "早", "小助手早", "你们好啊", "喂，有人没有", "睡了吗", "新年快乐助手"},
	"thanks":        {"谢谢", "谢谢您啊", "多谢多谢", "太感谢了！", "辛苦了", "好的谢谢", "帮大忙了，谢谢", "麻烦你了", "thanks", "谢啦", "实在太感谢啦", "劳您费心了", "谢谢您这么快回", "可以了谢谢"},
	"goodbye":       {"再见", "拜拜咯", "没问题了，谢谢，再见", "先这样吧", "我先去忙了", "明天见", "晚安", "下班了拜拜", "好啦我下线了", "那改天聊", "没啥了再见"},
	"who":           {"你是谁", "你是机器人吗？", "你是真人还是机器人", "你叫什么名字呀", "自我介绍一下", "谁开发的你", "您是哪位", "对面是真人吗", "你是哪来的", "你是客服吗", "说说你自己", "你是不是AI"},
	"can":           {"你能干什么", "你会做啥", "你有什么功能", "怎么用啊", "能问你什么问题", "您可以帮我做些什么", "有没有使用说明", "你可以做哪些事", "你有啥用", "教教我怎么用"},
	"reliable":      {"你说的准吗", "靠谱不靠谱啊", "能信你吗", "你不会瞎编吧", "你会不会骗我", "答错了怎么办", "说的对吗", "你答的靠不靠谱", "你可别忽悠我", "你的话算数不"},
	"source":        {"这个讲话是谁讲的", "讲话从哪里来的", "谁讲的这个讲话", "这些材料哪儿找的", "讲话稿的出处是哪里", "讲话是谁写的", "讲话从哪抄来的"},
	"emoji":         {"👍", "😂😂😂", "[微笑]", "[强][强]", "🙏🏻", "💐👏", "[抱拳][抱拳]"},
	"puzzled":       {"？", "。。。", "？？？", "!!!"},
	MannerSimpler:   {"说简单点", "能不能说短一点", "太长了看不完", "没看懂", "说人话", "听不懂", "说重点", "简短些行不行", "太啰嗦", "看得我头晕", "能说得再直白点吗"},
	MannerAgain:     {"再说一遍", "没看清", "刚才说的什么来着", "再发一次吧", "麻烦再讲一遍", "刚才没看见，再发一次", "麻烦重复一遍"},
	MannerWhy:       {"为什么", "为啥呀", "凭什么这么规定", "这是为什么呢", "为啥这样", "为什么这么说"},
	MannerHuman:     {"转人工", "人工客服", "我要找人工", "有没有人工服务", "帮我转一下人工", "我想找个人说说", "不想跟机器人说了", "给我换人工", "我要找真人聊", "叫个人来跟我说"},
	MannerComplaint: {"我要投诉", "投诉你们", "给你提个意见", "我要投诉这个机器人", "我一定要投诉你", "我有点意见"},
	"praise":        {"真棒", "答得真好", "你好聪明啊", "不错不错", "太专业了", "给你点赞", "哈哈哈哈", "说得很清楚", "真给力", "不错，点个赞"},
	"swearing":      {"傻逼", "什么破玩意", "你个智障", "没用的东西", "他妈的", "太笨了", "滚", "你真的很蠢", "什么垃圾程序", "一问三不知"},
	"acknowledged":  {"好", "好的", "嗯嗯", "收到", "知道了", "要得", "ok", "晓得了", "明白", "嗯，知道啦", "OK收到", "要得要得"},
	MannerFragment:  {"没得", "没有", "不知道", "呃", "那个", "算了", "猫", "但是", "没得嘛", "唔", "鱼"},
	"opening":       {"请问", "想问个事", "能请教一个问题吗", "打扰了", "老师我有个问题", "我想请教下", "可以问吗"},
}

func TestSmallTalk(t *testing.T) {
	m := manners(t)
	n, wrong := 0, 0
	for kind, messages := range smallTalk {
		for _, text := range messages {
			n++
			say, got, ok := m.Reply(text, 0)
			if !ok || got != kind {
				wrong++
				t.Errorf("%q: %q, %v; want %s", text, got, ok, kind)
			}
			leans := kind == MannerSimpler || kind == MannerAgain || kind == MannerWhy
			if leans != (say == "") {
				t.Errorf("%q says %q", text, say)
			}
		}
	}
	t.Logf("%d of %d told rightly", n-wrong, n)
	if n < 80 {
		t.Errorf("only %d", n)
	}
}

// What is said is short, another thing the second time, without what a cadre
// would not write.
func TestMannersSay(t *testing.T) {
	m := manners(t)
	nobody, err := NewManners("", "")
	if err != nil {
		t.Fatal(err)
	}
	for kind, messages := range smallTalk {
		for _, m := range []*Manners{m, nobody} {
			first, _, _ := m.Reply(messages[0], 0)
			second, _, _ := m.Reply(messages[0], 1)
			if first != "" && first == second {
				t.Errorf("%s says the same twice: %s", kind, first)
			}
			for _, say := range []string{first, second} {
				if strings.ContainsAny(say, "!！*#{}你") || utf8.RuneCountInString(say) > 60 {
					t.Errorf("%s: %s", kind, say)
				}
			}
		}
	}
	for _, text := range []string{"转人工", "我要投诉"} {
		for before := range 3 {
			if say, _, _ := m.Reply(text, before); !strings.Contains(say, "010-55550000") || !strings.Contains(say, "县妇联组织部") {
				t.Errorf("%s: %s", text, say)
			}
		}
		if say, _, _ := nobody.Reply(text, 0); strings.Contains(say, "电话") {
			t.Errorf("%s: %s", text, say)
		}
	}
}

var realQuestions = []string{
	"园区里的厂子建妇联找谁", "没有党支部的公司能建吗", "联合组建最多几家", "三同步是什么", "为什么要建妇联", "谁来兜底", "女书记必须兼吗", "小个专", "两个负责", "四个带",
	"没有女党员怎么办", "妇女之家要不要单独建", "民办学校归哪个管", "补贴多少钱", "材料交到哪", "什么时候截止", "你们妇联管不管离婚", "投诉电话是多少", "妇联是谁领导", "能不能再简单点办手续",
	"再说一遍两个提倡", "简单说说兜底", "为什么律所不归街道", "你好用英语怎么说", "谢谢卡怎么做", "早上几点上班", "有没有人数要求", "有人数标准吗", "好的做法有哪些", "对不对外开放",
	"人工费能报销吗", "谁讲话谁签字", "讲话第三点是什么", "讲话里有没有写经费", "这个讲话说了啥", "投诉怎么处理", "能信教吗", "准生证怎么办", "什么意思叫两新组织", "可以吗联合三家",
	"有什么用处给企业", "怎么用积分兑换", "会议记录再发给谁", "不明白两个负责", "明白卡在哪领", "在吗啡管理上有啥规定", "是不是必须建", "没有主管单位呢", "那园区的呢", "人工智能公司建妇联归谁",
	"客服中心能建妇联吗", "人工湖边的公司归谁", "再见面怎么登记", "能不能都建", "谁说了算", "你们怎么收材料", "要写什么", "写谁", "去哪里问", "向谁请示",
	"给谁看", "能帮企业做什么", "在哪里", "有没有人管", "人不够怎么办", "两个人行吗", "怎么跟老板说", "怎么和工会说", "要不要写报告", "会不会被问责",
	"回复时限", "答复意见多久给", "保证金多少", "服务费谁出", "垃圾分类归谁管", "笨办法", "感谢状有样式没", "简单手续有哪些", "太长的名称能缩写吗", "通俗读物有没有",
	"你们给钱吗", "下班后能开会吗", "真的不用党员吗", "能用一套人吗", "可以请外面的人吗", "没有女的呢", "只有三个人呢", "好几个店呢", "说的是哪里", "是对谁说的",
}

// A question with courtesies around it is no small talk.
func TestQuestionsAreNoSmallTalk(t *testing.T) {
	m := manners(t)
	around := []string{"%s", "你好，%s", "请问%s？", "%s 谢谢", "老师好，麻烦问一下，%s，辛苦了", "在吗？%s", "您好！请问%s，多谢🙏", "[微笑]%s", "哈喽，我想咨询一下%s", "好的，那%s"}
	n := 0
	for _, q := range realQuestions {
		for _, a := range around {
			n++
			text := strings.Replace(a, "%s", q, 1)
			if say, kind, ok := m.Reply(text, 0); ok {
				t.Errorf("%q taken for %s: %s", text, kind, say)
			}
		}
	}
	for _, text := range []string{"1", "2", "３", "一", "第三条", "妇联", "两新组织", "执委", "12", "组建", "帮助组建", "", "谁", "多少", "还有呢", "怎么办", "哪里", "咋"} {
		if _, kind, ok := m.Reply(text, 0); ok {
			t.Errorf("%q taken for %s", text, kind)
		}
	}
	t.Logf("%d messages", n)
}

// What people ask of the shipped documents is no small talk but where it is asked
// who gave the speech.
func TestAsksAreNoSmallTalk(t *testing.T) {
	m := manners(t)
	l, err := knowledge.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	var asks []string
	for _, d := range l.Documents {
		for _, a := range d.Asked {
			asks = append(asks, a.Asks...)
		}
		for _, g := range d.Gaps {
			asks = append(asks, g.Asks...)
		}
		for _, w := range d.Written {
			asks = append(asks, w.Asks...)
		}
	}
	for _, q := range asks {
		if say, kind, ok := m.Reply(q, 0); ok && kind != "source" {
			t.Errorf("%q taken for %s: %s", q, kind, say)
		}
	}
	t.Logf("%d questions", len(asks))
}

// askedOfUs are judged questions that ask the program about itself.
var askedOfUs = map[string]bool{"你是谁做的,能联网查最新政策不": true}

// None of the judged questions is small talk.
func TestJudgedQuestionsAreNoSmallTalk(t *testing.T) {
	m := manners(t)
	n := 0
	for _, name := range []string{"questions.jsonl", "questions-chat.jsonl", "notices/questions.jsonl"} {
		f, err := os.Open("../../../shared/cases/" + name)
		if errors.Is(err, fs.ErrNotExist) {
			t.Skip("the judged questions are not beside this clone")
		}
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		lines := bufio.NewScanner(f)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			var c struct{ Turns []string }
			if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
				t.Fatal(err)
			}
			n++
			if say, kind, ok := m.Reply(c.Turns[0], 0); ok && !askedOfUs[c.Turns[0]] {
				t.Errorf("%q taken for %s: %s", c.Turns[0], kind, say)
			}
		}
	}
	t.Logf("%d questions", n)
}
