package table

import (
	"fmt"
	"unicode/utf8"

	"telepay/internal/diag"
	"telepay/internal/lang"
)

func characters(s string) int { return utf8.RuneCountInString(s) }

func stop(name, code string, found, want, mend lang.Text) *diag.Problem {
	return &diag.Problem{Code: code, Reach: diag.Stop, Pos: diag.Pos{File: name}, Found: found, Want: want, Mend: mend}
}

func notAFile(name string) *diag.Problem {
	return stop(name, "not-a-file", lang.T("不是普通文件（文件夹、设备或管道）", "something that is no regular file (a folder, device or pipe)"),
		lang.T("一个 CSV 或 .xlsx 文件", "a CSV or .xlsx file"), lang.T("放入真正的文件", "put the file itself there"))
}

func emptyFile(name string) *diag.Problem {
	return stop(name, "empty-file", lang.T("空文件", "an empty file"), lang.T("至少有一行表头", "at least a header line"),
		lang.T("重新导出；若本月确实没有数据，只保留表头那一行", "export it again; if there is really no data this month, keep just the header line"))
}

func tooLarge(name string) *diag.Problem {
	return stop(name, "file-too-large", lang.T("文件（或解压后）超过 4 GiB", "a file above 4 GiB, or one that unpacks to more"),
		lang.T("每个文件不超过 4 GiB", "at most 4 GiB per file"), lang.T("按日期拆成几个文件，如 calls-1.csv、calls-2.csv", "split it by date into several files, such as calls-1.csv and calls-2.csv"))
}

func changedFile(name string) *diag.Problem {
	return stop(name, "file-changed", lang.T("文件在读取过程中被改动", "a file that changed while it was read"),
		lang.T("读取期间不变的文件", "a file that stays as it is while it is read"), lang.T("等导出或同步结束、关闭打开它的程序，再运行一次", "wait for the export or the sync to end, close the program that has it open, and run again"))
}

func wrongFile(name, code string, found, mend lang.Text) *diag.Problem {
	return stop(name, code, found, lang.T("CSV 或 .xlsx 表格", "a CSV or .xlsx table"), mend)
}

func damagedGzip(name string) *diag.Problem {
	return stop(name, "damaged-gzip", lang.T("损坏或不完整的 gzip 压缩文件", "a gzip file that is damaged or cut short"),
		lang.T("完整的 .gz 文件", "a whole .gz file"), lang.T("重新下载或重新导出", "download or export it again"))
}

// at is a place in a text file.
type at struct{ line, col int }

func (a at) pos(name string) diag.Pos { return diag.Pos{File: name, Line: a.line, Col: a.col} }

func badEncoding(name, encoding string, place at, bad []byte) *diag.Problem {
	p := stop(name, "bad-encoding", lang.F("无法解码的字节 %s", "bytes that cannot be decoded: %s", fmt.Sprintf("% X", bad)),
		lang.T("UTF-8 或 GB18030（GBK）编码的文本", "text in UTF-8 or GB18030 (GBK)"),
		lang.T("在 Excel 或 WPS 里另存为“CSV UTF-8”；若多个文件拼接而成，分别转换后再合并", "save it as “CSV UTF-8” in Excel or WPS; if it was joined from several files, convert each of them first"))
	if encoding != "" {
		p.Want = lang.F("%s 编码的文本", "text in %s", encoding)
	}
	p.Pos = place.pos(name)
	return p
}

func controlCharacter(name string, place at, r rune) *diag.Problem {
	p := stop(name, "control-character", lang.F("控制字符 U+%04X", "the control character U+%04X", r),
		lang.T("只含文字、制表符和换行的文本", "text with no controls but tabs and line ends"), lang.T("重新导出，或删去该字符", "export it again, or delete the character"))
	p.Pos = place.pos(name)
	return p
}

func note(name, code string, place at, found, mend lang.Text) diag.Problem {
	return diag.Problem{Code: code, Reach: diag.Note, Pos: place.pos(name), Found: found, Mend: mend}
}

func (t *Table) ragged(r *Row) diag.Problem {
	return diag.Problem{Code: "ragged-row", Reach: diag.Row, Pos: t.Pos(*r, -1),
		Found: lang.F("这一行有 %s 列", "a row of %s", lang.Count(r.width(), "cell", "cells")),
		Want:  lang.F("%s 列，与表头相同", "%s, as in the header", lang.Count(len(t.Header.Cells), "cell", "cells")),
		Mend:  lang.T("检查这一行是否缺列、多了分隔符，或文字里的分隔符没有加英文双引号", "look for a missing cell, a separator too many, or a separator inside a text that has no double quotes around it")}
}
