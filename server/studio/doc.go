// Package studio serves the web page on which content teams change rules. In
// goes the built page as files; out comes the handler of everything below
// /studio/. Files with a digest in their names are compressed once and may be
// kept for ever; the page itself is sent anew each time, with a nonce that
// lets its own styles through a policy that lets nothing else through. The
// page reaches the rules by the public API only.
package studio
