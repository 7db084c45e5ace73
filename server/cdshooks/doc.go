// Package cdshooks serves EHRs by CDS Hooks 2.0.
//
// In: what an EHR sends when a chart is opened, an appointment is booked or a
// patient is discharged: a context and prefetched FHIR R4 resources. Out: cards
// for the clinician that say who should speak to the member and why, decided by
// the same use cases that answer portals, so that both sides get one decision.
// The uuid of a card is the id of that decision; what becomes of the card comes
// back as feedback on it.
//
// # What is read
//
// Resources are read by server/fhir, whatever the key they came under; nobody
// but the patient of the context is looked at. A prefetch key with null means
// that there is no data. A key that is missing, or holds an OperationOutcome,
// means that the EHR did not look: who speaks could then rest on not knowing of
// an illness, so patient-view refuses with 412 unless encounters and conditions
// were looked for. The other two hooks say themselves what the moment is.
//
// Nothing is fetched from fhirServer, with or without a token: a server that
// calls whatever address a request names can be sent anywhere, and a token that
// is never used can't leak. The token is checked for its form and dropped.
//
// # Who the member is
//
// If Options.MemberSystem names a system of Patient.identifier and the patient
// has one, its value is the member reference, the same that the insurer's
// portal sends, and both get the same decision. Otherwise the reference is an
// HMAC over the issuer of the token, the FHIR server and the patient's id: it
// tells nobody who is meant, and two EHRs never mean the same member by it.
//
// # Strictness
//
// Requests are checked as the specification has them: unknown fields are
// refused with their path, except in context (hooks may gain fields), in
// extension and inside of FHIR resources. An error names fields and never
// repeats a value.
//
// Cards are not replaced when something happens elsewhere; each says how long
// it is good for.
package cdshooks
