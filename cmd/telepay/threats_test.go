package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// threats is what can come in with files and go out with papers, one line each,
// with the tests that hold it off.
var threats = []struct {
	row    int // of the list: 1–7 papers, 8–11 paths, 12–20 hostile input, 21–26 encodings, 27–31 people, 32–46 money and days; 0: beside it
	threat string
	tests  string // folder:Test, folder:Test
}{
	// What goes into files that people open.
	{1, "formulas in CSV", "internal/output/csv:TestGuard internal/output/csv:TestGuardLaw internal/output/csv:TestQuote"},
	{2, "formulas in XLSX", "internal/output/xlsx:TestNothingRuns cmd/telepay:TestWorkbookReadBack"},
	{3, "text that XLSX changes: long, control characters, _x0041_", "internal/output/xlsx:TestEscape internal/output/xlsx:TestLongText internal/output/xlsx:TestTextLaw"},
	{4, "markup and scripts in HTML", "internal/output/html:TestPage"},
	{5, "terminal escapes and directions of writing in messages", "internal/diag:TestClean"},
	{6, "text in PDF: characters no font has, overflow", "internal/output/payslip:TestUnknownCharactersAreReported internal/output/payslip:TestNothingIsCutOrOverprinted internal/output/payslip:TestTextComesBackFromThePDF"},
	{7, "money in XLSX as a binary number", "internal/output/xlsx:TestCells internal/output/xlsx:TestLibraryReadsIt"},

	// Names that become paths.
	{8, "paths, drives, streams, NUL in names", "internal/output/publish:TestFileName internal/output/publish:TestFileNameLaw"},
	{9, "reserved names, disks that are blind to case", "internal/output/publish:TestFileNamesDiffer internal/output/publish:TestNames"},
	{10, "a link planted in the results", "internal/output/publish:TestLinkInTheFolder"},
	{11, "paths as names of parts of a workbook", "internal/input/table:TestOtherArchives"},

	// Inputs made to hurt.
	{12, "zip bombs, lists of parts that lie", "cmd/telepay:TestHostileFiles internal/input/table:TestBombs internal/input/table:TestLyingLists internal/input/table:FuzzArchive"},
	{13, "workbooks that lie: sizes, entities, pointers, formulas without a value, errors, two parts of one name", "internal/input/table:TestDeclaredSizeLies internal/input/table:TestWorkbookShapes internal/input/table:TestCellFaults internal/input/table:FuzzSheet"},
	{13, "XML that takes more time than its length", "internal/input/table:TestSlowMarkup"},
	{14, "YAML: depth, size, aliases, tags, merge keys, documents, NUL, keys twice", "internal/yamldoc:TestRefused internal/yamldoc:FuzzParse cmd/telepay:TestHostileFiles"},
	{15, "fields, rows and headers without an end, a quote that never closes", "cmd/telepay:TestHostileFiles internal/input/table:TestLimits internal/input/scan:TestLongRowsAreRefused internal/input/table:FuzzTokenizer"},
	{16, "pipes, devices, folders, loops of links", "cmd/telepay:TestNoRegularFile internal/input/table:TestNotRegular"},
	{17, "a file that changes while it is read", "internal/input/table:TestChanged"},
	{18, "a million errors", "cmd/telepay:TestHostileFiles internal/input/scan:TestManyErrorsAreCapped internal/diag:TestSorted"},
	{19, "numbers without an end", "internal/money:TestParse internal/money:FuzzParse internal/input:TestMistakes"},
	{20, "formulas of a plan", "internal/expr:FuzzCompile internal/plan:FuzzRead"},
	{20, "regular expressions and formulas of a profile", "internal/input/profile:TestPatternsAreShort internal/input/profile:FuzzProfile internal/input/profile:TestParse"},

	// Encodings and structure.
	{21, "encodings, two in one file, characters cut by a read", "internal/input/table:TestText internal/input/table:TestGB18030 internal/input/table:TestDecoderCuts"},
	{22, "NUL, controls, Ctrl-Z, a clock's NULs at the end", "internal/input/table:TestText internal/input/table:TestControlsInCells cmd/telepay:TestFirstHour"},
	{23, "line ends of every kind, blank lines, cut files", "internal/input/table:TestText internal/input/table:TestTextAfterHeader internal/input/table:TestCutAnywhere internal/input/table:TestAgainstStandardReader"},
	{24, "separators, sep=, titles, rows of totals", "internal/input/table:TestText internal/input:TestTitleLines internal/input:TestMistakes"},
	{25, "columns that are missing, doubled, misspelled, in another order", "internal/input/profile:TestMatch internal/input/profile:TestMissingColumnNamesTheNearest internal/input:TestLaws"},
	{26, "another kind of file under the name", "internal/input/table:TestText internal/input/table:TestOtherArchives"},

	// Who is who.
	{27, "one id in several spellings, two people under one id", "internal/input:TestHints internal/input:TestRoster internal/input:FuzzID internal/input:TestFaultyPersonIsOneProblem"},
	{28, "letters of another script, lost zeros", "internal/input:TestHints"},
	{29, "ids that a spreadsheet spoiled", "internal/input:TestMistakes internal/input:TestOneFaultDoesNotSpread internal/input/table:TestCells"},
	{30, "rows of one person that contradict or leave gaps", "internal/input:TestRoster cmd/telepay:TestMistakes"},
	{31, "deals outside the employment", "cmd/telepay:TestMistakes internal/input:TestOutside"},

	// Money, dates, repeats, references.
	{32, "amounts that are written otherwise", "internal/input:TestMistakes internal/money:TestParse"},
	{33, "5 or 5%", "cmd/telepay:TestMistakes internal/input:TestReadFacts"},
	{34, "binary noise of workbooks", "internal/input/table:TestCells internal/input/table:TestRandomWorkbooks"},
	{35, "another currency, more places than it has", "internal/input:TestMistakes"},
	{36, "negative or zero where it makes no sense", "internal/input:TestMistakes internal/money:TestParse"},
	{37, "dates that are ambiguous, impossible, serial", "internal/input:TestMistakes internal/input:FuzzDate internal/input/table:TestCells internal/input/table:TestWorkbookShapes"},
	{38, "zones and edges of months", "internal/input/scan:TestReadInstant internal/period:TestCutPartsTime internal/input:TestCallsOfNextMonth"},
	{39, "days after the month, slips of the year", "internal/input:TestOutside cmd/telepay:TestMistakes"},
	{40, "the same export twice, exports that overlap, also with months before", "cmd/telepay:TestHandWorkedMonths internal/input:TestOverlap internal/input:TestLaws cmd/telepay:TestLaws"},
	{41, "months that overlap or are skipped", "internal/period:TestCutPartsTime cmd/telepay:TestSkippedMonth internal/input:TestMissingMonth"},
	{42, "refunds above what was paid, of nothing, before it", "internal/crediting:TestRefunds internal/crediting:TestFullRefund internal/crediting:TestOverValue"},
	{43, "payments of unknown deals, deals of unknown people", "internal/crediting:TestRowsThatAreRefused internal/input:TestOneFaultDoesNotSpread"},
	{44, "attendance that is missing, doubled or contradicts", "internal/attendance:TestGaps internal/input:TestMistakes"},
	{45, "disputes without parties, with two rulings, not ruled", "internal/crediting:TestDisputes internal/input:TestMistakes"},
	{46, "a row of last month that is gone from this month's export", "internal/input:TestVanished cmd/telepay:TestVanishedRowChangesNoPay cmd/telepay:TestMistakes"},
	{0, "whoever is not to be named", "internal/input:TestNoPersonalData internal/output/csv:TestProblemsDoNotQuoteTheRow"},
}

// TestThreats: every test that is named here exists.
func TestThreats(t *testing.T) {
	sources := map[string]string{}
	rows := map[int]bool{}
	for _, line := range threats {
		rows[line.row] = true
		if strings.TrimSpace(line.tests) == "" {
			t.Errorf("%s: no test", line.threat)
		}
		for _, name := range strings.Fields(line.tests) {
			dir, test, _ := strings.Cut(name, ":")
			if _, read := sources[dir]; !read {
				sources[dir] = testSources(t, dir)
			}
			if !regexp.MustCompile(`(?m)^func ` + test + `\(`).MatchString(sources[dir]) {
				t.Errorf("%s: no %s in %s", line.threat, test, dir)
			}
		}
	}
	for row := 1; row <= 46; row++ {
		if !rows[row] {
			t.Errorf("row %d of the threats has no test", row)
		}
	}
}

// TestSkippedMonth: a month without a folder between two others is no month without
// sales; nothing is computed past it.
func TestSkippedMonth(t *testing.T) {
	dir := exhibit(t)
	put(t, filepath.Join(dir, "exports", "2026-12", "deals.csv"), "单号,工号,客户编号,合同额,签约日\nD9,T1,K9,100.00,2026-12-12\n")
	do(t, exitProblems, []string{"exports/2026-11: error[missing-folder]"}, "-C", dir, "--quiet", "run", "2026-12")
	if _, err := os.Stat(filepath.Join(dir, "out", "2026-12")); err == nil {
		t.Error("there are results")
	}
}

// TestVanishedRowChangesNoPay: November's export goes back over October, with and
// without one of its deals; both months are paid the same, and the difference is noted.
func TestVanishedRowChangesNoPay(t *testing.T) {
	var registers []string
	for _, again := range []string{"D1,T1,K1,1000.00,2026-10-12\nD2,T1,K2,500.00,2026-10-20\n", "D1,T1,K1,1000.00,2026-10-12\n"} {
		dir := exhibit(t, "vanished-row")
		put(t, filepath.Join(dir, "exports", "2026-11", "deals.csv"), "单号,工号,客户编号,合同额,签约日\n"+again)
		note := []string{"note[vanished-row]"}
		if len(registers) == 0 {
			note = nil
		}
		do(t, exitDone, note, "-C", dir, "--quiet", "run")
		data, err := os.ReadFile(filepath.Join(dir, "out", "2026-11", "data", "register.csv"))
		if err != nil {
			t.Fatal(err)
		}
		registers = append(registers, string(data))
	}
	if registers[0] != registers[1] {
		t.Errorf("%s\nbut\n%s", registers[0], registers[1])
	}
}

func testSources(t *testing.T, dir string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, filepath.FromSlash(dir), "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(data)
	}
	return all.String()
}
