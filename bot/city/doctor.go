package city

import (
	"fmt"
	"io"
)

// Doctor looks at every office and says what has to be dealt with. It reports
// whether nothing has.
func (c *City) Doctor(w io.Writer) (well bool) {
	troubled := 0
	for _, m := range c.Members {
		p, err := c.configured(m, io.Discard) // its findings say it
		if err != nil {
			troubled++
			fmt.Fprintf(w, "要处理　%s：%v\n", m.Name, err)
			continue
		}
		fine := true
		for _, f := range p.Findings() {
			if !f.OK {
				fine = false
				fmt.Fprintf(w, "要处理　%s　%s：%s\n", m.Name, f.What, f.Say)
			}
		}
		p.Close()
		if !fine {
			troubled++
		}
	}
	fmt.Fprintf(w, "%d 个单位，%d 个正常，%d 个有要处理的。看一个单位的全部，加上 --office 写它的名字。\n",
		len(c.Members), len(c.Members)-troubled, troubled)
	return troubled == 0
}
