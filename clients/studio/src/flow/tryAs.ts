import { useCallback } from "react";
import { personOf, type Request } from "../api/person";
import { useFacts } from "../api/hooks";
import { useShell } from "../app/state";
import { tryAs } from "../pages/try/store";

/** Opens the try-it panel with the question of a recorded request or an example. */
export function useTryAs(): (request: Request) => void {
  const { setPanel } = useShell();
  const facts = useFacts({}).data;
  return useCallback(
    (request: Request) => {
      tryAs(personOf(request, facts ?? []), "", "traffic");
      setPanel(true);
    },
    [facts, setPanel],
  );
}
