import { useT } from "../../i18n";
import { Empty } from "../../ui/parts";

export default function Panel() {
  const t = useT();
  return <Empty icon="try" title={t("app.notYet")} />;
}
