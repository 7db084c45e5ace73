import { useState } from "react";
import { setSession } from "../api/session";
import { useT, Words } from "../i18n";
import en from "../i18n/signin.en.json";
import es from "../i18n/signin.es.json";
import { Button } from "../ui/Button";
import "./people.css";

/** Asks for a token. It is kept for this tab only. */
export default function SignIn({ refused }: { refused: boolean }) {
  return <Words en={en} es={es}><Form refused={refused} /></Words>;
}

function Form({ refused }: { refused: boolean }) {
  const t = useT();
  const [token, setToken] = useState("");
  const [plain, setPlain] = useState(false);
  return (
    <main className="alone">
      <form
        className="card sign-in"
        onSubmit={(e) => {
          e.preventDefault();
          try {
            setSession({ token: token.trim() });
          } catch {
            setPlain(true);
          }
        }}
      >
        <h1>{t("signin.title")}</h1>
        <p className="muted">{t("signin.how")}</p>
        <label>
          {t("signin.token")}
          <input type="password" autoComplete="off" spellCheck={false} value={token} onChange={(e) => setToken(e.target.value)} required aria-invalid={refused || undefined} aria-describedby="sign-in-error" />
        </label>
        <p id="sign-in-error" className="bad" role="alert">{plain ? t("signin.plain") : refused ? t("signin.refused") : ""}</p>
        <Button kind="primary" submit>{t("signin.in")}</Button>
      </form>
    </main>
  );
}
