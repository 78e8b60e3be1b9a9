package parse

import (
	"errors"
	"strings"
	"testing"
)

// TestFaultFiles reads files in ways of writing that were once read wrong, or
// that once brought their reader down: what each is read as, or refused for.
func TestFaultFiles(t *testing.T) {
	const notice, county = "关于做好组建工作的通知", "城关县妇女联合会"
	for _, c := range []struct {
		file   string
		refuse error
		head   string   // title|number|issuer|day; what is empty is not compared
		has    []string // lines, whole
		not    []string // in no line
	}{
		{file: "02_threeline.txt", head: county + "关于进一步加强两新组织妇联组建工作的通知|城妇发〔2024〕3号|" + county + "|2024-05-06", not: []string{"文件", "2024年"}},
		{file: "04_signer.txt", head: "关于两新组织妇联组建情况的报告|城妇〔2024〕7号|" + county + "|2024-05-06", has: []string{"（联系人：王芳，电话：12345678）"}},
		{file: "09_num_hex.txt", head: notice + "|城妇发〔2024〕3号|城关县妇联|2024-05-06"},
		{file: "12_public.txt", head: notice + "|城妇发〔2024〕3号|" + county + "|2024-05-06", not: []string{"索引", "标题"}},
		{file: "a_redhead.doc", head: "|城妇发〔2024〕18号|" + county + "|2024-08-15"},
		{file: "a_redhead.docx", head: "|城妇发〔2024〕18号|" + county + "|2024-08-15"},
		{file: "a_redhead.pdf", head: "|城妇发〔2024〕18号|" + county + "|2024-08-15"},
		{file: "a_redhead.rtf", head: "|城妇发〔2024〕18号|" + county + "|2024-08-15"},
		{file: "b_dash.txt", head: "关于通知", has: []string{"第一条　妇联组织应当建立。"}},
		{file: "b_longtable.pdf", has: []string{"责任单位：第1街道妇联；主要职责：负责辖区内第1片区两新组织的摸底、走访和组建工作，建立台账；完成时限：2月底"}},
		{file: "big5.rtf", has: []string{"第一條　會員以十人以上為限。"}},
		{file: "bin.rtf", refuse: ErrDamaged},
		{file: "cell_short_first_line.docx", has: []string{"序号：1；2；单位：城关镇；东街镇；时限：3月底"}},
		{file: "chartsheet.xlsx", has: []string{"单位名称：甲公司；园区：东园；党组织：有；女职工数：12；单位类型：企业"}},
		{file: "colon_leadin.docx", has: []string{"下列单位不单独组建妇联："}},
		{file: "divonly.html", has: []string{"第二条　女职工十人以上的应当在六个月内建立。"}, not: []string{"ICP"}},
		{file: "e_smalltable.pdf", has: []string{"序号：2；任务：召开推进会；责任单位：县妇联；时限：4月底"}},
		{file: "encrypted2.ofd", refuse: ErrPassword},
		{file: "farcol_many.xlsx", refuse: ErrTooLarge},
		{file: "g_rowspan.doc", has: []string{"牵头单位：县妇联；任务：召开推进会；时限：4月底"}},
		{file: "jekyll.md", head: "关于通知|||2024-05-01"},
		{file: "mht.doc", has: []string{"刽于建立救联彤知"}, not: []string{"MIME", "Content"}},
		{file: "nestedblock.ofd", has: []string{"社会组织按照同样的办法办理，不得拖延，逾期由县妇联通报批评，年底统一考核。"}},
		{file: "noY.ofd", has: []string{"企业女职工10人以上的，应当建立妇联组织，由所在乡镇（街道）妇联负责指导和备案。"}},
		{file: "nul_in_utf8.txt", head: "关于进一步加强两新组织妇联组建工作的通知|城妇发〔2024〕12号|" + county + "|2024-08-05"},
		{file: "samepage.ofd", refuse: ErrTooLarge},
		{file: "site.html", head: county + "关于印发《两新组织妇联组建办法》的通知|城妇发〔2024〕3号|" + county + "|2024-05-06", not: []string{"隐藏", "浏览", "首页"}},
		{file: "span.docx", refuse: ErrTooLarge},
		{file: "stray.xlsx", has: []string{"单位名称：乙公司；园区：西园；党组织：无；女职工数：8；单位类型：企业"}},
		{file: "titlebr.docx", head: "城关县妇联关于进一步加强两新组织妇联组建工作的通知"},
		{file: "vmerge.docx", refuse: ErrTooLarge},
		{file: "vmergestart.docx", has: []string{"1；城关镇妇联；3月底"}},
		{file: "watermark.ofd", head: "关于做好妇联组建工作的通知|城妇发〔2024〕3号", not: []string{"办公专用"}},
		{file: "md2.md", has: []string{"一、补助标准", "每家新建妇联补助3000元，见附表。", "由区妇联于每年6月底前拨付。", "说明：补助资金专款专用。"}},
		{file: "tbl.md", has: []string{"镇街：西河镇；联系单位数：8；联系部门：宣传科"}, not: []string{"|", "---"}},
		{file: "faq.csv", has: []string{"第1条　妇联挂牌要多大？不作统一要求,以实用为准。（依据：东妇〔2026〕1号）"}},
		{file: "faq_gbk.csv", has: []string{"第1条　妇联挂牌要多大？不作统一要求,以实用为准。（依据：东妇〔2026〕1号）"}},
		{file: "faq_merge.xlsx", has: []string{"第2条　牌子尺寸有没有规定？不作统一要求。（依据：东妇〔2026〕1号）"}},
		{file: "faq_nohead.xlsx", has: []string{"第3条　慰问品能不能发现金？不能发现金。"}},
		{file: "faq_syn.xlsx", has: []string{"第3条　慰问品能不能发现金？不能发现金。（依据：东妇〔2026〕2号）"}},
	} {
		t.Run(c.file, func(t *testing.T) {
			s, err := readSource(c.file, readFile(t, "testdata/faults/"+c.file), nil)
			if c.refuse != nil {
				if !errors.Is(err, c.refuse) {
					t.Fatalf("%v, want %v", err, c.refuse)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			checkHead(t, s, c.head)
			body := "\n" + strings.Join(append(recognise(s.Lines, s.Title).body, s.Notes...), "\n") + "\n"
			for _, l := range c.has {
				if !strings.Contains(body, "\n"+l+"\n") {
					t.Errorf("no line %q in%s", l, body)
				}
			}
			for _, l := range c.not {
				if strings.Contains(body, l) {
					t.Errorf("%q in%s", l, body)
				}
			}
		})
	}
}

// checkHead compares title, number, issuer and day, parted by bars.
func checkHead(t *testing.T, s *source, want string) {
	t.Helper()
	d, err := s.document("x")
	if err != nil {
		t.Fatal(err)
	}
	got := []string{d.Title, d.Number, d.Issuer, d.Issued}
	for i, w := range strings.Split(want, "|") {
		if w != "" && got[i] != w {
			t.Errorf("%q, want %q", got[i], w)
		}
	}
}
