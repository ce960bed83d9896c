// What the server sends; mirrors duban.platform.ui.charts. Decimals travel as strings, `null` is insufficient data.
export type Num = number | string | null;

export interface Series {
  name: string;
  values: Num[];
  dashed: boolean;
}
export interface Radar {
  kind: "radar";
  axes: string[];
  series: Series[];
  maximum: Num;
}
export interface Trend {
  kind: "trend";
  labels: string[];
  series: Series[];
  band: { name: string; lower: Num[]; upper: Num[] } | null;
  lines: { name: string; value: Num }[];
  unit: string;
  minimum: Num;
  maximum: Num;
  urls: string[];
}
export interface Waterfall {
  kind: "waterfall";
  steps: { label: string; amount: Num; kind: "base" | "plus" | "minus" | "disputed" | "total"; url: string }[];
  unit: string;
}
export interface GridCell {
  column: string;
  row: string;
  value: Num;
  url: string;
  hint: string;
}
interface Grid<C> {
  columns: string[];
  rows: string[];
  cells: C[];
}
export interface Heatmap extends Grid<GridCell> {
  kind: "heatmap";
  minimum: Num;
  maximum: Num;
  unit: string;
  is_more_worse: boolean;
}
export interface RiskMatrix extends Grid<GridCell> {
  kind: "risk-matrix";
}
export type SlotState = "present" | "absent" | "review" | "rest";
export interface Coverage extends Grid<{ column: string; row: string; state: SlotState; hint: string; url: string }> {
  kind: "coverage";
  words: Record<SlotState, string>;
}
export interface Bars {
  kind: "bars";
  labels: string[];
  values: Num[];
  unit: string;
  urls: string[];
  horizontal: boolean;
}
export interface Spread {
  kind: "spread";
  labels: string[];
  points: Num[][];
  means: Num[];
  unit: string;
}
export interface PlanDot {
  x: Num;
  y: Num;
  label: string;
  hint: string;
  tone: "bad" | "warning";
  url: string;
  count: number;
}
export interface PlanMark {
  x: Num;
  y: Num;
  label: string;
}
export interface PlanMap {
  kind: "plan";
  dots: PlanDot[];
  marks: PlanMark[];
  ratio: Num;
  picture: string;
}
export interface Forest {
  kind: "forest";
  labels: string[];
  values: Num[];
  lows: Num[];
  highs: Num[];
  reference: Num;
  unit: string;
  urls: string[];
}
export type Drawn = Exclude<Chart, PlanMap>;
export type Chart = Forest | PlanMap | Radar | Trend | Waterfall | Heatmap | RiskMatrix | Coverage | Bars | Spread;

/** A number, or null where there is none. */
export function toNumber(value: Num | undefined): number | null {
  return value === null || value === undefined || value === "" ? null : Number(value);
}

/** A number where the server always sends one. */
export function amount(value: Num | undefined): number {
  return toNumber(value) ?? 0;
}

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const exact = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });
const money = new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** Short for axes: 250k; full for labels: 1,080.00 with a true minus. */
export function short(value: number): string {
  const size = Math.abs(value);
  const text = size >= 10_000 ? `${whole.format(size / 1000)}k` : exact.format(size);
  return value < 0 ? `−${text}` : text;
}
export function full(value: number, unit: string): string {
  const text = (/^[A-Z]{3}$|元|¥/.test(unit) ? money : exact).format(Math.abs(value));
  return value < 0 ? `−${text}` : text;
}
