// Constants of conditions: how they are shown in a field, and how content
// spells what was typed.
import type { Condition, Fact, Operator } from "../../api/types";
import { leaf } from "./operations";

/** Units of time in which a number may be typed, by the unit of the fact. */
const unitsOf: Record<string, readonly string[]> = { hours: ["hours", "days", "weeks"], days: ["days", "weeks"] };
const hoursIn: Record<string, number> = { hours: 1, days: 24, weeks: 168 };

/** The units to choose from; none where the number stands alone. */
export const units = (fact: Fact): readonly string[] => unitsOf[fact.unit] ?? [];

export interface Amount {
  number: string;
  unit: string;
}

/** A constant as it is typed: 720 hours are 30 days. */
export function amount(value: string, fact: Fact): Amount {
  const own = units(fact);
  const typed = /^\s*(-?[\d.]+)\s*([a-z]*)\s*$/i.exec(value);
  if (!typed) return { number: value, unit: own[0] ?? "" };
  const unit = typed[2]!.toLowerCase().replace(/([^s])$/, "$1s");
  if (own.includes(unit)) return { number: typed[1]!, unit };
  const number = Number(typed[1]);
  if (own.includes("hours") && number !== 0 && number % 24 === 0) return { number: String(number / 24), unit: "days" };
  return { number: typed[1]!, unit: own[0] ?? "" };
}

/** As content spells it: "30 days". */
export const spelled = ({ number, unit }: Amount): string => (unit ? `${Number(number)} ${unit}` : String(Number(number)));

export type Wrong = "notNumber" | "notWhole" | "tooSmall" | "tooLarge" | "";

/** What is wrong with a number that was typed; empty if nothing is. */
export function wrong({ number, unit }: Amount, fact: Fact): Wrong {
  const n = Number(number);
  if (number.trim() === "" || !Number.isFinite(n)) return "notNumber";
  if (fact.type === "int" && !Number.isInteger(n)) return "notWhole";
  const inOwn = unit && hoursIn[fact.unit] ? (n * hoursIn[unit]!) / hoursIn[fact.unit]! : n;
  if (fact.min !== "" && inOwn < Number(fact.min)) return "tooSmall";
  if (fact.max !== "" && inOwn > Number(fact.max)) return "tooLarge";
  return "";
}

export const isNumber = (fact: Fact): boolean => fact.type === "int" || fact.type === "decimal";

/** Constants that make sense to begin with; null if they have to be chosen. */
export function firstValues(fact: Fact, operator: Operator): string[] | null {
  if (operator.id === "known" || fact.type === "bool") return ["true"];
  if (!isNumber(fact)) return null;
  const one = units(fact).length > 0 ? "14 days" : String(Math.round((Number(fact.min || 0) + Number(fact.max || 100)) / 2));
  return Array.from({ length: operator.minValues }, () => one);
}

/** The condition with another operator. Constants are kept as far as they fit. */
export function withOperator(c: Condition, fact: Fact, operator: Operator): Condition | null {
  const kept = c.operator === "known" || operator.id === "known" ? [] : (c.values ?? []);
  if (kept.length >= operator.minValues && kept.length > 0) return leaf(fact.name, operator.id, kept.slice(0, operator.maxValues || 1));
  const first = firstValues(fact, operator);
  if (!first) return null;
  return leaf(fact.name, operator.id, [...kept, ...first].slice(0, Math.max(operator.minValues, 1)));
}
