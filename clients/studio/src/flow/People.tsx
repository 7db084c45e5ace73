import type { Draft, Requirement, Review } from "../api/types";
import { useT } from "../i18n";
import { Chip } from "../ui/parts";
import { Icon } from "../ui/Icon";
import { useWhen } from "../ui/when";

/** A capacity that people approve in. Plans name their own. */
export const useCapacity = () => {
  const t = useT();
  return (as: string) => (["", "clinical", "legal", "compliance"].includes(as) ? t("people.as", { as: as || "any" }) : as);
};

/** One place among those who must approve, and who took it. */
interface Seat {
  as: string;
  by?: Review;
}

/** Who must approve, one for each place; those who did are named. */
export function seats(required: readonly Requirement[], reviews: readonly Review[]): Seat[] {
  const left = reviews.filter((r) => r.approves && !r.void);
  const take = (as: string) => {
    const at = left.findIndex((r) => as === "" || r.as === as);
    return at < 0 ? undefined : left.splice(at, 1)[0];
  };
  // Named capacities first: who approves as anyone must not take their place.
  const named = [...required].sort((a, b) => Number(a.as === "") - Number(b.as === ""));
  return named.flatMap((r) => Array.from({ length: r.count }, (): Seat => {
    const by = take(r.as);
    return by ? { as: r.as, by } : { as: r.as };
  }));
}

/** Who must approve and who did, known before the draft is submitted. */
export function Approvals({ draft, me }: { draft: Draft; me: string }) {
  const t = useT();
  const when = useWhen();
  const capacity = useCapacity();
  const own = draft.authors.includes(me);
  return (
    <section className="approvals" aria-label={t("people.needs")}>
      <h2>{t("people.needs")}</h2>
      <ul>
        {seats(draft.required, draft.reviews).map((seat, i) => (
          <li key={i}>
            {seat.by ? <Chip tone="good" icon="check">{t("people.approved", { as: capacity(seat.as), by: seat.by.by })}</Chip> : <Chip icon="person">{t("people.waiting", { as: capacity(seat.as) })}</Chip>}
            {seat.by && <small className="muted">{when.moment(seat.by.at)}</small>}
          </li>
        ))}
      </ul>
      {draft.guarded.length > 0 && <p className="muted"><Icon name="lock" size={16} /> {t("people.guarded", { what: draft.guarded.join(", ") })}</p>}
      {own && <p className="muted"><Icon name="lock" size={16} /> {t("people.notYourOwn")}</p>}
    </section>
  );
}

/** The verdicts as they stand with a draft or a version. */
export function Reviews({ reviews }: { reviews: readonly Review[] }) {
  const t = useT();
  const when = useWhen();
  const capacity = useCapacity();
  return (
    <ul className="reviews">
      {reviews.map((r) => (
        <li key={r.by + r.at} data-void={r.void || undefined}>
          <Chip tone={r.void ? "neutral" : r.approves ? "good" : "bad"} icon={r.approves ? "check" : "close"}>{t(r.approves ? "people.didApprove" : "people.didReject")}</Chip>{" "}
          <strong>{r.by}</strong>{r.as && ` · ${capacity(r.as)}`} <small className="muted"><time dateTime={r.at}>{when.moment(r.at)}</time></small>
          {r.void && <small className="muted"> · {t("people.void")}</small>}
          {r.text && <p>{r.text}</p>}
        </li>
      ))}
    </ul>
  );
}
