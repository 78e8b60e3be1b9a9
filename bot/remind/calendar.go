package remind

import (
	_ "embed"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"zujian/knowledge/text"
)

//go:embed holidays.yaml
var shipped []byte

// Calendar holds the working days of the years that are known, and the lunar
// calendar. It is safe for use by several goroutines.
type Calendar struct {
	years  atomic.Pointer[map[int]yearDays]
	own    string // a file that may come and change
	seen   atomic.Pointer[stamp]
	lunars sync.Map // year → []lunarMonth
	legal  sync.Map // year → map[Day]bool

	quiet atomic.Pointer[[2]int] // from and to, in minutes after midnight
}

// Quiet tells the quiet hours as times of day: 十点 is then 上午10:00, as nobody
// is reminded at 晚上10:00. Equal ones mean that there are none.
func (c *Calendar) Quiet(from, to time.Duration) {
	c.quiet.Store(&[2]int{int(from / time.Minute), int(to / time.Minute)})
}

type yearDays struct {
	source string
	off    map[Day]string // the name of the holiday
	work   map[Day]bool
}

type yearFile struct {
	Year   int    `yaml:"year"`
	Source string `yaml:"source"`
	Off    []struct {
		Name string `yaml:"name"`
		From string `yaml:"from"`
		To   string `yaml:"to"`
	} `yaml:"off"`
	Work []string `yaml:"work"`
}

// LoadCalendar reads the holidays that ship and then an office's own files, in
// the same form. A year in a later file replaces that year as a whole. Errors
// are in Chinese and say which line of which file to mend.
func LoadCalendar(own ...string) (*Calendar, error) {
	years, err := readYears(own...)
	c := new(Calendar)
	c.Quiet(21*time.Hour, 7*time.Hour+30*time.Minute)
	c.years.Store(&years)
	return c, err
}

func readYears(own ...string) (map[int]yearDays, error) {
	years := map[int]yearDays{}
	if err := read(years, shipped); err != nil {
		return years, fmt.Errorf("自带的放假安排：%w", err)
	}
	for _, path := range own {
		data, err := os.ReadFile(path)
		if err != nil {
			return years, fmt.Errorf("读不到放假安排文件：%w", err)
		}
		if err := read(years, data); err != nil {
			return years, fmt.Errorf("放假安排文件 %s：%w", path, err)
		}
	}
	return years, nil
}

// stamp tells one state of a file from another; zero is that of none.
type stamp struct {
	size int64
	at   time.Time
}

func stampOf(path string) (s stamp) {
	if info, err := os.Stat(path); err == nil {
		s = stamp{info.Size(), info.ModTime()}
	}
	return s
}

// WatchCalendar is LoadCalendar with an office's file that need not be there
// yet: Refresh reads it again.
func WatchCalendar(own string) (*Calendar, error) {
	c, err := LoadCalendar()
	if err != nil {
		return nil, err
	}
	c.own = own
	c.seen.Store(&stamp{})
	_, err = c.Refresh()
	return c, err
}

// Refresh reads the office's file again where it is another than the last time,
// and reports whether it was. Where it cannot be read, what was known stays.
func (c *Calendar) Refresh() (changed bool, err error) {
	if c.own == "" {
		return false, nil
	}
	now := stampOf(c.own)
	if now == *c.seen.Load() {
		return false, nil
	}
	var own []string
	if now != (stamp{}) {
		own = append(own, c.own)
	}
	c.seen.Store(&now)
	years, err := readYears(own...)
	if err != nil {
		return false, err
	}
	c.years.Store(&years)
	return true, nil
}

func read(years map[int]yearDays, data []byte) error {
	var files []yearFile
	if err := text.ReadYAML(data, &files); err != nil {
		return fmt.Errorf("格式不对，请照自带的样子写：%w", err)
	}
	for _, f := range files {
		y, err := f.days()
		if err != nil {
			return fmt.Errorf("%d年：%w", f.Year, err)
		}
		years[f.Year] = y
	}
	return nil
}

func (f yearFile) days() (yearDays, error) {
	y := yearDays{source: f.Source, off: map[Day]string{}, work: map[Day]bool{}}
	if f.Source == "" {
		return y, fmt.Errorf("没有写 source，请写明依据哪个通知")
	}
	for _, o := range f.Off {
		from, err := f.day(o.From)
		if err != nil {
			return y, err
		}
		to, err := f.day(o.To)
		if err != nil {
			return y, err
		}
		if to < from {
			return y, fmt.Errorf("%s：%s 在 %s 前面，请改正", o.Name, o.To, o.From)
		}
		for d := from; d <= to; d++ {
			y.off[d] = o.Name
		}
	}
	return y, f.addWork(y)
}

func (f yearFile) addWork(y yearDays) error {
	for _, text := range f.Work {
		d, err := f.day(text)
		if err != nil {
			return err
		}
		if y.off[d] != "" || d.weekday() < 6 {
			return fmt.Errorf("%s 写成了调休上班，可它不是周末，或者又写成了放假，请核对", text)
		}
		y.work[d] = true
	}
	return nil
}

func (f yearFile) day(text string) (Day, error) {
	var d Day
	if d.UnmarshalText([]byte(text)) != nil || d.year() != f.Year {
		return 0, fmt.Errorf("“%s”不是%d年的日期，请写成 %d-01-02 的样子", text, f.Year, f.Year)
	}
	return d, nil
}

// Known reports whether the holidays of the year are known, and from where.
func (c *Calendar) Known(year int) (source string, ok bool) {
	y, ok := (*c.years.Load())[year]
	return y.source, ok
}

// working reports whether people work on the day, and whether that rests on
// data for the year. Without data it is Monday to Friday except the days that
// the law itself gives.
func (c *Calendar) working(d Day) (works, known bool) {
	y, known := (*c.years.Load())[d.year()]
	if !known {
		return d.weekday() < 6 && !c.statutory(d), false
	}
	if y.off[d] != "" {
		return false, true
	}
	return d.weekday() < 6 || y.work[d], true
}

// off names the holiday that a day is off for; empty where it is none or the
// year is not known.
func (c *Calendar) off(d Day) string { return (*c.years.Load())[d.year()].off[d] }

// statutory reports a day off under 全国年节及纪念日放假办法 (2024), article 2.
func (c *Calendar) statutory(d Day) bool {
	year := d.year()
	if v, ok := c.legal.Load(year); ok {
		return v.(map[Day]bool)[d]
	}
	days := map[Day]bool{
		civil(year, 1, 1): true, civil(year, 5, 1): true, civil(year, 5, 2): true,
		civil(year, 10, 1): true, civil(year, 10, 2): true, civil(year, 10, 3): true,
	}
	for _, name := range []string{"清明节", "端午节", "中秋节"} {
		days[c.festival(name, year)] = true
	}
	for i := Day(-1); i <= 2; i++ {
		days[c.festival("春节", year)+i] = true
	}
	c.legal.Store(year, days)
	return days[d]
}

// look asks for working days and remembers the years that have no data.
type look struct {
	*Calendar
	missing map[int]bool
}

func (l *look) works(d Day) bool {
	works, known := l.working(d)
	if !known {
		if l.missing == nil {
			l.missing = map[int]bool{}
		}
		l.missing[d.year()] = true
	}
	return works
}

// workdays goes n working days on from d, or back; d itself does not count.
func (l *look) workdays(d Day, n int) Day {
	step := Day(1)
	if n < 0 {
		step, n = -1, -n
	}
	for n > 0 {
		d += step
		if l.works(d) {
			n--
		}
	}
	return d
}
