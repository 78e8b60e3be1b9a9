package parse

import (
	"slices"
	"strings"
	"testing"
)

// TestHeads reads the heads and feet of documents as offices write them: title,
// number, issuer, day and to whom, and what is left for the body.
func TestHeads(t *testing.T) {
	for name, c := range map[string]struct{ text, head, body string }{
		"joint issue, three lines of head": {"000123\n特急\n中共兰浦县委组织部\n兰浦县民政局　　　　文件\n兰组通〔2025〕 21 号\n\n关于在社会组织年检中\n采集妇女组织信息的通知\n\n各乡镇党委、各社会组织党组织：\n　　现通知如下。\n\n中共兰浦县委组织部　　兰浦县民政局\n2025 年 3 月 9 日\n（此件公开发布）\n\n抄送：县委办公室，\n　　　县政府办公室。\n县委组织部办公室　　　2025年3月10日印发\n",
			"关于在社会组织年检中采集妇女组织信息的通知|兰组通〔2025〕21号|中共兰浦县委组织部、兰浦县民政局|2025-03-09|各乡镇党委、各社会组织党组织", "现通知如下。"},
		"signer, brackets, one line of foot": {"平湖街道妇联[2026]4号　　　　　签发人：周　敏\n平湖街道妇女联合会\n关于解决场地的请示\n街道党工委：\n因原场地拆迁，现申请如下。\n平湖街道妇联2026.1.5\n",
			"平湖街道妇女联合会关于解决场地的请示|平湖街道妇联〔2026〕4号|平湖街道妇联|2026-01-05|街道党工委", "因原场地拆迁，现申请如下。"},
		"table of a site, adopted": {"首页 > 政务公开\n索 引 号：QX-31　　主题分类：群团\n发布机构：青溪区妇女联合会　　公开方式：主动公开\n发文日期：2025-02-20\n\n青溪区服务站\n管理暂行办法\n（二〇二五年二月十八日主席办公会议通过）\n\n第一条　制定本办法。\n",
			"青溪区服务站管理暂行办法||青溪区妇女联合会|2025-02-20|", "第一条　制定本办法。"},
		"signed before the rules it sends": {"关于印发《云塘区协会\n会费管理办法》的通知\n云女企协〔2025〕2号\n各会员单位：\n　　现印发给你们。\n云塘区女企业家协会\n二○二五年六月十一日\n\n云塘区协会会费管理办法\n第一条　会费每年1000元。\n",
			"关于印发《云塘区协会会费管理办法》的通知|云女企协〔2025〕2号|云塘区女企业家协会|2025-06-11|各会员单位", "现印发给你们。\n云塘区协会会费管理办法\n第一条　会费每年1000元。"},
		"month alone, note below":           {"西岭县来访接待须知\n\n每天上午接待。\n\n西岭县妇女联合会权益部\n2025年8月\n", "西岭县来访接待须知||西岭县妇女联合会权益部||", "每天上午接待。"},
		"a list's lead-in is no salutation": {"白河县组建办法\n下列单位不单独组建妇联：\n一、个体工商户。\n", "白河县组建办法||||", "下列单位不单独组建妇联：\n一、个体工商户。"},
		"a message without any head":        {"各位主席：\n\n下周三上午9点开会，请带台账。\n", "x||||", "各位主席：\n下周三上午9点开会，请带台账。"},
	} {
		t.Run(name, func(t *testing.T) {
			s := &source{Lines: strings.Split(c.text, "\n")}
			d, err := s.document("x.txt")
			if err != nil {
				t.Fatal(err)
			}
			if got := []string{d.Title, d.Number, d.Issuer, d.Issued, d.Addressee}; !slices.Equal(got, strings.Split(c.head, "|")) {
				t.Errorf("got  %s\nwant %s", strings.Join(got, "|"), c.head)
			}
			if got := strings.Join(recognise(s.Lines, "").body, "\n"); got != c.body {
				t.Errorf("body %q, want %q", got, c.body)
			}
		})
	}
}

// TestMarkdownAsItIsWritten has what stands around words left out, and tables
// and lists as lines.
func TestMarkdownAsItIsWritten(t *testing.T) {
	text := "---\ntitle: 南岭县补贴指南\ndate: 2025/04/03\n发布单位: 南岭县妇联\n---\n\n# 南岭县补贴指南\n\n## 补贴对象\n\n* **本县户籍**妇女\n- [x] 年满`18`周岁\n\n> 说明：[见附表](http://example.org/a)\n\n| 工种 | 每人补贴 |\n|:---|---:|\n| 母婴护理<br>（初级） | 1200元 |\n\n1. 网上申请。\n\n***\n"
	s, err := readSource("a.md", []byte(text), nil)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"补贴对象", "本县户籍妇女", "年满18周岁", "说明：见附表", "工种：母婴护理；（初级）；每人补贴：1200元", "1.网上申请。"}
	if got := recognise(s.Lines, s.Title).body; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if s.Title != "南岭县补贴指南" || s.Issued != "2025-04-03" || s.Issuer != "南岭县妇联" {
		t.Errorf("%+v", s)
	}
}

// TestTables finds headings, and spreads what is merged.
func TestTables(t *testing.T) {
	for name, c := range map[string]struct {
		html string
		want []string
	}{
		"spans":              {`<tr><th rowspan=2>乡镇<th colspan=2>名额<tr><th>城镇<th>农村<tr><td>东坪<td>3<td>5<tr><td>西坪<td colspan=2>另定`, []string{"乡镇：东坪；名额城镇：3；名额农村：5", "乡镇：西坪；名额城镇：另定；名额农村：另定"}},
		"rows that go on":    {`<tr><td rowspan=2>县妇联<td>摸底<td>3月底<tr><td>推进会<td>4月底`, []string{"县妇联；摸底；3月底", "县妇联；推进会；4月底"}},
		"lines in a cell":    {`<tr><th>事项<th>材料<tr><td>备案<td>申请表<br>身份证`, []string{"事项：备案；材料：申请表；身份证"}},
		"caption and a note": {`<tr><td colspan=2>任务分工表<tr><td>单位<td>时限<tr><td>县妇联<td>3月底<tr><td colspan=2>注：按月报送。`, []string{"任务分工表", "单位：县妇联；时限：3月底", "注：按月报送。"}},
	} {
		s, err := readSource("a.html", []byte("<html><body><p>某表如下，请各单位对照执行，按时报送，不得拖延，特此说明。</p><table>"+c.html+"</table></body></html>"), nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Lines[1:]; !slices.Equal(got, c.want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}
