// In place of a package for versions of React that lack it.
export { useSyncExternalStore } from "react";
