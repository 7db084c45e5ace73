// What can happen to a member, as the feeds of a plan and of a clinic tell it.

/**
 * @typedef {object} Event
 * @property {string} id
 * @property {{ asker: "ASKER_INSURER" | "ASKER_PROVIDER", context: import("@rightvoice/client").MemberContext }[]} told
 */

/** @type {Event[]} */
export const events = [
  { id: "admit", told: [{ asker: "ASKER_PROVIDER", context: { adtEvent: "ADT_EVENT_ADMIT", encounterClassNow: "ENCOUNTER_CLASS_EMER" } }] },
  { id: "discharge", told: [{ asker: "ASKER_PROVIDER", context: { adtEvent: "ADT_EVENT_DISCHARGE", encounterClassNow: "ENCOUNTER_CLASS_NONE", hoursSinceAcuteCare: 0 } }] },
  { id: "prescription", told: [{ asker: "ASKER_PROVIDER", context: { newRxDays: 0, rxCourse: "RX_COURSE_ACUTE" } }] },
  { id: "denied", told: [{ asker: "ASKER_INSURER", context: { claimEvent: "CLAIM_EVENT_DENIED" } }] },
  { id: "record", told: [{ asker: "ASKER_PROVIDER", context: { chronicDx: ["sud"] } }] },
  { id: "consent", told: [{ asker: "ASKER_PROVIDER", context: { part2Consent: "PART2_CONSENT_TPO" } }] },
  { id: "withdrawn", told: [{ asker: "ASKER_PROVIDER", context: { part2Consent: "PART2_CONSENT_REVOKED" } }] },
];
