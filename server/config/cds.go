package config

import (
	"errors"
	"net"
	"net/url"
	"os"
)

// ServesCDS reports whether CDS Hooks is served: to clients on a list, or to
// everyone on this machine, or to everyone because that was asked for.
func (c *Config) ServesCDS() bool {
	host, _, err := net.SplitHostPort(c.HTTPAddr)
	return c.CDSIssuers != "" || c.AuthFile == "" && (c.Insecure || err == nil && isLoopback(host))
}

func (c *Config) checkCDS() error {
	return errors.Join(c.checkCDSBase(), c.checkCDSIssuers(), checkOrigins("cds-origins", c.CDSOrigins))
}

func (c *Config) checkCDSBase() error {
	if c.CDSBaseURL == "" {
		if c.CDSIssuers != "" {
			return errors.New("--cds-issuers needs --cds-base-url: tokens are for a URL, and this server can't know by which one EHRs reach it")
		}
		return nil
	}
	u, err := url.Parse(c.CDSBaseURL)
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" || u.Scheme != "http" && u.Scheme != "https" {
		return errors.New("--cds-base-url must be a URL such as https://cds.example, without user, query and fragment")
	}
	if u.Scheme == "http" && !isLoopback(u.Hostname()) && !c.Insecure {
		return errors.New("--cds-base-url must be an https URL: what EHRs send is not for others to read")
	}
	return nil
}

func (c *Config) checkCDSIssuers() error {
	if c.CDSIssuers == "" {
		return nil
	}
	if info, err := os.Stat(c.CDSIssuers); err != nil || info.IsDir() {
		return errors.New("--cds-issuers must be a file that exists")
	}
	return nil
}
