// Why nobody speaks, for the panel of the developers: the page itself shows
// nothing then, not even that it shows nothing.

/**
 * @param {import("@rightvoice/client").Decision} decision
 */
export function quietBecause(decision) {
  const r = decision.recommendations[0];
  if (!r) return "";
  const held = r.suppressed.map((s) => `${s.adviceId}: ${s.code} (${s.policyId})${s.retryAt ? ` → ${s.retryAt}` : ""}`);
  const why = r.reasons.map((reason) => `${reason.text} [${[reason.code, reason.ruleId].filter(Boolean).join(" · ")}]`);
  return [...held, ...why].join(" ");
}
