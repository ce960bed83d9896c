// Working an expression of a form out, by the same rules as the server (standards/domain/xforms/evaluating.py). Pure.
// Numbers are doubles; an empty answer is the empty text; of a repeat all answers come as a list of texts.
export type Tree = [kind: string, value: string, ...parts: Tree[]];
export type Single = string | number | boolean;
export type Value = Single | readonly string[];

export interface Context {
  values: ReadonlyMap<string, Value>;
  current: Value;
  today: string;
}

type Call = (...values: Value[]) => Value;

const NUMBER = /^\s*-?(\d+(\.\d*)?|\.\d+)\s*$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const LONGEST_MATCHED = 1000;
const DAY_MS = 86_400_000;

export function evaluate(tree: Tree, context: Context): Value {
  const [kind, value, ...parts] = tree;
  if (kind === "text") return value;
  if (kind === "number") return Number(value);
  if (kind === "self") return context.current;
  if (kind === "ref") return context.values.get(value) ?? "";
  const values = parts.map((part) => evaluate(part, context));
  if (kind === "minus") return -asNumber(values[0] ?? "");
  if (kind === "op") return operation(value, values[0] ?? "", values[1] ?? "");
  if (value === "today") return context.today;
  return CALLS[value]?.(...values) ?? "";
}

const isList = (value: Value): value is readonly string[] => Array.isArray(value);
const each = (value: Value): readonly Single[] => (isList(value) ? value : [value]);

export function asText(value: Value): string {
  if (typeof value === "boolean") return value ? "true" : "false";
  if (typeof value === "number") return numberText(value);
  return isList(value) ? (value[0] ?? "") : value;
}

export function asNumber(value: Value): number {
  if (typeof value === "boolean" || typeof value === "number") return Number(value);
  const text = asText(value);
  if (NUMBER.test(text)) return Number(text);
  return DAY.test(text) ? days(text) : NaN;
}

export function asTruth(value: Value): boolean {
  if (typeof value === "number") return !Number.isNaN(value) && value !== 0;
  return isList(value) ? value.length > 0 : Boolean(value);
}

function days(text: string): number {
  const moment = new Date(`${text}T00:00:00Z`);
  const isReal = !Number.isNaN(moment.getTime()) && moment.toISOString().slice(0, 10) === text;
  return isReal ? moment.getTime() / DAY_MS : NaN;
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "-Infinity";
  if (Number.isInteger(value)) return BigInt(value).toString();
  const text = String(value);
  return text.includes("e") ? plain(text) : text;
}

/** `1.5e-7` written out. */
function plain(text: string): string {
  const [mantissa = "", exponent = "0"] = text.split("e");
  const sign = mantissa.startsWith("-") ? "-" : "";
  return `${sign}0.${"0".repeat(-Number(exponent) - 1)}${mantissa.replace(/[-.]/g, "")}`;
}

const COMPARED: Record<string, (left: number, right: number) => boolean> = {
  "<": (left, right) => left < right,
  "<=": (left, right) => left <= right,
  ">": (left, right) => left > right,
  ">=": (left, right) => left >= right,
};
const CALCULATED: Record<string, (left: number, right: number) => number> = {
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  div: (left, right) => left / right,
  mod: (left, right) => (Number.isFinite(left) ? left % right : NaN),
};

function operation(name: string, left: Value, right: Value): Value {
  if (name === "or") return asTruth(left) || asTruth(right);
  if (name === "and") return asTruth(left) && asTruth(right);
  const calculated = CALCULATED[name];
  if (calculated) return calculated(asNumber(left), asNumber(right));
  return each(left).some((one) => each(right).some((other) => compared(name, one, other)));
}

function compared(name: string, left: Single, right: Single): boolean {
  if (name === "=" || name === "!=") return equal(left, right) === (name === "=");
  return COMPARED[name]?.(asNumber(left), asNumber(right)) ?? false;
}

function equal(left: Single, right: Single): boolean {
  if (typeof left === "boolean" || typeof right === "boolean") return asTruth(left) === asTruth(right);
  if (typeof left === "number" || typeof right === "number") return asNumber(left) === asNumber(right);
  return left === right;
}

/** Half away from zero at the given place, on the digits as they are written. */
function rounded(value: Value, places: Value = 0): number {
  const number = asNumber(value);
  const digits = Math.trunc(asNumber(places));
  if (!Number.isFinite(number) || !Number.isFinite(digits)) return number;
  const [mantissa, exponent = "0"] = String(Math.abs(number)).split("e");
  const shifted = Math.round(Number(`${mantissa}e${Number(exponent) + digits}`));
  const [whole, power = "0"] = String(shifted).split("e");
  return Math.sign(number) * Number(`${whole}e${Number(power) - digits}`);
}

function substr(value: Value, start: Value, end: Value = Infinity): string {
  const letters = [...asText(value)];
  return letters.slice(place(start, letters.length), place(end, letters.length)).join("");
}

function place(value: Value, length: number): number {
  const number = asNumber(value);
  if (Number.isNaN(number) || number < -length) return 0;
  if (number > length) return length;
  return number >= 0 ? Math.trunc(number) : length + Math.trunc(number);
}

const numbers = (values: readonly Value[]): number[] =>
  values.flatMap((value) => each(value).filter((one) => one !== "").map(asNumber));

function extreme(choose: (...found: number[]) => number): Call {
  return (...values) => {
    const found = numbers(values);
    return found.length && !found.some(Number.isNaN) ? choose(...found) : NaN;
  };
}

const chosen = (value: Value): string[] => asText(value).split(/\s+/).filter(Boolean);

/** A pattern that this browser does not know is left to the server. */
function matches(value: Value, pattern: Value): boolean {
  const text = asText(value);
  if (text.length > LONGEST_MATCHED) return false;
  try {
    return new RegExp(`^(?:${asText(pattern)})$`, "u").test(text);
  } catch {
    return true;
  }
}

const power = (base: Value, exponent: Value): number => {
  const found = asNumber(base) ** asNumber(exponent);
  return Number.isFinite(found) ? found : NaN;
};

const CALLS: Record<string, Call> = {
  abs: (value = "") => Math.abs(asNumber(value)),
  boolean: (value = "") => asTruth(value),
  coalesce: (first = "", second = "") => asText(first) || asText(second),
  concat: (...values) => values.flatMap((value) => each(value).map(asText)).join(""),
  contains: (text = "", part = "") => asText(text).includes(asText(part)),
  count: (value = "") => (isList(value) ? value.length : Number(value !== "")),
  "count-selected": (value = "") => chosen(value).length,
  "ends-with": (text = "", part = "") => asText(text).endsWith(asText(part)),
  false: () => false,
  if: (condition = "", then = "", otherwise = "") => (asTruth(condition) ? then : otherwise),
  int: (value = "") => Math.trunc(asNumber(value)),
  max: extreme(Math.max),
  min: extreme(Math.min),
  not: (value = "") => !asTruth(value),
  number: (value = "") => asNumber(value),
  pow: (base = "", exponent = "") => power(base, exponent),
  regex: (value = "", pattern = "") => matches(value, pattern),
  round: (value = "", places = 0) => rounded(value, places),
  selected: (value = "", one = "") => chosen(value).includes(asText(one).trim()),
  "starts-with": (text = "", part = "") => asText(text).startsWith(asText(part)),
  string: (value = "") => asText(value),
  "string-length": (value = "") => [...asText(value)].length,
  substr: (value = "", start = 0, end = Infinity) => substr(value, start, end),
  sum: (value = "") => numbers([value]).reduce((sum, one) => sum + one, 0),
  true: () => true,
};
