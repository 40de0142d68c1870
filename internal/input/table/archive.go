package table

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"sort"
	"strings"

	"github.com/klauspost/compress/flate"

	"telepay/internal/diag"
	"telepay/internal/lang"
)

// Limits of a workbook's parts, checked before any of them is unpacked.
const (
	maxParts     = 2000
	maxDirectory = 4 << 20 // bytes of the list of parts
	maxUnpacked  = 300 << 20
	maxSheet     = 2 << 30 // of a sheet of calls, instead
	bigPart      = 10 << 20
	maxRatio     = 1000
	maxSmall     = 32 << 20 // of a part that is kept in memory whole: relations, list of sheets, styles
	maxShared    = 4 << 20  // texts that cells point to
)

// openZip opens an archive after its list of parts was judged: how long it is,
// before the list is read; what it says, before any part is unpacked.
func openZip(r io.ReaderAt, size int64, name string, calls bool) (*zip.Reader, *diag.Problem, error) {
	if p, err := directory(r, size, name); p != nil || err != nil {
		return nil, p, err
	}
	z, err := zip.NewReader(r, size)
	switch {
	case machine(err) != nil:
		return nil, nil, err
	case err != nil:
		return nil, damagedWorkbook(name, damage{"zip", err.Error()}), nil
	}
	if p := precheck(name, z.File, calls); p != nil {
		return nil, p, nil
	}
	z.RegisterDecompressor(zip.Deflate, func(r io.Reader) io.ReadCloser { // a third faster than the archive reader's own
		return flate.NewReader(bufio.NewReaderSize(r, 64<<10))
	})
	return z, otherArchive(name, z.File), nil
}

// directory finds the list of parts at the end of an archive. The archive reader
// reads the whole list, whatever the archive says of its length.
// Source: PKWARE APPNOTE 6.3.10, 4.3.16, end of central directory record.
func directory(r io.ReaderAt, size int64, name string) (*diag.Problem, error) {
	const record, comment = 22, 1<<16 - 1
	tail := make([]byte, min(size, record+comment))
	if _, err := r.ReadAt(tail, size-int64(len(tail))); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	at := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if at < 0 || at+record > len(tail) {
		return damagedWorkbook(name, damage{"zip", "no list of parts"}), nil
	}
	end := tail[at:]
	parts, length, start := binary.LittleEndian.Uint16(end[10:]), int64(binary.LittleEndian.Uint32(end[12:])), int64(binary.LittleEndian.Uint32(end[16:]))
	switch {
	case parts > maxParts || length > maxDirectory:
		return tooMuch(name), nil
	case start+length != size-int64(len(end)):
		return damagedWorkbook(name, damage{"zip", "bytes around the list of parts"}), nil
	}
	return nil, nil
}

func tooMuch(name string) *diag.Problem {
	return stop(name, "workbook-too-large", lang.T("工作簿解压后过大，或部件过多", "a workbook that unpacks to too much or has too many parts"),
		lang.F("解压后不超过 %d MiB（通话表 2 GiB），部件不超过 %d 个", "at most %d MiB unpacked (a sheet of calls 2 GiB) and %d parts", maxUnpacked>>20, maxParts),
		lang.T("另存为 CSV UTF-8，或只保留数据那一张表", "save it as CSV UTF-8, or keep only the sheet with the data"))
}

// precheck refuses archives made to hurt: too many parts, doubled names, sizes
// and ratios no workbook has, parts that overlap.
func precheck(name string, parts []*zip.File, calls bool) *diag.Problem {
	var total uint64
	seen := map[string]bool{}
	for _, f := range parts {
		key := strings.ToLower(f.Name)
		if seen[key] {
			return damagedWorkbook(name, damage{f.Name, "two parts of one name"})
		}
		seen[key] = true
		most := uint64(maxUnpacked)
		if calls && strings.HasPrefix(key, "xl/worksheets/sheet") {
			most = maxSheet
		} else {
			total += f.UncompressedSize64
		}
		ratio := f.UncompressedSize64 / max(1, f.CompressedSize64)
		if total > maxUnpacked || f.UncompressedSize64 > most || f.UncompressedSize64 > bigPart && ratio > maxRatio || len(parts) > maxParts {
			return tooMuch(name)
		}
	}
	if overlap(parts) {
		return damagedWorkbook(name, damage{"zip", "parts overlap"})
	}
	return nil
}

// otherArchive refuses zip archives that are something else than a workbook: by
// the parts they have.
func otherArchive(name string, parts []*zip.File) *diag.Problem {
	saveAs := lang.T("打开后另存为 .xlsx 或 CSV UTF-8", "open it and save it as .xlsx or as CSV UTF-8")
	has := map[string]bool{}
	for _, f := range parts {
		has[strings.ToLower(f.Name)] = true
	}
	switch {
	case has["xl/workbook.bin"]:
		return wrongFile(name, "wrong-file", lang.T("二进制工作簿 .xlsb", "a binary workbook (.xlsb)"), saveAs)
	case has["mimetype"] && has["content.xml"]:
		return wrongFile(name, "wrong-file", lang.T("OpenDocument 文件 .ods", "an OpenDocument file (.ods)"), saveAs)
	case has["word/document.xml"] || has["ppt/presentation.xml"]:
		return wrongFile(name, "wrong-file", lang.T("Word 或 PowerPoint 文件", "a Word or PowerPoint file"), lang.T("从系统里重新导出 CSV 或 .xlsx", "export it again from the system as CSV or .xlsx"))
	case len(parts) > 0 && !has["_rels/.rels"] && !has["[content_types].xml"]:
		return wrongFile(name, "wrong-file", lang.F("zip 压缩包（里面有 %s）", "a zip archive (it holds %s)", diag.Quote(parts[0].Name)), lang.T("解压后放入里面的文件", "unpack it and put in the file that is inside"))
	}
	return nil
}

func overlap(parts []*zip.File) bool {
	type stretch struct{ from, to uint64 }
	var all []stretch
	for _, f := range parts {
		from, err := f.DataOffset()
		if err != nil {
			return true
		}
		all = append(all, stretch{uint64(from), uint64(from) + f.CompressedSize64})
	}
	sort.Slice(all, func(i, j int) bool { return all[i].from < all[j].from })
	for i := 1; i < len(all); i++ {
		if all[i].from < all[i-1].to {
			return true
		}
	}
	return false
}
