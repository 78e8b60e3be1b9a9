package ledger_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"zujian/bot/ledger"
)

func checkText(t *testing.T, name, text string) *ledger.Result {
	t.Helper()
	f, err := ledger.Read(book(t), name, []byte(text), nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := f.Check(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// TestTotalsAreNoOrganisation holds that totals in any writing, and the rows that
// break them down, are left out.
func TestTotalsAreNoOrganisation(t *testing.T) {
	res := checkText(t, "台账.csv", "镇街,单位名称,单位类型,女职工人数,是否建立党组织\n东河镇,甲电子有限公司,企业,620,是\n小　计,,,620,\n西河镇,丙民办学校,民办学校,80,否\n"+
		"合 计,,,700,\n总　计,2家,,700,\n其中：企业,,,620,\n,合　计,,700,\n填表人：张某,,,,\n")
	if len(res.Rows) != 2 {
		for _, r := range res.Rows {
			t.Log(r.Name)
		}
		t.Errorf("%d rows", len(res.Rows))
	}
}

// TestWomenAreTheWholeOfToday holds that of several numbers of women the total
// counts and not a part, the latest year and not one before, whichever comes
// first.
func TestWomenAreTheWholeOfToday(t *testing.T) {
	for heads, cells := range map[string]string{
		"女职工人数,女职工（一线）,女职工（管理）":       "620,618,2",
		"女职工（35岁以下）,女职工（35岁以上）,女职工合计": "400,220,620",
		"2024年女职工人数,2025年女职工人数":       "400,620",
		"2025年女职工数,2024年女职工数":         "620,400",
		"女职工,其中一线女职工":                 "620,400",
		"女职工总数,固定女职工":                 "900,620",
	} {
		res := checkText(t, "台账.csv", "序号,单位名称,单位类型,"+heads+",是否建立党组织\n1,甲电子有限公司,企业,"+cells+",是\n2,乙食品有限公司,企业,"+cells+",是\n")
		if len(res.Rows) != 2 || res.Rows[0].Women != 620 {
			t.Errorf("%s: %d", heads, res.Rows[0].Women)
		}
	}
}

// TestDoubtfulCellsAreListed holds that a cell that may be read in two ways, or
// not at all, settles nothing and stands on a page of its own.
func TestDoubtfulCellsAreListed(t *testing.T) {
	res := checkText(t, "台账.csv", "单位名称,单位类型,是否在园区,有无党组织,女职工人数\n甲电子有限公司,企业,东河镇,有（已撤销）,620\n乙食品有限公司,企业,是,√,600余\n丙印刷有限公司,企业,高新区,随便写的,12\n")
	if got := res.Rows[0].Facts; got["in_park"] == "yes" || got["party_org"] == "yes" || got["party_org"] == "no" {
		t.Errorf("%v", got)
	}
	if got := res.Rows[1].Facts; got["in_park"] != "yes" || got["party_org"] != "yes" || len(res.Rows[1].Doubts) != 0 {
		t.Errorf("%v %v", got, res.Rows[1].Doubts)
	}
	if got := res.Rows[2].Facts; got["in_park"] != "yes" || got["party_org"] != "" {
		t.Errorf("%v", got)
	}
	data, err := res.XLSX()
	if err != nil {
		t.Fatal(err)
	}
	x, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	rows, err := x.GetRows("要看一眼的格")
	if err != nil {
		t.Fatal(err)
	}
	text := ""
	for _, r := range rows {
		text += strings.Join(r, " ") + "\n"
	}
	for _, want := range []string{"甲电子有限公司 是否在园区 东河镇", "甲电子有限公司 有无党组织 有（已撤销） 党组织不清楚", "丙印刷有限公司 有无党组织 随便写的 不清楚"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
}
