package main

import (
	_ "embed"
	"fmt"
	"strings"

	"zujian/bot/office"
)

//go:generate go run suppliers_make.go

// suppliers has a line for each module whose code is in the program: its path,
// version, the day of that version, its licence; and for what came compiled its
// checksum. go generate ./bot writes it.
//
//go:embed suppliers.txt
var suppliers string

type suppliersCmd struct{}

// Run says whose code is in the program.
func (suppliersCmd) Run(p *office.Office) error {
	fmt.Fprintf(p.Out, "程序里用了别人写的 %d 样东西。每行是：名字、版本、这一版的日期、许可；编译好的带着 SHA-256。\n", strings.Count(suppliers, "\n"))
	fmt.Fprint(p.Out, suppliers)
	return nil
}
