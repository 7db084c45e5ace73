package cdstest

import (
	"strings"
	"testing"
)

const (
	goodServices = `{"services":[{"hook":"patient-view","title":"t","description":"d","id":"a","prefetch":{"p":"Patient/{{context.patientId}}","u":"PractitionerRole?_id={{userPractitionerRoleId}}"}}]}`
	goodCards    = `{"cards":[{"uuid":"u","summary":"s","indicator":"info","source":{"label":"l","url":"https://x.example","topic":{"code":"c"}},"detail":"d",
		"suggestions":[{"label":"l","uuid":"v"}],"selectionBehavior":"any","overrideReasons":[{"code":"c","display":"d"}],
		"links":[{"label":"l","url":"https://x.example","type":"smart","appContext":"{}"}]}]}`
)

func TestConforming(t *testing.T) {
	for text, check := range map[string]func([]byte) []string{goodServices: Discovery, goodCards: Response, `{"cards":[]}`: Response, `{"services":[]}`: Discovery} {
		if wrong := check([]byte(text)); wrong != nil {
			t.Errorf("%.60s…: %v", text, wrong)
		}
	}
}

func TestNotConforming(t *testing.T) {
	for _, try := range []struct {
		check    func([]byte) []string
		text     string
		old, new string
		want     string
	}{
		{Discovery, goodServices, `"title"`, `"name"`, ".services[0].name"},
		{Discovery, goodServices, `"hook":"patient-view",`, ``, ".services[0].hook"},
		{Discovery, goodServices, `"description":"d"`, `"description":""`, ".services[0].description"},
		{Discovery, goodServices, `context.patientId`, `context.patient.id`, "services[0].prefetch.p"},
		{Discovery, goodServices, `userPractitionerRoleId`, `userName`, "services[0].prefetch.u"},
		{Discovery, goodServices, goodServices, `[]`, ""},
		{Discovery, goodServices, `}]}`, `}]}{}`, "(document)"},
		{Response, goodCards, `"summary":"s"`, `"summary":"` + strings.Repeat("s", 140) + `"`, ".cards[0].summary"},
		{Response, goodCards, `"info"`, `"error"`, ".cards[0].indicator"},
		{Response, goodCards, `"detail":"d"`, `"detail":null`, ".cards[0].detail"},
		{Response, goodCards, `"label":"l","url"`, `"url"`, ".cards[0].source.label"},
		{Response, goodCards, `https://x.example`, `/x`, ".cards[0].source.url"},
		{Response, goodCards, `"selectionBehavior":"any",`, ``, "cards[0].selectionBehavior"},
		{Response, goodCards, `"overrideReasons":[{"code":"c","display":"d"}]`, `"overrideReasons":[]`, ".cards[0].overrideReasons"},
		{Response, goodCards, `"code":"c","display":"d"`, `"code":"c"`, "cards[0].overrideReasons[0].display"},
		{Response, goodCards, `"smart"`, `"absolute"`, "cards[0].links[0].appContext"},
		{Response, goodCards, `{"code":"c"}`, `{}`, ".cards[0].source.topic"},
		{Response, goodCards, goodCards, `{}`, ""},
	} {
		wrong := try.check([]byte(strings.Replace(try.text, try.old, try.new, 1)))
		if len(wrong) == 0 || !strings.HasPrefix(wrong[0], try.want+":") {
			t.Errorf("%s → %s: %v, want %s", try.old, try.new, wrong, try.want)
		}
	}
}
