package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const root = "../.."

// groundFloor are free for all.
var groundFloor = map[string]bool{"money": true, "period": true, "lang": true, "diag": true}

// allowed reads the import pairs from docs/architecture.md.
func allowed(t *testing.T) map[string]map[string]bool {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, "docs", "architecture.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, block, _ := strings.Cut(string(data), "```imports\n")
	block, _, _ = strings.Cut(block, "```")
	pairs := map[string]map[string]bool{}
	for _, line := range strings.Split(strings.TrimSpace(block), "\n") {
		name, list, _ := strings.Cut(line, ":")
		pairs[strings.TrimSpace(name)] = map[string]bool{}
		for _, w := range strings.Fields(list) {
			pairs[strings.TrimSpace(name)][w] = true
		}
	}
	if len(pairs) < 20 {
		t.Fatalf("docs/architecture.md lists %d packages only", len(pairs))
	}
	return pairs
}

func short(path string) string {
	return strings.TrimPrefix(strings.TrimPrefix(filepath.ToSlash(path), "telepay/"), "internal/")
}

// goFiles calls f for every Go file outside tests.
func goFiles(t *testing.T, f func(pkg, path string, file *ast.File)) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, filepath.Dir(path))
		f(short(rel), path, file)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestImportPairs(t *testing.T) {
	pairs := allowed(t)
	goFiles(t, func(pkg, path string, file *ast.File) {
		if pkg == "cmd/telepay" || groundFloor[pkg] {
			for _, imp := range file.Imports {
				if name := importOf(imp); groundFloor[pkg] && strings.HasPrefix(name, "telepay/") && !groundFloor[short(name)] {
					t.Errorf("%s: the ground floor imports %s", path, name)
				}
			}
			return
		}
		if pairs[pkg] == nil {
			t.Errorf("%s: package %s is not in docs/architecture.md", path, pkg)
			return
		}
		for _, imp := range file.Imports {
			name := importOf(imp)
			if strings.HasPrefix(name, "telepay/") && !groundFloor[short(name)] && !pairs[pkg][short(name)] {
				t.Errorf("%s: %s may not import %s (docs/architecture.md)", path, pkg, short(name))
			}
		}
	})
}

func importOf(imp *ast.ImportSpec) string {
	name, _ := strconv.Unquote(imp.Path.Value)
	return name
}

// Libraries that stand behind one door each.
func TestDoors(t *testing.T) {
	doors := map[string]string{
		"gopkg.in/yaml.v3": "yamldoc", "github.com/signintech/gopdf": "output/pdf", "github.com/spf13/cobra": "cmd/telepay", "github.com/shopspring/decimal": "money",
	}
	goFiles(t, func(pkg, path string, file *ast.File) {
		for _, imp := range file.Imports {
			if door, ok := doors[importOf(imp)]; ok && door != pkg {
				t.Errorf("%s imports %s; only %s may", path, importOf(imp), door)
			}
		}
	})
}

// Money, KPI values and layout never pass through a float. The PDF library asks
// for floats at the call, and Go's own benchmarks are not pay.
func TestNoFloats(t *testing.T) {
	goFiles(t, func(pkg, path string, file *ast.File) {
		if pkg == "output/pdf" || pkg == "output/xlsx" {
			return
		}
		ast.Inspect(file, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			if ok && (id.Name == "float64" || id.Name == "float32") {
				t.Errorf("%s uses %s", path, id.Name)
			}
			lit, ok := n.(*ast.BasicLit)
			if ok && lit.Kind == token.FLOAT {
				t.Errorf("%s has the float literal %s", path, lit.Value)
			}
			return true
		})
	})
}

// Nothing hands over half its work to init functions: what is active is a list one can read.
func TestNoInit(t *testing.T) {
	goFiles(t, func(pkg, path string, file *ast.File) {
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Name.Name == "init" && f.Recv == nil {
				t.Errorf("%s has an init function", path)
			}
		}
	})
}
