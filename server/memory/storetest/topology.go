package storetest

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// StartCluster starts a Redis Cluster of three masters.
func StartCluster(t testing.TB) []*Server {
	t.Helper()
	nodes := make([]*Server, 3)
	for i := range nodes {
		_, bus, _ := net.SplitHostPort(freeAddr(t))
		nodes[i] = StartRedis(t, "--cluster-enabled", "yes", "--cluster-port", bus, "--cluster-node-timeout", "2000", "--cluster-require-full-coverage", "no")
		from, to := 16384*i/3, 16384*(i+1)/3-1
		nodes[i].MustDo(t, "CLUSTER", "ADDSLOTSRANGE", fmt.Sprint(from), fmt.Sprint(to))
		nodes[i].MustDo(t, "CLUSTER", "SET-CONFIG-EPOCH", fmt.Sprint(i+1))
		if i > 0 {
			host, port, _ := net.SplitHostPort(nodes[0].Addr)
			nodes[i].MustDo(t, "CLUSTER", "MEET", host, port, nodes[0].busPort())
		}
	}
	for _, n := range nodes {
		await(t, "the cluster", func() bool {
			info, err := n.Do("CLUSTER", "INFO")
			return err == nil && strings.Contains(info.(string), "cluster_state:ok") && strings.Contains(info.(string), "cluster_known_nodes:3")
		})
	}
	return nodes
}

func (s *Server) busPort() string {
	for i, a := range s.args {
		if a == "--cluster-port" {
			return s.args[i+1]
		}
	}
	return ""
}

// StartSentinel starts a Sentinel that watches a master named "main" and its
// replica, which it also starts.
func StartSentinel(t testing.TB) (sentinel, master, replica *Server) {
	t.Helper()
	master = StartRedis(t)
	host, port, _ := net.SplitHostPort(master.Addr)
	replica = StartRedis(t, "--replicaof", host+" "+port, "--repl-diskless-sync-delay", "0")
	master.MustDo(t, "CONFIG", "SET", "repl-diskless-sync-delay", "0")
	await(t, "the replica", func() bool {
		info, err := replica.Do("INFO", "replication")
		return err == nil && strings.Contains(info.(string), "master_link_status:up")
	})
	conf := filepath.Join(t.TempDir(), "sentinel.conf")
	lines := fmt.Sprintf("sentinel monitor main %s %s 1\nsentinel down-after-milliseconds main 500\nsentinel failover-timeout main 5000\n", host, port)
	if err := os.WriteFile(conf, []byte(lines), 0o600); err != nil {
		t.Fatal(err)
	}
	sentinel = startServer(t, "--sentinel", conf)
	await(t, "the sentinel", func() bool {
		info, err := sentinel.Do("INFO", "sentinel")
		return err == nil && strings.Contains(info.(string), "status=ok") && strings.Contains(info.(string), "slaves=1")
	})
	return sentinel, master, replica
}

func await(t testing.TB, what string, ready func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !ready(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s is not ready", what)
		}
	}
}
