package wire

import (
	"fmt"
	"math"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/rules/fact"
)

// reader puts the facts of one request into a vector, in the words of one
// revision. The message must have passed the Validator.
type reader struct {
	words *fact.Catalogue // nil if no revision is in force: open vocabularies are unknown then
	facts fact.Facts
	wrong Invalid
}

// context reads every field of c. Closed vocabularies stand in the order of the
// catalogue, one position on; TestContextCoversTheCatalogue holds this.
func (r *reader) context(c *pb.MemberContext) {
	f := &r.facts
	whole(f, fact.AgeYears, c.AgeYears)
	choice(f, fact.ViewerRole, c.ViewerRole)
	whole(f, fact.ReadingOKLevel, c.ReadingOkLevel)

	boolean(f, fact.ConfidentialChannel, c.ConfidentialChannel)
	choices(f, fact.SensitiveTopicsShareable, c.SensitiveTopicsShareable)
	choice(f, fact.Part2Consent, c.Part2Consent)
	r.wordList(fact.OptOutTopics, c.OptOutTopics)
	choices(f, fact.OptOutChannels, c.OptOutChannels)
	boolean(f, fact.MarketingAuthorization, c.MarketingAuthorization)
	choice(f, fact.MemberChoice, c.MemberChoice)

	choice(f, fact.Channel, c.Channel)
	choice(f, fact.Direction, c.Direction)
	r.wordList(fact.PageGroup, c.PageGroup)
	choice(f, fact.TextIntent, c.TextIntent)
	r.redFlags(c.TextRedFlag)
	r.word(fact.CallReason, c.CallReason)
	whole(f, fact.LocalHour, c.LocalHour)

	choice(f, fact.EncounterClassNow, c.EncounterClassNow)
	choice(f, fact.ADTEvent, c.AdtEvent)
	whole(f, fact.HoursSinceAcuteCare, c.HoursSinceAcuteCare)
	whole(f, fact.DaysSinceProblemVisit, c.DaysSinceProblemVisit)
	boolean(f, fact.AcuteDxActive, c.AcuteDxActive)
	whole(f, fact.AcuteDxOnsetDays, c.AcuteDxOnsetDays)
	boolean(f, fact.InjuryDxRecent, c.InjuryDxRecent)
	boolean(f, fact.ChronicFlareRecent, c.ChronicFlareRecent)
	choice(f, fact.SurgeryPhase, c.SurgeryPhase)
	whole(f, fact.NewRxDays, c.NewRxDays)
	choice(f, fact.RxCourse, c.RxCourse)
	whole(f, fact.AbnormalResultDays, c.AbnormalResultDays)
	whole(f, fact.NewSeriousDxDays, c.NewSeriousDxDays)

	r.wordList(fact.ChronicDx, c.ChronicDx)
	choice(f, fact.CareProgram, c.CareProgram)
	r.wordList(fact.CareGap, c.CareGap)
	decimal(f, fact.A1cPct, c.A1CPct)
	decimal(f, fact.BMI, c.Bmi)
	whole(f, fact.BPSystolic, c.BpSystolic)
	choice(f, fact.Tobacco, c.Tobacco)
	choice(f, fact.Pregnancy, c.Pregnancy)

	choice(f, fact.CoverageStatus, c.CoverageStatus)
	choice(f, fact.LineOfBusiness, c.LineOfBusiness)
	r.wordList(fact.BenefitAvailable, c.BenefitAvailable)
	whole(f, fact.DeductibleLeftUSD, c.DeductibleLeftUsd)
	choice(f, fact.ClaimEvent, c.ClaimEvent)
	whole(f, fact.DaysSinceEnrolment, c.DaysSinceEnrolment)
	boolean(f, fact.PCPKnown, c.PcpKnown)

	whole(f, fact.AdviceLastSentDays, c.AdviceLastSentDays)
	r.knownEmpty(c.KnownEmpty)
}

func whole(f *fact.Facts, id fact.ID, v *int32) {
	if v != nil {
		f.SetRaw(id, int64(*v))
	}
}

func boolean(f *fact.Facts, id fact.ID, v *bool) {
	if v != nil {
		f.SetBool(id, *v)
	}
}

func decimal(f *fact.Facts, id fact.ID, v *float64) {
	if v != nil {
		f.SetRaw(id, thousandths(*v))
	}
}

// thousandths rounds to the steps in which facts hold decimals.
func thousandths(v float64) int64 { return int64(math.Round(v * fact.DecimalScale)) }

func choice[E ~int32](f *fact.Facts, id fact.ID, v *E) {
	if v != nil {
		f.SetRaw(id, int64(*v)-1)
	}
}

func choices[E ~int32](f *fact.Facts, id fact.ID, all []E) {
	for _, v := range all {
		f.Add(id, int(v)-1)
	}
}

// word reads one value of an open vocabulary.
func (r *reader) word(id fact.ID, v *string) {
	if v == nil || r.words == nil {
		return
	}
	if i, ok := r.words.Value(id, *v); ok {
		r.facts.SetRaw(id, int64(i))
	} else {
		r.unknownWord(id, "")
	}
}

// wordList reads a list of values of an open vocabulary.
func (r *reader) wordList(id fact.ID, all []string) {
	if r.words == nil {
		return
	}
	for n, v := range all {
		if i, ok := r.words.Value(id, v); ok {
			r.facts.Add(id, i)
		} else {
			r.unknownWord(id, fmt.Sprintf("[%d]", n))
		}
	}
}

// redFlags reads emergency signs, whose vocabulary is closed, so that they
// count even with no revision in force.
func (r *reader) redFlags(all []string) {
next:
	for n, v := range all {
		for i, flag := range fact.RedFlags {
			if flag == v {
				r.facts.Add(fact.TextRedFlag, i)
				continue next
			}
		}
		r.add("context.textRedFlag"+fmt.Sprintf("[%d]", n), oneOf(fact.RedFlags))
	}
}

func (r *reader) unknownWord(id fact.ID, index string) {
	d := r.words.Def(id)
	r.add("context."+camel(d.Name)+index, oneOf(d.Values))
}

func (r *reader) add(field, message string) {
	r.wrong = append(r.wrong, Violation{field, message})
}

// lists are the facts of MemberContext that can be named in known_empty.
var lists = [...]struct {
	name string
	id   fact.ID
}{
	{"sensitive_topics_shareable", fact.SensitiveTopicsShareable},
	{"opt_out_topics", fact.OptOutTopics},
	{"opt_out_channels", fact.OptOutChannels},
	{"page_group", fact.PageGroup},
	{"text_red_flag", fact.TextRedFlag},
	{"chronic_dx", fact.ChronicDx},
	{"care_gap", fact.CareGap},
	{"benefit_available", fact.BenefitAvailable},
}

// listNamed finds the fact of a list by its name.
func listNamed(name string) (fact.ID, bool) {
	for i := range lists {
		if lists[i].name == name {
			return lists[i].id, true
		}
	}
	return 0, false
}

// knownEmpty makes lists known that have no element.
func (r *reader) knownEmpty(names []string) {
	for n, name := range names {
		if id, ok := listNamed(name); ok && r.facts.Raw(id) == 0 {
			r.facts.SetRaw(id, 0)
		} else {
			r.add(fmt.Sprintf("context.knownEmpty[%d]", n), "names a list that has elements")
		}
	}
}
