package ledger

import "errors"

// What is wrong with a ledger. Each says in Chinese what to do.
var (
	// errPassword means that the file opens only with a password.
	errPassword = errors.New("文件加了密码，打不开。请用 WPS 或者 Excel 打开，去掉密码，另存一份再试")
	// errLegacy means a workbook of the old binary kind, .xls or .et.
	errLegacy = errors.New("这是旧格式的表格（.xls 或者 .et）。请用 WPS 或者 Excel 打开，点“另存为”，类型选“Excel 文件(*.xlsx)”，再用新存的文件")
	// errDamaged means that the file is cut short or not what it begins as.
	errDamaged = errors.New("文件不完整或者已经损坏。请重新拷一份；能打开的话，用 WPS 或者 Excel 另存一份再试")
	// errKind means that the file is no table at all.
	errKind = errors.New("这不是台账能用的格式。请用 XLSX 或者 CSV")
	// ErrTooLarge means that the file is beyond what is taken at once.
	ErrTooLarge = errors.New("文件太大，或者解压以后大得不正常。一次最多十万行、六十万格，请按乡镇或者年份分成几份再试；行数不多的，请删掉表格下面和右边的空行空列，另存一份")
	// errEmpty means that there is nothing in the file.
	errEmpty = errors.New("文件是空的，没有内容。请看看是不是存错了")
	// ErrNoHeader means that no table with known headings was found.
	ErrNoHeader = errors.New("没有找到表头。表头要有“单位名称”这样的一列，再加上园区、党组织、女职工数、单位类型里的几列；列名不一样的，可以用 --mapping 说明")
	// errSecret means that the file bears a mark of secrecy.
	errSecret = errors.New("文件有密级标志，不能处理，也没有留下。请按保密规定办")
)
