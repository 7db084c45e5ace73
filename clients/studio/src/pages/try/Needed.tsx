import { withFact, type Person } from "../../api/person";
import type { Fact } from "../../api/types";
import { useT } from "../../i18n";
import { FactValue } from "../../ui/FactValue";
import { Icon } from "../../ui/Icon";
import type { Evaluation } from "./answers";

interface NeededProps {
  evaluation: Evaluation | undefined;
  facts: readonly Fact[];
  person: Person;
  onChange(p: Person): void;
}

/** What one would have to ask, to be answered in its place. */
export function Needed({ evaluation, facts, person, onChange }: NeededProps) {
  const t = useT();
  const needed = (evaluation?.decision?.neededFacts ?? []).map((n) => facts.find((f) => f.name === n)).filter((f): f is Fact => Boolean(f));
  const [first, ...others] = needed;
  if (!first) return null;
  const one = (f: Fact) => (
    <li key={f.name}>
      <span className="fact-label">{f.label}</span> <FactValue fact={f} value={person.facts[f.name] ?? null} onChange={(v) => onChange(withFact(person, f.name, v))} />
    </li>
  );
  return (
    <section className="needed" aria-label={t("try.needed")}>
      <h3><Icon name="quote" size={18} /> {t("try.needed")}</h3>
      <ul>{one(first)}</ul>
      {others.length > 0 && (
        <details>
          <summary className="button" data-kind="quiet">{t("try.neededMore", { count: others.length })}</summary>
          <ul>{others.map(one)}</ul>
        </details>
      )}
    </section>
  );
}
