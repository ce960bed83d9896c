import type { EChartsCoreOption } from "echarts/core";
import { amount } from "./data";
import type { PlanDot, PlanMap } from "./data";
import type { Palette } from "./palette";

interface Mark {
  value: [number, number];
  dot: PlanDot;
  url: string;
  symbol: string;
  itemStyle: object;
}

function mark(dot: PlanDot, palette: Palette): Mark {
  const isBad = dot.tone === "bad";
  return {
    value: [amount(dot.x), amount(dot.y)],
    dot,
    url: dot.url,
    // The shape says it too, for those who do not see the colour.
    symbol: isBad ? "diamond" : "circle",
    itemStyle: { color: isBad ? palette.red : palette.amber, borderColor: palette.surface, borderWidth: 2 },
  };
}

/** Spots over the plan picture; without one, where they lie to each other on the ground, north up. */
export function plan(chart: PlanMap, palette: Palette, width: number, height: number): EChartsCoreOption {
  const onPicture = chart.picture !== "";
  const axis = { type: "value", show: !onPicture, scale: !onPicture, splitLine: { lineStyle: { color: palette.hairline } }, axisLabel: { color: palette.muted } };
  const bounds = onPicture ? { min: 0, max: 100 } : {};
  const room = onPicture ? { left: 0, right: 0, top: 0, bottom: 0 } : { left: 8, right: 16, top: 16, bottom: 8, containLabel: true };
  return {
    animation: false,
    grid: room,
    xAxis: { ...axis, ...bounds },
    yAxis: { ...axis, ...bounds, inverse: onPicture },
    graphic: onPicture
      ? [{ type: "image", z: -1, silent: true, left: 0, top: 0, style: { image: chart.picture, width, height } }]
      : [],
    tooltip: {
      renderMode: "richText",
      backgroundColor: palette.surface,
      borderColor: palette.hairline,
      textStyle: { color: palette.ink, fontSize: 12 },
      confine: true,
      formatter: (point: { data: Mark }) => `${point.data.dot.label}\n${point.data.dot.hint}`,
    },
    series: [{ type: "scatter", symbolSize: 18, data: chart.dots.map((dot) => mark(dot, palette)) }],
  };
}
