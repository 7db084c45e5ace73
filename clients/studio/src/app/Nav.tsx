import { lazy, Suspense, useEffect, useRef } from "react";
import { Link, useLocation } from "wouter";
import { useLanguage, useT } from "../i18n";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import { screens } from "./routes";
import { useShell } from "./state";

const Who = lazy(() => import("./Who").then((m) => ({ default: m.Who })));

/** The screens: a rail at the left, on a phone a menu at the top. */
export function Nav() {
  const t = useT();
  const { setPalette } = useShell();
  const { tag, set } = useLanguage();
  const [path] = useLocation();
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(() => menu.current?.removeAttribute("open"), [path]);
  const here = (to: string) => (to === "/" ? path === "/" : path === to || path.startsWith(`${to}/`));
  const links = (
    <ul>
      {screens.map(({ id, path: to, icon }) => (
        <li key={id}>
          <Link href={to} aria-current={here(to) ? "page" : undefined}>
            <Icon name={icon} />
            {t(`nav.${id}`)}
          </Link>
        </li>
      ))}
    </ul>
  );
  const foot = (
    <div className="nav-foot">
      <Button kind="quiet" onPress={() => set(tag === "en" ? "es" : "en")} lang={tag === "en" ? "es" : "en"}>
        {tag === "en" ? "Español" : "English"}
      </Button>
      <Suspense><Who /></Suspense>
    </div>
  );
  return (
    <header className="nav">
      <p className="brand"><span aria-hidden="true" className="mark" />{t("app.name")}</p>
      <Button className="find" kind="plain" label={t("palette.open")} onPress={() => setPalette(true)} aria-keyshortcuts="Control+K">
        <Icon name="search" size={16} />
        <span>{t("palette.open")}</span>
        <kbd aria-hidden="true" data-keys="Ctrl K" />
      </Button>
      <nav aria-label={t("nav.label")} className="rail">{links}</nav>
      <div className="rail-foot">{foot}</div>
      <details className="phone-menu" ref={menu}>
        <summary><Icon name="menu" /> <span className="sr-only">{t("nav.label")}</span></summary>
        <nav aria-label={t("nav.label")}>{links}{foot}</nav>
      </details>
    </header>
  );
}
