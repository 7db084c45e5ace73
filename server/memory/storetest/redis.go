package storetest

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// RequireRedis is the environment variable that, if set, makes a missing
// redis-server a failure instead of a reason to skip.
const RequireRedis = "RIGHTVOICE_REQUIRE_REDIS"

// Server is a redis-server on loopback that a test started and that ends with
// the test. It keeps nothing on disk.
type Server struct {
	Addr string

	args    []string
	dir     string
	process *exec.Cmd
}

// StartRedis starts a redis-server with further arguments, such as
// "--maxmemory", "10mb". Without redis-server the test is skipped.
func StartRedis(t testing.TB, args ...string) *Server {
	t.Helper()
	return startServer(t, append([]string{"--save", "", "--appendonly", "no"}, args...)...)
}

func startServer(t testing.TB, args ...string) *Server {
	t.Helper()
	if _, err := exec.LookPath("redis-server"); err != nil {
		if os.Getenv(RequireRedis) != "" {
			t.Fatalf("redis-server is not installed, and %s is set", RequireRedis)
		}
		t.Skip("left out: redis-server is not installed")
	}
	s := &Server{args: args, dir: t.TempDir()}
	t.Cleanup(s.kill)
	for range 5 { // another process may take the port before the server does
		s.Addr = freeAddr(t)
		if s.start() == nil {
			return s
		}
	}
	log, _ := os.ReadFile(filepath.Join(s.dir, "log"))
	t.Fatalf("redis-server does not start:\n%s", log)
	return nil
}

func freeAddr(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// start starts the server on its address and waits until it answers.
func (s *Server) start() error {
	_, port, err := net.SplitHostPort(s.Addr)
	if err != nil {
		return err
	}
	args := append([]string{"--bind", "127.0.0.1", "--port", port, "--dir", s.dir, "--logfile", "log", "--daemonize", "no"}, s.args...)
	if i := len(args) - 1; strings.HasSuffix(args[i], ".conf") { // a file comes first
		args = append(args[i:], args[:i]...)
	}
	s.process = exec.Command("redis-server", args...)
	endWithUs(s.process)
	if err := s.process.Start(); err != nil {
		return err
	}
	exited := make(chan struct{})
	process := s.process
	go func() {
		process.Wait()
		close(exited)
	}()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); { // it may have a log to read
		if answer, err := s.Do("PING"); err == nil && answer == "PONG" {
			return nil
		}
		select {
		case <-exited:
			return fmt.Errorf("redis-server ended: %v", process.ProcessState)
		case <-time.After(5 * time.Millisecond):
		}
	}
	s.kill()
	return fmt.Errorf("redis-server does not answer")
}

// Restart kills the server and starts it again on the same address: empty, unless
// its arguments let it keep a log.
func (s *Server) Restart(t testing.TB) {
	t.Helper()
	s.kill()
	if err := s.start(); err != nil {
		t.Fatal(err)
	}
}

// RestartInOrder is Restart by a signal that lets the server finish.
func (s *Server) RestartInOrder(t testing.TB) {
	t.Helper()
	s.signal(t, syscall.SIGTERM)
	s.gone()
	s.Restart(t)
}

// RestartWithLoss is Restart of a server with a log whose last bytes never reached
// the disk, as when its machine loses power.
func (s *Server) RestartWithLoss(t testing.TB, bytes int64) {
	t.Helper()
	s.kill()
	logs, _ := filepath.Glob(filepath.Join(s.dir, "appendonlydir", "*.incr.aof"))
	if len(logs) != 1 { // more only while it is being rewritten
		t.Fatalf("the server has %d logs", len(logs))
	}
	is, err := os.Stat(logs[0])
	if err == nil {
		err = os.Truncate(logs[0], max(0, is.Size()-bytes))
	}
	if err != nil {
		t.Fatal(err)
	}
	s.Restart(t)
}

// Stop ends the server at once; connections to it are refused from now on.
func (s *Server) Stop(t testing.TB) {
	t.Helper()
	s.kill()
}

// Pause halts the server as a hang does: connections are taken, nothing is
// answered.
func (s *Server) Pause(t testing.TB) { s.signal(t, syscall.SIGSTOP) }

// Resume ends a Pause.
func (s *Server) Resume(t testing.TB) { s.signal(t, syscall.SIGCONT) }

func (s *Server) signal(t testing.TB, sig os.Signal) {
	t.Helper()
	if err := s.process.Process.Signal(sig); err != nil {
		t.Fatal(err)
	}
}

// kill ends the process and waits until its port is free again.
func (s *Server) kill() {
	if s.process == nil || s.process.Process == nil {
		return
	}
	s.process.Process.Kill()
	s.gone()
}

// gone waits until nobody listens any more.
func (s *Server) gone() {
	for end := time.Now().Add(5 * time.Second); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if c, err := net.Dial("tcp", s.Addr); err != nil {
			return
		} else {
			c.Close()
		}
	}
}

// URL is the server's address in the form that --redis-url takes.
func (s *Server) URL() string { return "redis://" + s.Addr }

// MustDo is Do for commands that can't fail.
func (s *Server) MustDo(t testing.TB, args ...string) any {
	t.Helper()
	answer, err := s.Do(args...)
	if err != nil {
		t.Fatalf("%s: %v", args[0], err)
	}
	return answer
}
