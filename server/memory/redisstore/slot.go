package redisstore

import (
	"strconv"
	"strings"
)

// slots is how many hash slots a Redis Cluster has.
const slots = 16384

// slot is the hash slot of a name with a tag, as Redis Cluster computes it:
// CRC-16/XMODEM of what is between the braces.
func slot(name string) int {
	tag := name[strings.IndexByte(name, '{')+1 : strings.IndexByte(name, '}')]
	var crc uint16
	for i := range len(tag) {
		crc = crc<<8 ^ crcTable[byte(crc>>8)^tag[i]]
	}
	return int(crc) % slots
}

var crcTable = func() (table [256]uint16) {
	for i := range table {
		crc := uint16(i) << 8
		for range 8 {
			if crc&0x8000 != 0 {
				crc = crc<<1 ^ 0x1021
			} else {
				crc <<= 1
			}
		}
		table[i] = crc
	}
	return table
}()

// laneOf is the lane of a name: lanes have ranges of slots, as nodes do, so
// that a node that is away closes few lanes.
func laneOf(name string, lanes int) int { return slot(name) * lanes / slots }

// probeName is a name that belongs to the lane.
func probeName(lane, lanes int) string {
	for i := 0; ; i++ {
		if name := "rv1:{" + strconv.Itoa(i) + "}:p"; laneOf(name, lanes) == lane {
			return name
		}
	}
}
