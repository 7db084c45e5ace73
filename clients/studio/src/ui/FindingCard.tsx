import { useState } from "react";
import type { Finding, Fix } from "../api/types";
import { useT } from "../i18n";
import { Button } from "./Button";
import { Icon } from "./Icon";
import "./widgets.css";

interface FindingProps {
  finding: Finding;
  /** Does the operations of a fix. */
  onFix?(fix: Fix): void;
  /** Why no fix can be applied now. */
  why?: string;
}

/** What the proof found, as a member's story, with its fixes one press away. */
export function FindingCard({ finding, onFix, why }: FindingProps) {
  const t = useT();
  const [all, setAll] = useState(false);
  const [first, ...others] = finding.stories;
  return (
    <article className="finding" aria-label={finding.title}>
      <h3><Icon name="warning" /> {finding.title} <span className="muted">{finding.code === "guardrail-broken" ? finding.id : ""}</span></h3>
      {first && <p className="story">{first}</p>}
      <p className={first ? "muted" : ""}>{finding.message}</p>
      {all && others.map((story) => <p key={story} className="story">{story}</p>)}
      <div className="actions">
        {onFix && finding.fixes.map((fix, i) => (
          <Button key={fix.says} kind={i === 0 ? "primary" : "plain"} why={why} onPress={() => onFix(fix)}>{fix.says.replace(/\.$/, "")}</Button>
        ))}
        {others.length > 0 && !all && (
          <Button kind="quiet" onPress={() => setAll(true)}>{t("finding.more", { count: others.length })}</Button>
        )}
      </div>
    </article>
  );
}
