import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useState } from "react";
import { Route, Router, Switch, useLocation } from "wouter";
import { errorKey, isOffline } from "../api/errors";
import { useMe, useSession } from "../api/hooks";
import { Drafts } from "../draft";
import { Languages, useT } from "../i18n";
import { LiveRegions } from "../ui/announce";
import { Empty, Failed, Loading } from "../ui/parts";
import { Toasts } from "../ui/Toasts";
import { Boundary } from "./Boundary";
import { Nav } from "./Nav";
import { screens } from "./routes";
import { useShell, ShellState } from "./state";

const DraftBar = lazy(() => import("./DraftBar"));
const SignIn = lazy(() => import("./SignIn"));
const Palette = lazy(() => import("./Palette"));
const TryPanel = lazy(() => import("../pages/try/Panel"));

function newQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: (count, error) => isOffline(error) && count < 2, refetchOnWindowFocus: true, staleTime: 5_000 },
    },
  });
}

/** The whole Studio. */
export function App() {
  const { token } = useSession();
  return <Everything key={token} />;
}

/** For one credential: what one person was told is not kept for the next. */
function Everything() {
  const [queries] = useState(newQueries);
  return (
    <QueryClientProvider client={queries}>
      <Languages>
        <LiveRegions>
          <Toasts>
            <Boundary>
              <Router base="/studio">
                <SignedIn />
              </Router>
            </Boundary>
          </Toasts>
        </LiveRegions>
      </Languages>
    </QueryClientProvider>
  );
}

/** Asks who is there before anything else is shown. */
function SignedIn() {
  const session = useSession();
  const me = useMe();
  if (me.isPending) return <Loading />;
  if (me.isError && errorKey(me.error) === "signin") return <Suspense fallback={<Loading />}><SignIn refused={session.token !== ""} /></Suspense>;
  if (me.isError && !me.data) return <main className="alone"><Failed error={me.error} retry={() => void me.refetch()} /></main>;
  return (
    <Drafts>
      <ShellState>
        <Shell />
      </ShellState>
    </Drafts>
  );
}

function Shell() {
  const t = useT();
  const { palette, setPalette, panel } = useShell();
  const [path] = useLocation();
  useShortcuts(() => setPalette(true));
  const { id } = screens.find((s) => s.path !== "/" && path.startsWith(s.path)) ?? screens[0]!;
  useEffect(() => {
    document.title = `${t(`nav.${id}`)} · ${t("app.name")}`;
  }, [id, t]);
  return (
    <div className="shell" data-panel={panel || undefined}>
      <a className="skip" href="#main">{t("app.skip")}</a>
      <Nav />
      <div className="column">
        <Suspense fallback={<div className="draft-bar" />}><DraftBar /></Suspense>
        <main id="main" tabIndex={-1} data-page={id}>
          <Boundary key={path.split("/")[1]}>
            <Suspense fallback={<Loading />}>
              <Switch>
                {screens.flatMap(({ path, Page }) => [
                  <Route key={path} path={path} component={Page} />,
                  path !== "/" && <Route key={`${path}/*`} path={`${path}/*`} component={Page} />,
                ])}
                <Route><Empty icon="search" title={t("app.nowhere")} /></Route>
              </Switch>
            </Suspense>
          </Boundary>
        </main>
      </div>
      {panel && (
        <aside className="panel" aria-label={t("nav.try")}>
          <Boundary><Suspense fallback={<Loading />}><TryPanel /></Suspense></Boundary>
        </aside>
      )}
      {palette && <Suspense><Palette onClose={() => setPalette(false)} /></Suspense>}
    </div>
  );
}

/** Ctrl+K anywhere. Pages add their own keys. */
function useShortcuts(open: () => void) {
  useEffect(() => {
    const pressed = (e: KeyboardEvent) => {
      if ((e.ctrlKey || e.metaKey) && !e.shiftKey && !e.altKey && e.key.toLowerCase() === "k") {
        e.preventDefault();
        open();
      }
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  });
}
