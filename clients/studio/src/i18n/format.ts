import { parse, type MessageFormatElement } from "@formatjs/icu-messageformat-parser";

/** What a message is filled with. */
export type Value = string | number | boolean | Date | null | undefined;
export type Values = Record<string, Value>;

type Part = MessageFormatElement;
const parsed = new Map<string, Part[]>();

/**
 * Fills a message in ICU's form. In the built page messages come parsed; where
 * they come as text, as in tests, they are parsed here. Choices, plurals,
 * numbers and days are understood, which is all that our messages use.
 */
export function format(locale: string, id: string, message: unknown, values: Values = {}): string {
  if (message === undefined) return id;
  if (typeof message !== "string") return filled(message as Part[], locale, values);
  if (!/[{'<]/.test(message)) return message;
  const key = `${locale} ${id}`;
  let parts = parsed.get(key);
  if (!parts) parsed.set(key, (parts = parse(message)));
  return filled(parts, locale, values);
}

// The kinds of parts are numbers in what the parser gives.
function filled(parts: readonly Part[], locale: string, values: Values, count = 0): string {
  return parts.map((p) => one(p, locale, values, count)).join("");
}

function one(p: Part, locale: string, values: Values, count: number): string {
  if (p.type === 0) return p.value;
  if (p.type === 7) return number(locale, count);
  const value = "value" in p ? values[p.value] : undefined;
  if (p.type === 5) return filled((p.options[String(value)] ?? p.options.other)?.value ?? [], locale, values, count);
  if (p.type === 6) {
    const n = Number(value);
    const kind = new Intl.PluralRules(locale, { type: p.pluralType ?? "cardinal" }).select(n - p.offset);
    return filled((p.options[`=${n}`] ?? p.options[kind] ?? p.options.other)?.value ?? [], locale, values, n - p.offset);
  }
  if (p.type === 2) return number(locale, Number(value));
  if (p.type === 3) return new Intl.DateTimeFormat(locale, { month: "short", day: "numeric", year: "numeric" }).format(value as Date);
  return value === undefined || value === null ? "" : String(value);
}

const numbers = new Map<string, Intl.NumberFormat>();

function number(locale: string, n: number): string {
  let made = numbers.get(locale);
  if (!made) numbers.set(locale, (made = new Intl.NumberFormat(locale)));
  return made.format(n);
}
