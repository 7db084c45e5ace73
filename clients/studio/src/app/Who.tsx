import { useState } from "react";
import { useMe } from "../api/hooks";
import { setSession } from "../api/session";
import { useT, Words } from "../i18n";
import en from "../i18n/who.en.json";
import es from "../i18n/who.es.json";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import "./people.css";

/** Who is working: signs out, or, where the server asks nobody, takes another name. */
export function Who() {
  return <Words en={en} es={es}><Person /></Words>;
}

function Person() {
  const t = useT();
  const me = useMe().data;
  const [asking, setAsking] = useState(false);
  const [name, setName] = useState("");
  if (!me) return null;
  if (!me.open)
    return (
      <p className="who">
        <Icon name="person" size={16} /> {me.name}
        <Button kind="quiet" onPress={() => setSession({ token: "" })}>{t("who.out")}</Button>
      </p>
    );
  if (!asking)
    return (
      <Button kind="quiet" className="who" onPress={() => { setName(me.name); setAsking(true); }} label={t("who.switch", { name: me.name })}>
        <Icon name="person" size={16} /> {me.name}
      </Button>
    );
  return (
    <form
      className="who"
      onSubmit={(e) => {
        e.preventDefault();
        setSession({ user: name.trim() });
        setAsking(false);
      }}
    >
      <label>
        {t("who.name")}
        <input value={name} onChange={(e) => setName(e.target.value)} maxLength={64} pattern="[A-Za-z0-9._@\-]+" title={t("who.pattern")} required autoFocus />
      </label>
      <Button kind="primary" submit>{t("action.ok")}</Button>
    </form>
  );
}
