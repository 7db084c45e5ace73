import { lazy, type ComponentType } from "react";
import type { IconName } from "../ui/Icon";

export interface Screen {
  id: string;
  path: string;
  icon: IconName;
  Page: ComponentType;
}

// Each screen is loaded when it is first opened.
export const screens: readonly Screen[] = [
  { id: "home", path: "/", icon: "home", Page: lazy(() => import("../pages/home")) },
  { id: "rules", path: "/rules", icon: "rules", Page: lazy(() => import("../pages/rules")) },
  { id: "table", path: "/table", icon: "table", Page: lazy(() => import("../pages/table")) },
  { id: "try", path: "/try", icon: "try", Page: lazy(() => import("../pages/try")) },
  { id: "scenarios", path: "/scenarios", icon: "scenarios", Page: lazy(() => import("../pages/scenarios")) },
  { id: "review", path: "/review", icon: "review", Page: lazy(() => import("../pages/review")) },
  { id: "history", path: "/history", icon: "history", Page: lazy(() => import("../pages/history")) },
  { id: "insights", path: "/insights", icon: "insights", Page: lazy(() => import("../pages/insights")) },
];
