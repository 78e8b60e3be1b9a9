package install

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"
)

// ErrNotOurs means that a file is not this program, or not for this machine.
var ErrNotOurs = errors.New("这个文件不是组建助手的程序，或者不是给这种机器的。压缩包请先解压，用里面的程序")

// ErrFolder means that a folder was named where the program in it is wanted.
var ErrFolder = errors.New("这是一个文件夹，不是程序")

// Update puts the program in file in the place of the one at old and gives what
// the new one calls itself, and where the old one was kept. Where it fails the
// old one stays.
func Update(ctx context.Context, old, file string) (release, kept string, err error) {
	next := old + ".new"
	if strings.HasSuffix(old, ".exe") {
		next = strings.TrimSuffix(old, ".exe") + ".new.exe" // Windows runs no other
	}
	if info, err := os.Stat(file); err == nil && info.IsDir() {
		return "", "", ErrFolder
	}
	defer os.Remove(next) // half of it, or after it did not fit
	if err := copyFile(next, file); err != nil {
		return "", "", err
	}
	if release, err = releaseOf(ctx, next); err != nil {
		return "", "", err
	}
	kept = old + ".old"
	_ = os.Remove(kept)
	if err := os.Rename(old, kept); err != nil {
		return "", "", err
	}
	if err := os.Rename(next, old); err != nil {
		return "", "", errors.Join(err, os.Rename(kept, old))
	}
	return release, kept, nil
}

// releaseOf has a program say what it is.
func releaseOf(ctx context.Context, program string) (string, error) {
	ctx, stop := context.WithTimeout(ctx, 30*time.Second)
	defer stop()
	out, err := exec.CommandContext(ctx, program, "--version").Output()
	if release := strings.TrimSpace(string(out)); err == nil && strings.HasPrefix(release, "组建助手 ") {
		return release, nil
	}
	return "", ErrNotOurs
}

func copyFile(to, from string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o755)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	if err := errors.Join(err, out.Sync(), out.Close()); err != nil {
		return fmt.Errorf("新的程序没有写完：%w", err)
	}
	return nil
}
