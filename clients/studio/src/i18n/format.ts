import { IntlMessageFormat } from "intl-messageformat";

/** What a message is filled with. */
export type Value = string | number | boolean | Date | null | undefined;
export type Values = Record<string, Value>;

const compiled = new Map<string, IntlMessageFormat>();

/**
 * Fills a message. In the built page messages come parsed; where they come as
 * text, as in tests, they are parsed here.
 */
export function format(locale: string, id: string, message: unknown, values?: Values): string {
  if (message === undefined) return id;
  if (typeof message === "string" && !/[{'<]/.test(message)) return message;
  const key = `${locale} ${id}`;
  let made = compiled.get(key);
  if (!made) compiled.set(key, (made = new IntlMessageFormat(message as string, locale)));
  return String(made.format(values as Record<string, string>));
}
