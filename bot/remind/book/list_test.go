package book

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"zujian/bot/store"
)

func TestReadList(t *testing.T) {
	for name, tt := range map[string]struct {
		data string
		want []Line
	}{
		"a sentence a line":     {"每月20日上午9点提醒园区妇建群报台账\n\n每季度末上午9点提醒我核对\n", []Line{{1, "每月20日上午9点提醒园区妇建群报台账"}, {3, "每季度末上午9点提醒我核对"}}},
		"columns":               {"什么时候,提醒谁,什么事\n每月20日上午9点,园区妇建群,报台账\n", []Line{{2, "每月20日上午9点提醒园区妇建群：报台账"}}},
		"a title and two times": {"2027年提醒安排\n日期,时间,群名,事项\n2027年3月1日,上午9:00,园区妇建群,交表\n", []Line{{3, "2027年3月1日上午9:00提醒园区妇建群：交表"}}},
		"blank lines":           {"什么时候,提醒谁,什么事\n\n\n每月20日上午9点,园区妇建群,报台账\n", []Line{{4, "每月20日上午9点提醒园区妇建群：报台账"}}},
		"a heading of one":      {"一句话\n每天上午九点提醒我看\n", []Line{{2, "每天上午九点提醒我看"}}},
	} {
		got, err := ReadList([]byte(tt.data))
		if err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v %v, want %v", name, got, err, tt.want)
		}
	}
}

// Cells of a spreadsheet hold dates and clocks as numbers.
func TestReadSheet(t *testing.T) {
	f := excelize.NewFile()
	date, _ := f.NewStyle(&excelize.Style{NumFmt: 14})
	clock, _ := f.NewStyle(&excelize.Style{NumFmt: 20})
	mine := `yyyy"年"m"月"d"日"`
	custom, _ := f.NewStyle(&excelize.Style{CustomNumFmt: &mine})
	for i, row := range [][]any{
		{"提醒安排"}, {"日期", "时间", "群名", "事项"},
		{time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC), 0.375, "园区妇建群", "交表"},
		{time.Date(2027, 3, 2, 0, 0, 0, 0, time.UTC), 15.5 / 24, "园区妇建群", 2027},
	} {
		cell, _ := excelize.CoordinatesToCellName(1, i+1)
		if err := f.SetSheetRow("Sheet1", cell, &row); err != nil {
			t.Fatal(err)
		}
	}
	for cell, style := range map[string]int{"A3": date, "A4": custom, "B3": clock, "B4": clock} {
		if err := f.SetCellStyle("Sheet1", cell, cell, style); err != nil {
			t.Fatal(err)
		}
	}
	var data bytes.Buffer
	if err := f.Write(&data); err != nil {
		t.Fatal(err)
	}
	got, err := ReadList(data.Bytes())
	want := []Line{{3, "2027年3月1日09:00提醒园区妇建群：交表"}, {4, "2027年3月2日15:30提醒园区妇建群：2027"}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%v %v, want %v", got, err, want)
	}
}

func TestNewLeavesOutWhatIsThere(t *testing.T) {
	o := opens(t, beginning())
	o.adds("每月20日上午9点提醒园区妇建群报台账")
	made, _, err := o.Propose(o.ctx, Asker{Name: "赵主任"}, "每月20号上午9:00提醒园区妇建群和工会群报台账")
	if err != nil {
		t.Fatal(err)
	}
	all, err := o.Reminders(made)
	if err != nil {
		t.Fatal(err)
	}
	fresh, err := o.New(o.ctx, all, nil)
	if err != nil || len(fresh) != 1 || fresh[0].Target.Chat != "工会群" {
		t.Errorf("%v %v", fresh, err)
	}
	if again, err := o.New(o.ctx, all, fresh); err != nil || len(again) != 0 {
		t.Errorf("twice in one list: %v %v", again, err)
	}
}

func TestCalendarFile(t *testing.T) {
	o := opens(t, beginning())
	o.adds("每周五晚上十点提醒妇建群报表")
	ids, _ := o.adds("每周四下午三点提醒妇建群开会")
	if _, err := o.Change(o.ctx, ids[0], store.Paused); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	n, err := o.WriteCalendar(o.ctx, &b, 14)
	if err != nil || n != 4 {
		t.Fatalf("%d %v", n, err)
	}
	text := b.String()
	if strings.Count(text, "\n") != strings.Count(text, "\r\n") {
		t.Error("a line does not end in CRLF")
	}
	unfolded := strings.ReplaceAll(text, "\r\n ", "")
	for _, want := range []string{"X-WR-CALNAME:组建助手的提醒", "SUMMARY:报表", "SUMMARY:（停着）开会", "BEGIN:VALARM", "TRIGGER:-PT15M",
		"DTSTART:20261127T233000Z", "STATUS:CANCELLED"} { // Friday night is sent on Saturday 7:30
		if !strings.Contains(unfolded, want) {
			t.Errorf("no %s in\n%s", want, unfolded)
		}
	}
	for line := range strings.SplitSeq(text, "\r\n") {
		if len(line) > 75 {
			t.Errorf("%d bytes in a line: %s", len(line), line)
		}
	}
}
