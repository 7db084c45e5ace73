package recommend

import "testing"

func TestFindLanguage(t *testing.T) {
	l, err := newLanguages([]string{"en", "es", "zh-Hant"})
	if err != nil {
		t.Fatal(err)
	}
	for tag, want := range map[string]string{
		"": "en", "en": "en", "en-US": "en", "en-GB": "en", "EN-us": "en", "es": "es", "es-MX": "es", "es-419": "es", "zh-TW": "zh-Hant", "zh-HK": "zh-Hant",
		"ca": "", "gl": "", "pt": "", "vi": "", "tl": "", "haw": "", "not a tag": "", "zh-CN": "", "und": "",
	} {
		got := ""
		if i := l.find(tag); i != noWords {
			got = l.names[i]
		}
		if got != want {
			t.Errorf("a reader of %q gets %q, want %q", tag, got, want)
		}
	}
	if _, err := newLanguages([]string{"en", "klingon!"}); err == nil {
		t.Error("a language that is no tag was accepted")
	}
}
