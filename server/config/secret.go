package config

import "log/slog"

// Secret is a setting that must never be shown. However it is printed, logged
// or encoded, only whether it is set can be seen.
type Secret struct{ value string }

// NewSecret keeps a value from being shown.
func NewSecret(value string) Secret { return Secret{value} }

// Reveal returns the value itself, for the code that needs it.
func (s Secret) Reveal() string { return s.value }

// Empty reports whether the secret is not set.
func (s Secret) Empty() bool { return s.value == "" }

// String says only whether the secret is set.
func (s Secret) String() string {
	if s.Empty() {
		return ""
	}
	return "(secret)"
}

// GoString keeps %#v from showing the value.
func (s Secret) GoString() string { return s.String() }

// LogValue keeps log handlers from showing the value.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText keeps encoders from showing the value.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Set implements flag.Value. Every text is accepted, so that no error can
// repeat it; Validate judges it later.
func (s *Secret) Set(text string) error {
	s.value = text
	return nil
}
