// Asks again while a page is open, so that what is decided anew is shown with no
// reload. A portal needs this only where a page stays open for long; asking when
// a page opens is enough elsewhere, for asking costs a few milliseconds.

/**
 * What of an answer is shown. How it was come by is not; and where the shared
 * store is away, the same is decided anew under another id each time.
 * @param {any} answer
 */
function shownOf(answer) {
  const left = answer.cache?.status === "UNAVAILABLE" ? ["cache", "decisionId", "decidedAt", "validUntil"] : ["cache"];
  return JSON.stringify(answer, (name, value) => (left.includes(name) ? undefined : value));
}

/**
 * @template T
 * @param {() => Promise<T>} ask
 * @param {(answer: T) => void} changed  called with the first answer and with each that differs from the one before
 * @param {(error: unknown) => void} failed
 * @param {number} [every] ms; 0 asks once
 */
export function follow(ask, changed, failed, every = 2000) {
  let shown = "";
  let wanted = 0;
  let given = 0;
  let stopped = false;
  /** @type {Promise<void>} */
  let running = Promise.resolve();

  const once = async () => {
    const mine = ++wanted;
    try {
      const answer = await ask();
      if (stopped || mine < given) return; // a later question was answered first
      given = mine;
      const key = shownOf(answer);
      if (key === shown) return;
      shown = key;
      changed(answer);
    } catch (error) {
      if (!stopped) failed(error);
    }
  };
  const timer = every > 0 ? setInterval(() => document.visibilityState === "visible" && now(), every) : 0;
  const now = () => (running = once());
  now();
  return {
    /** Asks at once, and resolves when it is shown. */
    now,
    /** Shows the same again, such as after the page around it changed. */
    again: () => ((shown = ""), now()),
    stop: () => {
      stopped = true;
      clearInterval(timer);
      return running;
    },
  };
}
