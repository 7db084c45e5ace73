// Package member holds the use cases around what is stored about members: take
// what feeds tell, read FHIR bundles, set choices, show what is known, forget.
//
// In: events whose facts are already a vector of the revision in force, bundles,
// choices, always with the side that tells. Out: what became of each event, what
// a side may see, or a *recommend.Error that names a field and never a value.
//
// # What is stored
//
// Facts by name, each with its source, side, as-of time and max age; elapsed
// times as the moment they count from. What belongs to one contact only is
// refused (NotStored). A moment holds until its count leaves the fact's range,
// not for the catalogue's age, which is for values: see package intake. Diagnoses
// are read for what they say and dropped; each condition, and each day on which
// something acute is over, is stored by itself, so that one event takes nothing
// from another. An
// event is stored whole or refused whole; a call tells the truth about each, and
// a store that does not answer fails the call.
//
// # Who sees what
//
// A side sees what it told itself. Of what the other side told, the insurer sees
// nothing clinical: facts whose privacy class is PHI or sensitive stay with the
// provider, and change the insurer's answers all the same. Consents that tell of
// an illness by being there (Part 2, sensitive topics) are shown to the side
// that told them. Substance use is shown to nobody but that side, unless the
// member consented (42 CFR Part 2). What one side may not see leaves no gap: it
// gets the newest fact that it may see, as if there were no other.
package member
