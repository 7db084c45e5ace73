package grpcapi

import (
	"context"

	tags "golang.org/x/text/language"
	"google.golang.org/grpc/metadata"
)

// languageHeader is the metadata that names the languages of whoever asks, as in
// HTTP: "es-MX, en;q=0.8".
const languageHeader = "accept-language"

var (
	spoken  = []tags.Tag{tags.English, tags.Spanish} // of refusals; the first is the one of anybody else
	matcher = tags.NewMatcher(spoken)
)

// language is the one that a request asks for, or that its metadata do; empty if
// neither says. Of the metadata, only languages that there are words in count.
func language(ctx context.Context, req any) string {
	if in, ok := req.(interface{ GetLanguage() string }); ok && in.GetLanguage() != "" {
		return in.GetLanguage()
	}
	md, _ := metadata.FromIncomingContext(ctx)
	sent := md.Get(languageHeader)
	if len(sent) != 1 || len(sent[0]) > maxLanguages {
		return ""
	}
	wanted, _, err := tags.ParseAcceptLanguage(sent[0])
	if err != nil || len(wanted) == 0 {
		return ""
	}
	_, i, _ := matcher.Match(wanted...)
	return spoken[i].String()
}

// maxLanguages bounds the metadata that are read.
const maxLanguages = 256
