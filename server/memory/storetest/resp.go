package storetest

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"time"
)

// Do sends one command over a connection of its own and returns the answer: a
// string, an int64, nil, or a []any of them. It is a client of a few lines, so
// that tests look at Redis through other eyes than the store does.
func (s *Server) Do(args ...string) (any, error) {
	c, err := net.DialTimeout("tcp", s.Addr, time.Second)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(5 * time.Second))
	var b strings.Builder
	fmt.Fprintf(&b, "*%d\r\n", len(args))
	for _, a := range args {
		fmt.Fprintf(&b, "$%d\r\n%s\r\n", len(a), a)
	}
	if _, err := io.WriteString(c, b.String()); err != nil {
		return nil, err
	}
	return readAnswer(bufio.NewReader(c))
}

func readAnswer(r *bufio.Reader) (any, error) {
	line, err := r.ReadString('\n')
	if err != nil {
		return nil, err
	}
	kind, rest := line[0], strings.TrimRight(line[1:], "\r\n")
	switch kind {
	case '+':
		return rest, nil
	case '-':
		return nil, errors.New(rest)
	}
	n, err := strconv.ParseInt(rest, 10, 64)
	switch {
	case err != nil || kind == ':':
		return n, err
	case n < 0:
		return nil, nil
	case kind == '$':
		text := make([]byte, n+2)
		_, err := io.ReadFull(r, text)
		return string(text[:n]), err
	case kind == '*':
		all := make([]any, n)
		for i := range all {
			if all[i], err = readAnswer(r); err != nil {
				return nil, err
			}
		}
		return all, nil
	}
	return nil, fmt.Errorf("an answer that starts with %q", kind)
}

// Keys lists all keys of the server.
func (s *Server) Keys() ([]string, error) {
	var keys []string
	for cursor := "0"; ; {
		answer, err := s.Do("SCAN", cursor, "COUNT", "1000")
		if err != nil {
			return nil, err
		}
		parts, ok := answer.([]any)
		if !ok || len(parts) != 2 {
			return nil, errors.New("SCAN answers in no known form")
		}
		for _, k := range parts[1].([]any) {
			keys = append(keys, k.(string))
		}
		if cursor = parts[0].(string); cursor == "0" {
			return keys, nil
		}
	}
}

// Dump is everything the server holds: every key, and every value as it lies
// there and as its type shows it, since Redis packs long values.
func (s *Server) Dump() (string, error) {
	keys, err := s.Keys()
	if err != nil {
		return "", err
	}
	var all strings.Builder
	for _, key := range keys {
		kind, err := s.Do("TYPE", key)
		if err != nil {
			return "", err
		}
		if kind == "none" { // ended meanwhile
			continue
		}
		look := map[any][]string{
			"string": {"GET", key}, "hash": {"HGETALL", key}, "zset": {"ZRANGE", key, "0", "-1", "WITHSCORES"},
		}[kind]
		if look == nil {
			return "", fmt.Errorf("a key of type %v", kind)
		}
		for _, command := range [][]string{{"DUMP", key}, look} {
			value, err := s.Do(command...)
			if err != nil {
				return "", err
			}
			fmt.Fprintf(&all, "%s\n%s\n", key, value)
		}
	}
	return all.String(), nil
}
