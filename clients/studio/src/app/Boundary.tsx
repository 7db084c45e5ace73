import { Component, type ReactNode } from "react";
import { useT } from "../i18n";
import { Button } from "../ui/Button";
import { Empty } from "../ui/parts";

/** Keeps a fault in one part of the page from taking the rest with it. */
export class Boundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const t = useT();
  return (
    <Empty icon="warning" title={t("app.broken")} action={<Button kind="primary" onPress={() => location.reload()}>{t("action.reload")}</Button>}>
      {t("app.brokenWhy")}
    </Empty>
  );
}
