import type { CustomSeriesRenderItem } from "echarts";
import type { EChartsCoreOption } from "echarts/core";
import { amount, full, toNumber } from "./data";
import type { Forest } from "./data";
import type { Palette } from "./palette";

const HALF_CAP = 5;

/** The interval of one row: a bar from the lower to the upper bound with caps at both ends. */
function whisker(color: string): CustomSeriesRenderItem {
  return (_params, api) => {
    const row = api.value(2);
    const [left, y] = api.coord([api.value(0), row]) as [number, number];
    const [right] = api.coord([api.value(1), row]) as [number, number];
    const style = { stroke: color, lineWidth: 2 };
    const line = (x1: number, y1: number, x2: number, y2: number) => ({ type: "line" as const, shape: { x1, y1, x2, y2 }, style });
    return {
      type: "group",
      children: [line(left, y, right, y), line(left, y - HALF_CAP, left, y + HALF_CAP), line(right, y - HALF_CAP, right, y + HALF_CAP)],
    };
  };
}

/** Estimates with intervals beside the line of reference; an interval that leaves it out is drawn in the warning colour. */
export function forest(chart: Forest, palette: Palette, names: object, scale: object): EChartsCoreOption {
  const reference = amount(chart.reference);
  const known = chart.labels.flatMap((name, at) => {
    const [value, low, high] = [toNumber(chart.values[at]), toNumber(chart.lows[at]), toNumber(chart.highs[at])];
    return value === null || low === null || high === null ? [] : [{ name, at, value, low, high, isOff: low > reference || high < reference }];
  });
  const told = (row: (typeof known)[number]): string =>
    `${row.name}\n${full(row.value, "")} (${full(row.low, "")} … ${full(row.high, "")}) ${chart.unit}`;
  const points = known.map((row) => ({
    value: [row.value, row.at],
    url: chart.urls[row.at] ?? "",
    itemStyle: { color: row.isOff ? palette.amber : palette.brand },
    tooltip: { formatter: () => told(row) },
  }));
  const bars = (isOff: boolean): object => ({
    type: "custom",
    silent: true,
    renderItem: whisker(isOff ? palette.amber : palette.brand),
    encode: { x: [0, 1], y: 2 },
    data: known.filter((row) => row.isOff === isOff).map((row) => [row.low, row.high, row.at]),
  });
  return {
    grid: { left: 8, right: 24, top: 8, bottom: 4, containLabel: true },
    xAxis: scale,
    yAxis: { ...names, inverse: true },
    series: [
      bars(false),
      bars(true),
      {
        type: "scatter",
        symbolSize: 10,
        data: points,
        markLine: { silent: true, symbol: "none", label: { show: false }, lineStyle: { color: palette.muted, type: "dashed" }, data: [{ xAxis: reference }] },
      },
    ],
  };
}
