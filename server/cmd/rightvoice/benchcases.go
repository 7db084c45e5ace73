package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync/atomic"
	"time"
)

// onlyCases is a folder with one file of cases in its place.
func onlyCases(file string) (fs.FS, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, badArguments("%s can't be read", file)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	f, err := w.CreateHeader(&zip.FileHeader{Name: "cases/only.yaml", Method: zip.Store})
	if err == nil {
		_, err = f.Write(text)
	}
	if err = errors.Join(err, w.Close()); err != nil {
		return nil, err
	}
	return zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
}

// progress tells every second how much is done, on a terminal. The function it
// returns ends that.
func progress(std streams, done *atomic.Int64, what string) (stop func()) {
	f, isFile := std.err.(*os.File)
	if !isFile {
		return func() {}
	}
	if info, err := f.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return func() {}
	}
	end, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(time.Second)
		defer tick.Stop()
		for {
			select {
			case <-end:
				fmt.Fprint(f, "\r\033[K")
				return
			case <-tick.C:
				fmt.Fprintf(f, "\r%d%s", done.Load(), what)
			}
		}
	}()
	return func() { close(end); <-ended }
}
