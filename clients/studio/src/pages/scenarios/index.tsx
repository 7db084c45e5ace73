import { useT } from "../../i18n";
import { Empty, PageHead } from "../../ui/parts";

export default function Page() {
  const t = useT();
  return (
    <>
      <PageHead title={t("nav.scenarios")} />
      <Empty icon="scenarios" title={t("app.notYet")} />
    </>
  );
}
