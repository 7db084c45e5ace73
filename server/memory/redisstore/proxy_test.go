package redisstore

import (
	"io"
	"net"
	"sync/atomic"
	"testing"
	"time"
)

// proxy passes bytes on to a server, the server's answers after a delay.
type proxy struct {
	addr  string
	delay atomic.Int64 // nanoseconds
}

func startProxy(t testing.TB, to string) *proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	p := &proxy{addr: l.Addr().String()}
	go func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			server, err := net.Dial("tcp", to)
			if err != nil {
				client.Close()
				continue
			}
			go pass(server, client, nil)
			go pass(client, server, &p.delay)
		}
	}()
	return p
}

func pass(to, from net.Conn, delay *atomic.Int64) {
	defer to.Close()
	defer from.Close()
	buf := make([]byte, 64<<10)
	for {
		n, err := from.Read(buf)
		if delay != nil {
			time.Sleep(time.Duration(delay.Load()))
		}
		if _, werr := to.Write(buf[:n]); werr != nil || err == io.EOF || err != nil {
			return
		}
	}
}
