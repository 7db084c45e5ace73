package wire

import (
	"testing"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
)

// TestHalfACharacterHidesNoWords reads texts that were cut in the middle of one.
func TestHalfACharacterHidesNoWords(t *testing.T) {
	for sent, want := range map[string]string{
		`chest pain \ud83d`:              "chest pain \uFFFD",
		`\uDE00 chest pain`:              "\uFFFD chest pain",
		`\ud83d\ud83d\ude00!`:            "\uFFFD😀!",
		`\ud83d\n\ud83dx`:                "\uFFFD\n\uFFFDx",
		`a \\ud83d is an escape, \ud83d`: "a \\ud83d is an escape, \uFFFD",
		`\u0063hest \ud83d\ude00`:        "chest 😀",
	} {
		var m pb.RecommendRequest
		if err := UnmarshalJSON([]byte(`{"text":"`+sent+`"}`), &m); err != nil || m.Text != want {
			t.Errorf("%s: %q, %v; want %q", sent, m.Text, err, want)
		}
	}
	var m pb.RecommendRequest
	for _, bad := range []string{`{"text":"\ud83d}`, `{"text":"\ud83"}`, `{"text":\ud83d}`, `{"text":"\ud83d","nothing":1}`} {
		if UnmarshalJSON([]byte(bad), &m) == nil {
			t.Errorf("%s is read", bad)
		}
	}
}
