package rulebook

import (
	"context"
	"fmt"
	"strings"

	"github.com/rightvoice/rightvoice/server/revision"
)

// languageKey is where a context holds the language of whoever asks.
type languageKey struct{}

// WithLanguage is ctx for a request whose refusals, permissions and progress are
// to be told in a language, a BCP-47 tag. Without, and in languages that there
// are no words in, they are told in English.
func WithLanguage(ctx context.Context, tag string) context.Context {
	if tag == "" {
		return ctx
	}
	return context.WithValue(ctx, languageKey{}, tag)
}

func languageOf(ctx context.Context) string {
	tag, _ := ctx.Value(languageKey{}).(string)
	return tag
}

// say puts a sentence into the language of whoever asks. It is written in
// English; spanish has its Spanish.
func say(ctx context.Context, english string, args ...any) string {
	return fmt.Sprintf(in(languageOf(ctx), english), args...)
}

// in is an English sentence in a language, or as it is.
func in(tag, english string) string {
	if base, _, _ := strings.Cut(strings.ToLower(tag), "-"); base == "es" {
		if words, ok := spanish[english]; ok {
			return words
		}
	}
	return english
}

// Refusal is what a refusal says in the language of a context.
func Refusal(ctx context.Context, e *revision.Error) string {
	format, args := e.Sentence()
	words := in(languageOf(ctx), format)
	if words == format {
		return e.Message
	}
	for i, a := range args {
		if s, ok := a.(revision.State); ok {
			args[i] = in(languageOf(ctx), stages[s])
		}
	}
	return fmt.Sprintf(words, args...)
}
