import { useCallback } from "react";
import { useShell } from "../app/state";

/** Where the question that was handed over last is kept for the try-it panel. */
export const askKey = "rightvoice.ask";

/** Opens the try-it panel with a question. */
export function useTryAs(): (request: object) => void {
  const { setPanel } = useShell();
  return useCallback(
    (request: object) => {
      sessionStorage.setItem(askKey, JSON.stringify(request));
      window.dispatchEvent(new CustomEvent(askKey, { detail: request }));
      setPanel(true);
    },
    [setPanel],
  );
}
