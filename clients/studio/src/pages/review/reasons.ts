/** Why a publish did not happen, where the words `why.<REASON>` say so. */
export const reasons = new Set(["NOT_GREEN", "NOT_APPROVED", "REBASE_NEEDED", "CONFLICT", "WRONG_STATE", "ROLE_MISSING"]);
