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
	threat string
	tests  string // folder:Test, folder:Test
}{
	// What goes into files that people open.
	{"formulas in CSV", "internal/output/csv:TestGuard internal/output/csv:TestGuardLaw internal/output/csv:TestQuote"},
	{"formulas in XLSX", "internal/output/xlsx:TestNothingRuns cmd/telepay:TestWorkbookReadBack"},
	{"text that XLSX changes: long, control characters, _x0041_", "internal/output/xlsx:TestEscape internal/output/xlsx:TestLongText internal/output/xlsx:TestTextLaw"},
	{"terminal escapes and directions of writing in messages", "internal/diag:TestClean"},
	{"text in PDF: characters no font has, overflow", "internal/output/payslip:TestUnknownCharactersAreReported internal/output/payslip:TestNothingIsCutOrOverprinted internal/output/payslip:TestTextComesBackFromThePDF"},
	{"money in XLSX as a binary number", "internal/output/xlsx:TestCells internal/output/xlsx:TestLibraryReadsIt"},

	// Names that become paths.
	{"paths, drives, streams, NUL in names", "internal/output/publish:TestFileName internal/output/publish:TestFileNameLaw"},
	{"reserved names, disks that are blind to case", "internal/output/publish:TestFileNamesDiffer internal/output/publish:TestNames"},
	{"a link planted in the results", "internal/output/publish:TestLinkInTheFolder"},
	{"paths as names of parts of a workbook", "internal/input/table:TestOtherArchives"},

	// Inputs made to hurt.
	{"zip bombs, lists of parts that lie", "cmd/telepay:TestHostileFiles internal/input/table:TestBombs internal/input/table:TestLyingLists internal/input/table:FuzzArchive"},
	{"workbooks that lie: sizes, entities, pointers, formulas without a value, errors, two parts of one name", "internal/input/table:TestDeclaredSizeLies internal/input/table:TestWorkbookShapes internal/input/table:TestCellFaults internal/input/table:FuzzSheet"},
	{"XML that takes more time than its length", "internal/input/table:TestSlowMarkup"},
	{"YAML: depth, size, aliases, tags, merge keys, documents, NUL, keys twice", "internal/yamldoc:TestRefused internal/yamldoc:FuzzParse cmd/telepay:TestHostileFiles"},
	{"fields, rows and headers without an end, a quote that never closes", "cmd/telepay:TestHostileFiles internal/input/table:TestLimits internal/input/scan:TestLongRowsAreRefused internal/input/table:FuzzTokenizer"},
	{"pipes, devices, folders, loops of links", "cmd/telepay:TestNoRegularFile internal/input/table:TestNotRegular"},
	{"a file that changes while it is read", "internal/input/table:TestChanged"},
	{"a million errors", "cmd/telepay:TestHostileFiles internal/input/scan:TestManyErrorsAreCapped internal/diag:TestSorted"},
	{"numbers without an end", "internal/money:TestParse internal/money:FuzzParse internal/input:TestMistakes"},
	{"formulas of a plan", "internal/expr:FuzzCompile internal/plan:FuzzRead"},
	{"profiles", "internal/input/profile:FuzzProfile internal/input/profile:TestParse"},

	// Encodings and structure.
	{"encodings, two in one file, characters cut by a read", "internal/input/table:TestText internal/input/table:TestGB18030 internal/input/table:TestDecoderCuts"},
	{"NUL, controls, Ctrl-Z", "internal/input/table:TestText internal/input/table:TestControlsInCells"},
	{"line ends of every kind, blank lines, cut files", "internal/input/table:TestText internal/input/table:TestTextAfterHeader internal/input/table:TestCutAnywhere internal/input/table:TestAgainstStandardReader"},
	{"separators, sep=, titles, rows of totals", "internal/input/table:TestText internal/input:TestTitleLines internal/input:TestMistakes"},
	{"columns that are missing, doubled, misspelled, in another order", "internal/input/profile:TestMatch internal/input/profile:TestMissingColumnNamesTheNearest internal/input:TestLaws"},
	{"another kind of file under the name", "internal/input/table:TestText internal/input/table:TestOtherArchives"},

	// Who is who.
	{"one id in several spellings, two people under one id", "internal/input:TestHints internal/input:TestRoster internal/input:FuzzID"},
	{"letters of another script, lost zeros", "internal/input:TestHints"},
	{"ids that a spreadsheet spoiled", "internal/input:TestMistakes internal/input:TestOneFaultDoesNotSpread internal/input/table:TestCells"},
	{"rows of one person that contradict or leave gaps", "internal/input:TestRoster cmd/telepay:TestMistakes"},
	{"deals outside the employment", "cmd/telepay:TestMistakes internal/input:TestOutside"},

	// Money, dates, repeats, references.
	{"amounts that are written otherwise", "internal/input:TestMistakes internal/money:TestParse"},
	{"5 or 5%", "cmd/telepay:TestMistakes internal/input:TestReadFacts"},
	{"binary noise of workbooks", "internal/input/table:TestCells internal/input/table:TestRandomWorkbooks"},
	{"another currency, more places than it has", "internal/input:TestMistakes"},
	{"negative or zero where it makes no sense", "internal/input:TestMistakes internal/money:TestParse"},
	{"dates that are ambiguous, impossible, serial", "internal/input:TestMistakes internal/input:FuzzDate internal/input/table:TestCells internal/input/table:TestWorkbookShapes"},
	{"zones and edges of months", "internal/input/scan:TestReadInstant internal/period:TestCutPartsTime internal/input:TestCallsOfNextMonth"},
	{"days after the month, slips of the year", "internal/input:TestOutside cmd/telepay:TestMistakes"},
	{"the same export twice, exports that overlap", "internal/input:TestOverlap internal/input:TestLaws cmd/telepay:TestLaws"},
	{"refunds above what was paid, of nothing, before it", "internal/crediting:TestRefunds internal/crediting:TestFullRefund internal/crediting:TestOverValue"},
	{"payments of unknown deals, deals of unknown people", "internal/crediting:TestRowsThatAreRefused internal/input:TestOneFaultDoesNotSpread"},
	{"attendance that is missing, doubled or contradicts", "internal/attendance:TestGaps internal/input:TestMistakes"},
	{"disputes without parties, with two rulings, not ruled", "internal/crediting:TestDisputes internal/input:TestMistakes"},
	{"whoever is not to be named", "internal/input:TestNoPersonalData internal/output/csv:TestProblemsDoNotQuoteTheRow"},
}

// TestThreats: every test that is named here exists.
func TestThreats(t *testing.T) {
	sources := map[string]string{}
	for _, line := range threats {
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
