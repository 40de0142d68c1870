package manifest

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Check tells whether dir is whole: it has a manifest, and its files are those
// of the manifest, byte for byte. The error names the first file that is not.
func Check(dir string) error {
	data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(Name)))
	if err != nil {
		return err
	}
	var d document
	if err := json.Unmarshal(data, &d); err != nil {
		return fmt.Errorf("%s: %w", Name, err)
	}
	have, err := filesOf(dir)
	if err != nil {
		return err
	}
	for i := range min(len(have), len(d.Outputs)) {
		if have[i] != d.Outputs[i] {
			return fmt.Errorf("%s: not as it was written (%s)", min(have[i].Name, d.Outputs[i].Name), Name)
		}
	}
	if len(have) != len(d.Outputs) {
		return fmt.Errorf("%s lists %d files, the folder has %d", Name, len(d.Outputs), len(have))
	}
	return nil
}

// filesOf lists the files of dir by name, but for the manifest itself.
func filesOf(dir string) ([]File, error) {
	out := []File{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil || filepath.ToSlash(name) == Name {
			return err
		}
		f, err := digest(path)
		f.Name = filepath.ToSlash(name)
		out = append(out, f)
		return err
	})
	return sorted(out), err
}

func digest(path string) (File, error) {
	f, err := os.Open(path)
	if err != nil {
		return File{}, err
	}
	defer f.Close()
	hash := sha256.New()
	n, err := io.Copy(hash, f)
	return File{Bytes: n, SHA256: hex.EncodeToString(hash.Sum(nil))}, err
}
