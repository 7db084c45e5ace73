package config

import (
	"fmt"
	"io"
	"strings"
)

// Reference is the table of all settings in Markdown, as README.md shows it.
func Reference() string {
	var c Config
	var b strings.Builder
	b.WriteString("| flag | variable | default | what it does |\n|---|---|---|---|\n")
	for _, f := range c.fields() {
		def := f.def
		if def != "" {
			def = "`" + def + "`"
		}
		help := strings.ReplaceAll(f.help, "|", "\\|")
		if f.secret() {
			help += " (secret)"
		}
		fmt.Fprintf(&b, "| `--%s` | `%s` | %s | %s |\n", f.name, f.env(), def, help)
	}
	return b.String()
}

// writeUsage prints the settings for a terminal.
func writeUsage(out io.Writer) {
	var c Config
	fmt.Fprintf(out, "Usage: rightvoice serve [settings]\n\nRuns the service. Nothing has to be set. Each setting can also be a variable\n(--grpc-addr is %s_GRPC_ADDR) or a line in the file that --config names.\n\n", EnvPrefix)
	for _, f := range c.fields() {
		def := ""
		if f.def != "" {
			def = " (" + f.def + ")"
		}
		fmt.Fprintf(out, "  --%s%s\n        %s\n", f.name, def, f.help)
	}
}
