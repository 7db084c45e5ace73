package intake

import "github.com/rightvoice/rightvoice/rules/strictyaml"

// written is a word or phrase with its place in the file.
type written = strictyaml.Located[string]

// file is lexicon.yaml as it is written.
type file struct {
	Topics      []topicEntry        `yaml:"topics,required"`
	CallReasons map[string]written  `yaml:"call_reasons"`
	Pages       []pageEntry         `yaml:"pages"`
	Numbers     map[string]int64    `yaml:"numbers"`
	Forms       [][]written         `yaml:"forms"`
	Sets        map[string]wordList `yaml:"sets,required"`
	Evidence    []evidenceEntry     `yaml:"evidence,required"`
	Signals     map[string]wordList `yaml:"signals"`
	Flags       []flagEntry         `yaml:"flags,required"`
	Ordinary    []written           `yaml:"ordinary"`
}

type wordList []written

type topicEntry struct {
	Topic  written `yaml:"topic,required"`
	Kind   written `yaml:"kind,required"`
	Intent written `yaml:"intent,required"`
}

type pageEntry struct {
	Page  written `yaml:"page,required"`
	Topic written `yaml:"topic,required"`
}

// evidenceEntry is a group of phrases that tell the same.
type evidenceEntry struct {
	ID     written   `yaml:"id,required"`
	Role   *written  `yaml:"role"`
	Topic  *written  `yaml:"topic"`
	Weight int       `yaml:"weight"`
	Hides  bool      `yaml:"hides"`
	Says   []written `yaml:"says,required"`
}

type flagEntry struct {
	Flag     written     `yaml:"flag,required"`
	Urgent   []written   `yaml:"urgent"`
	Sign     []written   `yaml:"sign"`
	Event    []written   `yaml:"event"`
	Together [][]written `yaml:"together"`
	TwoOf    [][]written `yaml:"two_of"`
}
