import type { EChartsCoreOption } from "echarts/core";
import { amount } from "./data";
import type { PlanDot, PlanMap, PlanMark } from "./data";
import type { Palette } from "./palette";

interface Mark {
  value: [number, number];
  dot: PlanDot;
  url: string;
  symbol: string;
  symbolSize: number;
  itemStyle: object;
  label: object;
}

const DOT = 18;
const CROWD = 26;

function mark(dot: PlanDot, palette: Palette): Mark {
  const isBad = dot.tone === "bad";
  return {
    value: [amount(dot.x), amount(dot.y)],
    dot,
    url: dot.url,
    // The shape says it too, for those who do not see the colour.
    symbol: isBad ? "diamond" : "circle",
    symbolSize: dot.count > 1 ? CROWD : DOT,
    itemStyle: { color: isBad ? palette.red : palette.amber, borderColor: palette.surface, borderWidth: 2 },
    label: { show: dot.count > 1, formatter: String(dot.count), color: palette.surface, fontWeight: 700 },
  };
}

/** The named places round about, so that spots on the bare ground mean something. */
function ground(marks: PlanMark[], palette: Palette): object {
  return {
    type: "scatter",
    silent: true,
    symbolSize: 7,
    itemStyle: { color: palette.muted },
    label: { show: true, position: "bottom", distance: 12, color: palette.muted, formatter: ({ name }: { name: string }) => name },
    labelLayout: { hideOverlap: true },
    data: marks.map((one) => ({ name: one.label, value: [amount(one.x), amount(one.y)] })),
  };
}

/** An edge of the ground with some air beyond the outermost spot. */
function edge(side: "min" | "max"): (ends: { min: number; max: number }) => number {
  return ({ min, max }) => (side === "min" ? min - (max - min || 1e-4) * 0.12 : max + (max - min || 1e-4) * 0.12);
}

/** As large as the frame allows without pulling the picture out of shape. */
function fitted(ratio: number, width: number, height: number): { left: number; top: number; width: number; height: number } {
  const across = Math.min(width, height * ratio);
  const down = across / ratio;
  return { left: (width - across) / 2, top: (height - down) / 2, width: across, height: down };
}

/** Spots over the plan picture; without one, where they lie to each other on the ground, north up. */
export function plan(chart: PlanMap, palette: Palette, width: number, height: number): EChartsCoreOption {
  const onPicture = chart.picture !== "";
  const line = { show: true, lineStyle: { color: palette.hairline } };
  const axis = { type: "value", show: !onPicture, scale: !onPicture, splitLine: line, axisLine: line, axisTick: { show: false }, axisLabel: { show: false } };
  const bounds = onPicture ? { min: 0, max: 100 } : { min: edge("min"), max: edge("max") };
  const drawn = fitted(amount(chart.ratio), width, height);
  const room = onPicture ? drawn : { left: 8, right: 8, top: 8, bottom: 8 };
  return {
    animation: false,
    grid: room,
    xAxis: { ...axis, ...bounds },
    yAxis: { ...axis, ...bounds, inverse: onPicture },
    graphic: onPicture
      ? [{ type: "image", z: -1, silent: true, left: drawn.left, top: drawn.top, style: { image: chart.picture, width: drawn.width, height: drawn.height } }]
      : [],
    tooltip: {
      renderMode: "richText",
      backgroundColor: palette.surface,
      borderColor: palette.hairline,
      textStyle: { color: palette.ink, fontSize: 12 },
      confine: true,
      formatter: (point: { data: Mark }) => `${point.data.dot.label}\n${point.data.dot.hint}`,
    },
    series: [ground(chart.marks, palette), { type: "scatter", data: chart.dots.map((dot) => mark(dot, palette)) }],
  };
}
