package storetest

import (
	"os/exec"
	"syscall"
)

// endWithUs ends the process when the test's process ends without cleaning up,
// as it does when it times out.
func endWithUs(c *exec.Cmd) {
	c.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
}
