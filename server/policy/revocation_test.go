package policy

import (
	"slices"
	"strings"
	"testing"

	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/rules/fact"
)

// hearing is a policy with the words of the default content.
func hearing(t testing.TB) *Policy {
	t.Helper()
	rev, problems := content.Load(content.Default(), noon)
	if rev == nil {
		t.Fatal(problems)
	}
	p, err := New(catalogue, Options{Ends: rev.Policy.RevocationWords, Beside: rev.Policy.Companions})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestG17PlainWordsEndMessages reads words that end messages, however they are
// written.
func TestG17PlainWordsEndMessages(t *testing.T) {
	p := hearing(t)
	for _, text := range []string{
		"stop", "STOP", "Stop.", "stop!!!", "  stop  ", "\"STOP\"", "S T O P", "S.T.O.P.", "STOOOOP", "stpo", "STOP\n\nSent from my iPhone", "please stop", "Stop please", "stop now", "STOP ALL", "stopall",
		"stop texting me", "Please stop sending me these messages, thanks!", "stop calling me", "quit", "QUIT", "quit emailing me", "end", "END.", "revoke", "opt out", "opt-out", "OptOut", "opt me out", "cancel", "Cancel!",
		"unsubscribe", "un-subscribe", "Unsubscribe me from this list", "unsubcribe", "No more messages", "don't text me", "Don’t contact me anymore", "do not call me", "i want to opt out", "I revoke my consent",
		"remove me from your list", "take me off your list", "ｓｔｏｐ", "st\u00adop", "🛑 stop 🛑", "stop\u200b",
		"alto", "ALTO", "¡Alto!", "¡Basta ya!", "parar", "Pare por favor", "terminar", "revocar", "no más", "NO MAS", "no mas mensajes", "cancelar", "baja", "BAJA", "darme de baja", "dar de baja, gracias",
		"No me manden más mensajes", "no quiero mas mensajes por favor", "dejen de escribirme", "quítenme de la lista", "stop stop stop", "stop, unsubscribe",
	} {
		if len(p.Stops(text, "sms")) == 0 {
			t.Errorf("%q ends nothing", text)
		}
	}
}

// TestG17QuestionsEndNothing reads questions and complaints that hold such a word.
func TestG17QuestionsEndNothing(t *testing.T) {
	p := hearing(t)
	for _, text := range []string{
		"", " ", "?", "🛑", "123", "stop smoking", "How do I stop smoking?", "STOP SMOKING", "please help me stop smoking now", "quit smoking", "I want to quit", "I quit", "how to quit", "quit tobacco", "stop drinking",
		"can I stop taking my pills", "stop taking my blood pressure medicine", "stop the bleeding", "please stop the pain", "make it stop", "the pain will not stop", "my nose won't stop bleeding", "I can't stop", "can't stop crying",
		"do not stop", "don't stop", "never stop", "bus stop", "end it all", "end it", "I want to end it", "I want to end my life", "end my life", "end of life care", "the end", "end stage renal disease", "when does my plan end",
		"cancel my appointment", "cancel my call", "cancel my plan", "cancel my order please", "can I cancel", "how do I cancel my coverage", "I need to cancel", "revoke access of my ex", "opt out of surgery", "stop loss", "stop payment",
		"colesterol alto", "azúcar alto", "tengo el azúcar alta", "presión baja", "alto colesterol", "dejar de fumar", "parar de fumar", "no más dolor", "terminar el embarazo", "cancelar mi cita", "quiero terminar con todo",
		"basta de dolor", "¿cómo dejo de fumar?", "para", "no puedo parar", "please", "thanks", "now", "messages", "text me", "call me please", "send me messages", "start", "help",
		strings.Repeat("stop ", 40), strings.Repeat("please ", 15) + "stop smoking", strings.Repeat("x", 4000),
	} {
		if got := p.Stops(text, "sms"); len(got) > 0 {
			t.Errorf("%.40q ends %v", text, got)
		}
	}
}

func TestG17RevocationEndsTheChannelItAnswers(t *testing.T) {
	p := hearing(t)
	for channel, want := range map[string][]string{
		"sms": {"sms"}, "email": {"email"}, "push": {"push"}, "mail": {"mail"}, "insurer_call": {"voice"}, "nurse_line": {"voice"}, "provider_app": {"push"},
		"insurer_portal": everyChannel, "chat": everyChannel, "": everyChannel, "unknown": everyChannel,
	} {
		if got := p.Stops("STOP", channel); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", channel, got, want)
		}
	}
	if got := catalogue.Def(fact.OptOutChannels).Values; !slices.Equal(got, everyChannel) {
		t.Errorf("an opt-out can stop %v", got)
	}
}

func TestARevocationWithoutLettersIsRefused(t *testing.T) {
	if _, err := New(catalogue, Options{Ends: map[string][]string{"en": {"!!"}}}); err == nil {
		t.Error("a phrase without letters is taken: it would fit every text")
	}
	if got := compiled(t, Options{}).Stops("stop", "sms"); len(got) > 0 {
		t.Errorf("without words %v end", got)
	}
}

// FuzzStops looks for texts on which reading fails, or reads other than it says:
// what ends messages does so with any case and punctuation around it.
func FuzzStops(f *testing.F) {
	for _, text := range []string{"stop", "how do I stop smoking", "no más", "s t o p", "İ", "ﬀ", "STOP\xff"} {
		f.Add(text)
	}
	p := hearing(f)
	f.Fuzz(func(t *testing.T, text string) {
		ends := len(p.Stops(text, "sms")) > 0
		if again := len(p.Stops(" …"+text+"!! ", "sms")) > 0; ends != again {
			t.Errorf("punctuation around %q: %v, want %v", text, again, ends)
		}
		if !ends && len(p.Stops(text+" smoking", "sms")) > 0 {
			t.Errorf("%q ends messages with a word more", text)
		}
	})
}

func BenchmarkStops(b *testing.B) {
	p := hearing(b)
	for _, text := range []string{"STOP", "how do I stop smoking when my plan pays for a coach and quit aids at no cost to me and my family?"} {
		b.Run(text[:4], func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				p.Stops(text, "sms")
			}
		})
	}
}
