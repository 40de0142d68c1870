package table

import (
	"bytes"
	"io"
	"strings"

	"telepay/internal/diag"
	"telepay/internal/lang"
)

// container is what a file is by its first bytes.
type container uint8

const (
	plain container = iota
	gzipped
	workbook
)

// strangers are files that people take for exports, by their first bytes.
var strangers = []struct {
	magic string
	code  string
	what  lang.Text
	mend  lang.Text
}{
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old-xls", lang.T("旧版 .xls 工作簿或加密的工作簿", "an old .xls workbook or an encrypted one"),
		lang.T("用 Excel 或 WPS 打开，去掉打开密码，另存为 .xlsx 或 CSV UTF-8", "open it in Excel or WPS, remove the password, and save it as .xlsx or as CSV UTF-8")},
	{"PAR1", "wrong-file", lang.T("Parquet 文件", "a Parquet file"), lang.T("导出为 CSV 或 .xlsx", "export it as CSV or .xlsx")},
	{"%PDF", "wrong-file", lang.T("PDF 文件", "a PDF file"), lang.T("从系统里重新导出 CSV 或 .xlsx", "export it again from the system as CSV or .xlsx")},
	{"Rar!", "wrong-file", lang.T("RAR 压缩包", "a RAR archive"), lang.T("解压后放入里面的文件", "unpack it and put in the file that is inside")},
	{"7z\xbc\xaf", "wrong-file", lang.T("7z 压缩包", "a 7z archive"), lang.T("解压后放入里面的文件", "unpack it and put in the file that is inside")},
	{"SQLite format 3\x00", "wrong-file", lang.T("SQLite 数据库", "an SQLite database"), lang.T("导出为 CSV 或 .xlsx", "export it as CSV or .xlsx")},
}

// container tells what the file is, or refuses what no reader is for.
func (f *file) container() (container, *diag.Problem, error) {
	head := make([]byte, 1024)
	n, err := io.ReadFull(f.raw(), head)
	if err != nil && err != io.ErrUnexpectedEOF {
		return plain, nil, err
	}
	head = head[:n]
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return workbook, nil, nil
	case bytes.HasPrefix(head, []byte("\x1f\x8b")):
		return gzipped, nil, nil
	}
	return plain, stranger(f.name, head), nil
}

// stranger refuses files that are no table, by their first bytes.
func stranger(name string, head []byte) *diag.Problem {
	for _, s := range strangers {
		if bytes.HasPrefix(head, []byte(s.magic)) {
			return wrongFile(name, s.code, s.what, s.mend)
		}
	}
	start := strings.ToLower(string(bytes.TrimLeft(bytes.TrimPrefix(head, []byte(bomUTF8)), " \t\r\n")))
	for _, tag := range []string{"<!doctype", "<html", "<head", "<table", "<?xml", "<meta", "<script"} {
		if strings.HasPrefix(start, tag) {
			return wrongFile(name, "wrong-file", lang.T("网页或 XML（常见于登录过期后下载的文件，或改了扩展名的网页表格）", "a web page or XML (often what an expired login downloads, or a web table under another name)"),
				lang.T("重新登录后再导出一次；若能在 Excel 里打开，另存为 .xlsx", "log in and export again; if Excel opens it, save it as .xlsx"))
		}
	}
	return nil
}

// insideGzip refuses what is no text once unpacked.
func insideGzip(name string, head []byte) *diag.Problem {
	if bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("\x1f\x8b")) {
		return wrongFile(name, "wrong-file", lang.T("压缩包里还是压缩包或工作簿", "an archive or a workbook inside gzip"),
			lang.T("先解压 .gz，放入里面的文件", "unpack the .gz and put in the file that is inside"))
	}
	return stranger(name, head)
}
