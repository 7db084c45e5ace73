import { Fragment, useCallback } from "react";
import type { Condition, Fact, Operation, Rule } from "../../api/types";
import { useDraft, useEdit } from "../../draft";
import { useT } from "../../i18n";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { Select } from "../../ui/Select";
import { useToasts } from "../../ui/Toasts";
import { AddCondition } from "./AddCondition";
import type { Kind } from "./entries";
import { placeRef } from "./kept";
import { LeafTokens } from "./LeafTokens";
import { conditions, group as groupOf } from "./operations";
import { depth, isGroup, leafText, maxDepth, type Group, type Leaf, type Node } from "./tree";

interface Props {
  rule: Rule;
  tree: Group;
  facts: readonly Fact[];
  why: string;
}

/** The conditions of a rule; every part of them is a button that changes it. */
export function Conditions({ rule, tree, facts, why }: Props) {
  const edit = useEdit();
  const { undoOne } = useDraft();
  const { show } = useToasts();
  const t = useT();
  const ops = conditions({ kind: rule.table as Kind, id: rule.id });
  const remove = useCallback(
    (path: string, text: string) => {
      const action = { label: t("action.undo"), run: () => void undoOne() };
      void edit(ops.remove(path)).then(() => show({ text: t("rules.removed", { text }), tone: "good", action }));
    },
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [edit, show, t, undoOne, rule.id, rule.table],
  );
  const usable = facts.filter((f) => f.type !== "opaque" && f.readers.includes(rule.table));
  const send = (...all: Operation[]) => void edit(...all);
  return <GroupView group={tree} facts={usable} all={facts} why={why} ops={ops} send={send} remove={remove} />;
}

export interface GroupProps {
  facts: readonly Fact[];
  /** Also those that the table may not read, to find the words of what is there. */
  all: readonly Fact[];
  why: string;
  ops: ReturnType<typeof conditions>;
  send(...operations: Operation[]): void;
  remove(path: string, text: string): void;
}

function GroupView({ group, ...rest }: GroupProps & { group: Group }) {
  const t = useT();
  const { why, ops, send } = rest;
  const change = (how: string) => {
    if (how === group.how) return;
    if (group.path !== "") send(ops.setGroup(group.path, how as "all" | "any"));
    else send(...ops.rootToAny(group.children.map((c) => c.condition!)));
  };
  const root = group.path === "";
  const words = { all: t(root ? "rules.whenAll" : "rules.allOf"), any: t(root ? "rules.whenAny" : "rules.anyOf") };
  return (
    <div className="group" role="group" aria-label={words[group.how]} data-depth={depth(group.path)}>
      {group.children.length === 0 ? (
        <p className="word">{t("rules.always")}</p>
      ) : group.children.length === 1 && root ? (
        <p className="word">{t("rules.when")}</p>
      ) : why ? (
        <p className="word">{words[group.how]}</p>
      ) : (
        <Select label={t("rules.groupHow")} value={group.how} onChange={change} choices={[{ id: "all", label: words.all }, { id: "any", label: words.any }]} />
      )}
      <ul>
        {group.children.map((node, i) => (
          <li key={node.path} className={isGroup(node) ? "nested" : "leaf"}>
            {i > 0 && <span className="joiner">{t(group.how === "all" ? "rules.and" : "rules.or")}</span>}
            <NodeView node={node} parent={group} {...rest} />
          </li>
        ))}
      </ul>
      {!why && <AddCondition place={placeRef(group.path, "add")} label={group.children.length === 0 ? t("rules.addFirst") : t(group.how === "all" ? "rules.add" : "rules.addOr")} facts={rest.facts} onAdd={(c) => send(ops.add(group.path, c))} />}
    </div>
  );
}

function NodeView({ node, parent, ...rest }: GroupProps & { node: Node; parent: Group }) {
  if (isGroup(node)) return <GroupView group={node} {...rest} />;
  return <LeafView leaf={node} parent={parent} {...rest} />;
}

function LeafView({ leaf, parent, ...rest }: GroupProps & { leaf: Leaf; parent: Group }) {
  const t = useT();
  const { why, ops, send, remove, facts } = rest;
  const text = leafText(leaf);
  const other = parent.how === "all" ? "any" : "all";
  const split = (c: Condition) => send(ops.set(leaf.path, groupOf(other, [leaf.condition, c])));
  return (
    <Fragment>
      <LeafTokens leaf={leaf} {...rest} onRemove={() => remove(leaf.path, text)} />
      {!why && (
        <span className="leaf-actions">
          {depth(leaf.path) < maxDepth && <AddCondition small place={placeRef(leaf.path, "split")} label={t(other === "any" ? "rules.or" : "rules.and")} name={t(other === "any" ? "rules.orTo" : "rules.andTo", { text })} facts={facts} onAdd={split} />}
          <Button kind="icon" label={t("rules.remove", { text })} data-ref={placeRef(leaf.path, "remove")} onPress={() => remove(leaf.path, text)}><Icon name="close" size={16} /></Button>
        </span>
      )}
    </Fragment>
  );
}
