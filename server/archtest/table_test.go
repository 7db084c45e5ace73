package archtest

// place is one line of the map: a package, what of ours it may import, and why
// it may not import more.
type place struct {
	path    string // below the module; "…/" at the end means the packages under it too
	imports []string
	why     string
}

// std marks places that import nothing of ours.
var std = []string{}

// places is the map. Arrows point from the adapters to the pure core.
var places = []place{
	{"proto/", std, "generated code knows nothing of the code that serves it"},

	{"rules/fact", std, "the vocabulary of everything else: it can depend on nothing"},
	{"rules/decision", std, "an outcome is compared and stored; it must not drag the rules along"},
	{"rules/strictyaml", std, "reads any YAML; what the YAML means is its callers' business"},
	{"rules/safety", []string{"rules/fact", "rules/decision"}, "the gate works with no revision loaded, so it can't depend on one"},
	{"rules/ruleset", []string{"rules/fact", "rules/decision", "rules/strictyaml", "rules/safety"}, "decides from a vector alone: no text, no words read, no memory"},
	{"rules/intake/icd10", std, "a table of codes"},
	{"rules/intake/snomed", []string{"rules/intake/icd10"}, "a table of concepts and the codes that stand for them"},
	{"rules/intake", []string{"rules/fact", "rules/strictyaml", "rules/intake/…"}, "turns words and codes into facts; what follows from facts is the rules' business"},
	{"rules/assign", std, "chooses by names alone: it must have no way to see a fact"},
	{"rules/lint", []string{"rules/fact", "rules/decision", "rules/ruleset", "rules/strictyaml"}, "checks content as data; it never runs in a request"},
	{"rules/content", []string{"rules/fact", "rules/intake", "rules/intake/icd10", "rules/ruleset", "rules/strictyaml", "rules/lint"}, "binds the YAML to the packages that read it"},
	{"rules/sentence", []string{"rules/fact", "rules/decision", "rules/ruleset"}, "puts rules into words; it must print drafts that no service has loaded"},
	{"rules/casefile", []string{"rules/fact", "rules/decision", "rules/intake", "rules/ruleset", "rules/strictyaml", "rules/content"}, "runs cases against a function it is given, so that engine, gRPC and REST share them"},
	{"rules/proof", []string{"rules/fact", "rules/decision", "rules/ruleset"}, "proves the compiled set, not a copy of it"},
	{"rules/proof/finding", []string{"rules/fact", "rules/decision", "rules/ruleset", "rules/proof", "rules/sentence", "rules/strictyaml"}, "tells what a proof found, and edits files in memory only"},

	{"server/policy", []string{"rules/fact", "rules/decision", "rules/ruleset", "rules/content"}, "pure functions over facts and a policy document; nothing is looked up"},
	{"server/memory", []string{"rules/fact", "rules/decision"}, "stores outcomes by digest; it must not know how they come about"},
	{"server/memory/…", []string{"rules/fact", "rules/decision", "server/memory/…"}, "backends know their interface and nothing above it"},
	{"server/revision", []string{"rules/…", "server/revision/edit"}, "drafts, versions and the pointer; who may ask, and how it is asked, is settled above"},
	{"server/revision/edit", []string{"rules/strictyaml"}, "changes text; whether it is good content is for rules/content to say"},
	{"server/revision/…", []string{"rules/…", "server/revision/…", "server/memory/redisstore", "server/memory/storetest"}, "backends know their interface and nothing above it; the traps of Redis are known in one place"},
	{"server/recommend", []string{"rules/…", "server/policy", "server/memory", "server/insights/feedback"}, "the use cases: they compose the core, and no transport shows through"},
	{"server/trial", []string{"rules/casefile", "rules/content", "rules/intake", "server/recommend"}, "answers cases by the whole path; which cases, and what follows, is its callers' business"},
	{"server/fhir", []string{"rules/fact", "rules/intake/…"}, "turns records into facts; whose they are and where they are kept is its callers' business"},
	{"server/member", []string{"rules/…", "server/memory", "server/recommend", "server/fhir"}, "the use cases of what is stored about members; no transport shows through"},
	{"server/audit", std, "a log of ids, digests and codes: it can't write down what it has no way to see"},
	{"server/audit/decisionlog", []string{"rules/fact", "rules/decision", "rules/ruleset"}, "records facts and outcomes, and has no way to see a member, a text or a request"},
	{"server/auth/keyset", std, "fetches public keys; whose tokens they check is its callers' business"},
	{"server/auth", []string{"rules/strictyaml", "server/auth/keyset"}, "says who may do what by names alone; what a call is about is told to it"},
	{"server/rulebook", []string{"rules/…", "server/revision", "server/revision/edit", "server/audit", "server/audit/decisionlog", "server/auth", "server/recommend"}, "the use cases of those who work on the rules; no transport shows through"},
	{"server/insights/feedback", std, "counts what it is told; who tells and what for is its callers' business"},
	{"server/insights/…", []string{"server/insights/feedback", "server/insights/storetest", "server/memory", "server/memory/redisstore", "server/memory/storetest"}, "backends know their interface and nothing above it; the traps of Redis are known in one place"},
	{"server/insights", []string{"rules/…", "server/audit/decisionlog", "server/insights/feedback"}, "counts and compares; no transport, no member and no text shows through"},
	{"server/telemetry", std, "measures and logs; whatever it imported could leak into a label"},
	{"server/config", std, "plain values; whoever reads them passes them on"},
	{"server/wire/named", []string{"proto/…"}, "facts by name, for the service and for tools outside it"},
	{"server/wire", []string{"proto/…", "rules/…", "server/recommend", "server/member", "server/rulebook", "server/revision", "server/revision/edit", "server/audit", "server/audit/decisionlog", "server/insights", "server/wire/named"}, "the only translation between the API and the domain, pure and both ways"},
	{"server/grpcapi", []string{"proto/…", "server/wire", "server/recommend", "server/member", "server/rulebook", "server/revision", "server/auth", "server/insights", "server/telemetry"}, "translate, call, translate"},
	{"server/restapi", []string{"proto/…", "server/wire/…", "server/grpcapi", "server/telemetry"}, "reaches the use cases through the gRPC interceptors only, so that one chain guards both"},
	{"server/cdshooks", []string{"rules/fact", "rules/decision", "server/recommend", "server/fhir", "server/telemetry", "server/cdshooks/…"}, "turns hooks into questions and answers into cards; nothing is decided here"},
	{"server/cdshooks/cdstest", std, "checks answers from outside, without the code that makes them"},
	{"server/cdshooks/trust", []string{"server/auth/keyset"}, "knows tokens and keys; what a call is about is its caller's business"},
	{"server/studio", std, "serves files; the page reaches the rules by the API, as everyone does"},
	{"server/demo", []string{"server/auth"}, "serves files; the pages reach the service by the API, as everyone does"},
	{"server/app", []string{"server/…", "rules/…", "clients/studio", "clients/demo"}, "the only wiring"},
	{"server/drive", []string{"proto/…", "clients/go", "rules/casefile", "server/wire/named"}, "asks a server from outside, as its callers do: it knows the API and nothing behind it"},
	{"server/coherence", []string{"rules/fact", "rules/ruleset", "rules/casefile", "server/drive"}, "a model beside the servers: what it shared with them could not be held against them"},
	{"server/cmd/rightvoice", []string{"rules/…", "server/app", "server/coherence", "server/drive", "server/config", "server/recommend", "server/memory/…", "server/wire", "server/fhir", "server/audit/…", "server/auth", "server/trial"}, "one file per subcommand; decisions are made below"},
	{"server/archtest", std, "looks at the code from outside"},
	{"server/e2e", []string{"rules/…", "server/…", "clients/go"}, "runs the whole service from outside"},

	{"clients/studio", std, "the built page as files"},
	{"clients/demo", std, "the demo pages as files"},
	{"clients/go", []string{"proto/…"}, "what a provider app links: the API and nothing of the server"},
}

// ban is something that only some places may import.
type ban struct {
	what   string   // import path, "/…" at the end for everything below
	where  []string // the places it is banned from; empty means everywhere
	except []string
	deep   bool // also through other packages
	why    string
}

const module = "github.com/rightvoice/rightvoice/"

var pure = []string{"rules/assign", "rules/fact", "rules/decision", "rules/ruleset", "rules/proof", "rules/safety"}

var bans = []ban{
	{"google.golang.org/grpc/…", []string{"rules/…"}, nil, true, "the core decides the same on any transport"},
	{"github.com/redis/…", []string{"rules/…"}, nil, true, "the core stores nothing"},
	{"net", []string{"rules/…"}, nil, true, "the core reaches nothing; whatever does goes through this package"},
	{"log/…", []string{"rules/…"}, nil, true, "the core sees what members say and must have no way to write it down"},
	{module + "server/…", []string{"rules/…", "proto/…", "clients/…"}, nil, true, "arrows point from the adapters to the core"},
	{module + "clients/…", []string{"rules/…", "proto/…"}, nil, true, "arrows point from the adapters to the core"},
	{module + "proto/…", []string{"rules/…"}, nil, true, "content is tested without an API"},
	{"context", pure, nil, false, "a pure decision has nothing to cancel"},
	{module + "proto/…", nil, []string{"proto/…", "server/wire/…", "server/grpcapi", "server/restapi", "server/drive", "clients/…"}, false, "an API change must stop at the translation"},
	{"github.com/redis/…", nil, []string{"server/memory/redisstore", "server/revision/redisstore", "server/insights/redisstore"}, false, "one place per store knows the client's traps"},
	{module + "server/config", nil, []string{"server/app", "server/cmd/rightvoice"}, false, "configuration is passed on as plain values, never ambient"},
}
