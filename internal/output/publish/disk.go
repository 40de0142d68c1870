package publish

import (
	"errors"
	"io/fs"
	"os"
	"runtime"
	"sync"
	"syscall"
)

// hands is how many files are brought to the disk at a time: the disk gathers
// them, so that ten thousand files do not wait for it one by one.
const hands = 8

// settle brings everything in a staged folder to the disk, files before folders,
// and makes it readable by its owner alone whatever wrote it.
func settle(root *os.Root, stage string) error {
	var files, folders []string
	err := fs.WalkDir(root.FS(), stage, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir():
			folders = append(folders, path)
		case d.Type().IsRegular():
			files = append(files, path)
		default:
			return &fs.PathError{Op: "publish", Path: path, Err: errors.New("neither a file nor a folder")}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := syncFiles(root, files); err != nil {
		return err
	}
	for _, f := range folders {
		if err := errors.Join(root.Chmod(f, 0o700), syncFolder(root, f)); err != nil {
			return err
		}
	}
	return nil
}

func syncFiles(root *os.Root, files []string) error {
	next := make(chan string)
	errs := make([]error, hands)
	var group sync.WaitGroup
	for h := range hands {
		group.Go(func() {
			for path := range next {
				if errs[h] == nil {
					errs[h] = syncFile(root, path)
				}
			}
		})
	}
	for _, path := range files {
		next <- path
	}
	close(next)
	group.Wait()
	return errors.Join(errs...)
}

func syncFile(root *os.Root, path string) error {
	f, err := root.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Chmod(0o600), f.Sync(), f.Close())
}

// syncFolder brings the names in a folder to the disk; Windows does so by itself,
// and some network drives have nothing of the kind.
func syncFolder(root *os.Root, path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := root.Open(path)
	if err != nil {
		return err
	}
	err = f.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
		err = nil
	}
	return errors.Join(err, f.Close())
}
