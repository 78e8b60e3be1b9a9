package text

import (
	"strconv"
	"strings"
)

// Number is a number as people write or say it: 六百来 is at least 600, 三四十
// lies between 30 and 40. From and To are byte positions in the text.
type Number struct {
	N        int // as said: 600 for 六百来, 30 for 三四十, 29 for 不到三十
	Lo, Hi   int // between which it lies
	From, To int
	Say      string // in its own writing
	About    bool   // 大概, 约, 左右 stand beside it
}

// Numbers finds the numbers that count something, in order: 120, １２０, 一百二,
// 两三百, 三四十, 十来, 百八十, 2千, 不到十. Ordinals, years, dates, percentages,
// floors and words that only hold a numeral are left out.
func Numbers(s string) []Number {
	var out []Number
	runes, offsets := split(s)
	for i := 0; i < len(runes); {
		c, n := readNumber(runes[i:])
		if n == 0 {
			i++
			continue
		}
		if c.hi > 0 && countsSomething(runes, i, i+n, c.lo) {
			out = append(out, c.placed(s, runes, offsets, i, i+n))
		}
		i += n
	}
	return out
}

// Value reads a text that is one number and nothing else, in any writing:
// 15, １５, 十五, 廿三, 一百二 (120), 一百零二, 两千, 1.2万. ok is false for
// anything more.
func Value(s string) (n int, ok bool) {
	runes, _ := split(s)
	if v, ok := positional(runes); ok {
		return v, true
	}
	c, width := readPlain(runes)
	return c.lo, width > 0 && width == len(runes) && c.lo == c.hi
}

// Whole is Value, and 0 where the text is no number.
func Whole(s string) int {
	n, _ := Value(s)
	return n
}

// Count reads an answer that is one number and little else: 9, 九家, 三十多家.
func Count(s string) (Number, bool) {
	all := Numbers(s)
	if len(all) != 1 {
		return Number{}, false
	}
	return all[0], true
}

// split gives the runes of a text in their plain writing, and the byte offset
// of each and of the end.
func split(s string) (runes []rune, offsets []int) {
	for i, r := range s {
		runes, offsets = append(runes, plainNumeral(r)), append(offsets, i)
	}
	return runes, append(offsets, len(s))
}

// formal are numerals as cheques and old papers write them.
var formal = func() map[rune]rune {
	out := map[rune]rune{}
	from, to := []rune("壹贰叁肆伍陆柒捌玖拾佰仟贰萬億兩〇壱弐參陸"), []rune("一二三四五六七八九十百千二万亿两零一二三六")
	for i, r := range from {
		out[r] = to[i]
	}
	return out
}()

func plainNumeral(r rune) rune {
	if p, ok := formal[r]; ok {
		return p
	}
	return Narrow(r)
}

// reading is a number before it has its place.
type reading struct {
	n, lo, hi int
}

func (c reading) placed(s string, runes []rune, offsets []int, from, to int) Number {
	out := Number{N: c.n, Lo: c.lo, Hi: c.hi, From: offsets[from], To: offsets[to]}
	if out.N == 0 {
		out.N = out.Lo
	}
	out.Say = s[out.From:out.To]
	out.bound(string(runes[max(0, from-4):from]), string(runes[to:min(len(runes), to+5)]))
	return out
}

// bound narrows or widens a number by the words around it: 不到十个, 近三十人,
// 三十人以上, 大概三十.
func (n *Number) bound(before, after string) {
	after = strings.TrimLeft(after, "个人名家户位口号")
	switch {
	case EndsAny(before, "不到", "不足", "没到", "不满", "没有到", "未满"), StartsAny(after, "以下", "不到", "以内", "之内"):
		n.Lo, n.Hi, n.N, n.Say = min(1, n.Lo-1), n.Lo-1, n.Lo-1, "不到"+n.Say
	case EndsAny(before, "近", "接近", "快", "快有", "将近"):
		n.Lo, n.Hi, n.N, n.Say = max(n.Lo*4/5, 1), n.Lo-1, n.Lo-1, "近"+n.Say
	case EndsAny(before, "超过", "多于", "不下", "不止", "至少", "起码", "少说", "少说有"), StartsAny(after, "以上", "往上", "朝上", "出头", "挂零", "开外", "打底"):
		n.Hi = max(n.Hi, n.Lo*3/2)
	case EndsAny(before, "约", "大概", "大约", "大致", "估计", "差不多", "左右", "大概有", "可能"), StartsAny(after, "左右", "上下", "光景", "的样子", "样子"):
		n.About = true
	}
}

// countsSomething leaves out what a numeral does not count: 第三, 2015年, 三楼,
// 60%, 一起, 万一.
func countsSomething(runes []rune, from, to, lo int) bool {
	if from > 0 && strings.ContainsRune("第星初周礼唯统专同之逐单万", runes[from-1]) {
		return false
	}
	if to == len(runes) {
		return true
	}
	next := runes[to]
	if next == '号' {
		return lo > 31 || to+1 < len(runes) && strings.ContainsRune("人女职员", runes[to+1])
	}
	if next == '线' || next == '分' && runes[from] != '十' {
		return false
	}
	if next == '分' {
		return to+1 < len(runes) && runes[to+1] == '之'
	}
	return !strings.ContainsRune("共层楼年月日%成把期肩旦些样般直起块半边带定色路届:/", next)
}

// readNumber reads a number at the start, with what softens it, and gives how
// many characters it took; 0 where there is none.
func readNumber(r []rune) (reading, int) {
	if c, n := readVague(r); n > 0 {
		return c, n
	}
	c, n := readPlain(r)
	if n == 0 {
		return reading{}, 0
	}
	return soften(c, r, n)
}

// soften widens a number by the word after it.
func soften(c reading, r []rune, n int) (reading, int) {
	if n >= len(r) || c.lo != c.hi {
		return c, n
	}
	switch r[n] {
	case '多', '余', '几', '餘':
		if roundness(c.lo) < 10 {
			return c, n
		}
		return reading{n: c.lo, lo: c.lo + 1, hi: c.lo + roundness(c.lo) - 1}, n + 1
	case '来':
		return reading{n: c.lo, lo: c.lo, hi: c.hi + max(roundness(c.hi)/3, 1)}, n + 1
	case '+':
		return reading{lo: c.lo, hi: c.lo * 3 / 2}, n + 1
	}
	return c, n
}

// roundness is the unit of a round number: 600 is round to 100.
func roundness(n int) int {
	u := 1
	for n >= 10 && n%10 == 0 {
		n, u = n/10, u*10
	}
	return u
}

// readVague reads numbers that are only an order of size: 上百, 几百, 百八十.
func readVague(r []rune) (reading, int) {
	head := string(r[:min(len(r), 4)])
	for _, v := range vague {
		if strings.HasPrefix(head, v.say) {
			return reading{lo: v.lo, hi: v.hi}, len([]rune(v.say))
		}
	}
	return reading{}, 0
}

var vague = []struct {
	say    string
	lo, hi int
}{
	{"近百", 80, 99}, {"近千", 800, 999}, {"近万", 8000, 9999}, {"千八百", 800, 1000}, {"千把", 800, 1200}, {"万把", 8000, 12000},
	{"百八十", 80, 180}, {"百十来", 90, 120}, {"百来", 90, 120}, {"百十", 90, 120}, {"百把", 90, 120}, {"百多", 101, 190}, {"百余", 101, 190},
	{"好几百", 300, 900}, {"几百", 200, 900}, {"数百", 200, 900}, {"上百", 100, 300}, {"成百", 100, 900},
	{"好几十", 40, 90}, {"大几十", 50, 90}, {"小二十", 16, 19}, {"小三十", 25, 29}, {"小五十", 45, 49}, {"小一百", 85, 99},
	{"几十", 20, 90}, {"数十", 20, 90}, {"上千", 1000, 3000}, {"好几千", 3000, 9000}, {"几千", 2000, 9000}, {"数千", 2000, 9000},
	{"半百", 50, 50}, {"十几", 11, 19}, {"十多", 11, 19}, {"十来", 10, 13}, {"十余", 11, 19}, {"个把", 1, 2}, {"一半个", 1, 1},
}

// readPlain reads digits or Chinese numerals, also two neighbouring digits that
// mean either (三四十, 两三).
func readPlain(r []rune) (reading, int) {
	if len(r) > 0 && r[0] >= '0' && r[0] <= '9' {
		return readDigits(r)
	}
	return readChinese(r)
}

// readDigits reads 120, 1,200, 1.2万, 2千, 1万2.
func readDigits(r []rune) (reading, int) {
	text, n := digitsAt(r)
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || v >= 1<<30 {
		return reading{}, n
	}
	if n < len(r) {
		if u := unitOf(r[n]); u >= 100 {
			v, n = v*float64(u), n+1
			if n < len(r) && r[n] >= '1' && r[n] <= '9' && (n+1 == len(r) || r[n+1] < '0' || r[n+1] > '9') {
				v, n = v+float64(r[n]-'0')*float64(u)/10, n+1
			}
		} else if (r[n] == 'k' || r[n] == 'K') && v < 1000 {
			v, n = v*1000, n+1
		}
	}
	if v >= 1<<30 {
		return reading{}, n
	}
	out := reading{lo: int(v), hi: int(v)}
	if hi, k := rangeEnd(r[n:], out.lo); k > 0 {
		return reading{lo: out.lo, hi: hi}, n + k
	}
	return out, n
}

// digitsAt takes the run of digits, with 1,200 and 1.5 as one number.
func digitsAt(r []rune) (string, int) {
	var out strings.Builder
	i, dot := 0, false
	for i < len(r) {
		switch {
		case r[i] >= '0' && r[i] <= '9':
			out.WriteRune(r[i])
		case (r[i] == ',' || r[i] == '，') && i+3 < len(r) && allDigits(r[i+1:i+4]) && (i+4 == len(r) || !allDigits(r[i+4:i+5])) && i <= 3:
		case r[i] == '.' && !dot && i+1 < len(r) && allDigits(r[i+1:i+2]):
			dot = true
			out.WriteRune('.')
		default:
			return out.String(), i
		}
		i++
	}
	return out.String(), i
}

func allDigits(r []rune) bool {
	for _, x := range r {
		if x < '0' || x > '9' {
			return false
		}
	}
	return len(r) > 0
}

// rangeEnd reads the second half of 30-50 or 30至50.
func rangeEnd(r []rune, lo int) (hi, n int) {
	if len(r) < 2 || !strings.ContainsRune("-~—–至到", r[0]) || !allDigits(r[1:2]) {
		return 0, 0
	}
	text, n := digitsAt(r[1:])
	hi, err := strconv.Atoi(text)
	if err != nil || hi <= lo || hi >= 1<<30 {
		return 0, 0
	}
	return hi, n + 1
}
