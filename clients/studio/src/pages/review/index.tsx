import { useRoute } from "wouter";
import flowEn from "../../i18n/flow.en.json";
import flowEs from "../../i18n/flow.es.json";
import en from "../../i18n/review.en.json";
import es from "../../i18n/review.es.json";
import { Words } from "../../i18n";
import { DraftReview } from "./DraftReview";
import { Inbox } from "./Inbox";
import "../../flow/flow.css";
import "./review.css";

/** All drafts on their way, or one of them with whom it affects. */
export default function Page() {
  const [one, params] = useRoute<{ id: string }>("/review/:id");
  return (
    <Words en={{ ...flowEn, ...en }} es={{ ...flowEs, ...es }}>
      {one ? <DraftReview key={params.id} id={params.id} /> : <Inbox />}
    </Words>
  );
}
