import type { EChartsCoreOption } from "echarts/core";
import { amount, full, short, toNumber } from "./data";
import type { Bars, Drawn, Radar, Spread, Trend, Waterfall } from "./data";
import { forest } from "./forest";
import { coverage, heatmap, riskMatrix } from "./grids";
import type { Palette } from "./palette";

const FONT = 12;

/** What all charts with axes share. */
function frame(palette: Palette): EChartsCoreOption {
  return {
    animation: false,
    textStyle: { color: palette.muted, fontSize: FONT, fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 8, right: 16, top: 22, bottom: 4, containLabel: true },
    tooltip: {
      renderMode: "richText",
      backgroundColor: palette.surface,
      borderColor: palette.hairline,
      textStyle: { color: palette.ink, fontSize: FONT },
      shadowBlur: 0,
      confine: true,
    },
  };
}

function categories(labels: string[], palette: Palette): object {
  return {
    type: "category",
    data: labels,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: palette.hairline } },
    axisLabel: { color: palette.muted, fontSize: FONT, hideOverlap: true },
  };
}

function values(palette: Palette): object {
  return {
    type: "value",
    splitLine: { lineStyle: { color: palette.hairline } },
    axisLabel: { color: palette.muted, fontSize: FONT, formatter: short },
  };
}

function legend(isShown: boolean, palette: Palette): object {
  return { show: isShown, bottom: 0, itemHeight: 8, itemWidth: 14, textStyle: { color: palette.muted, fontSize: FONT } };
}

function radar(chart: Radar, palette: Palette): EChartsCoreOption {
  const looks = [
    { line: palette.brand, type: "solid", area: 0.12 },
    { line: palette.amber, type: "dotted", area: 0 },
    { line: palette.muted, type: "dashed", area: 0 },
  ];
  const data = chart.series.map((series, at) => {
    const look = looks[at % looks.length] ?? { line: palette.brand, type: "solid", area: 0 };
    return {
      name: series.name,
      value: series.values.map((value) => toNumber(value) ?? "-"),
      symbolSize: 3,
      lineStyle: { color: look.line, width: 1.6, type: look.type },
      itemStyle: { color: look.line },
      areaStyle: { color: look.line, opacity: look.area },
    };
  });
  return {
    ...frame(palette),
    legend: legend(chart.series.length > 1, palette),
    radar: {
      indicator: chart.axes.map((name) => ({ name, max: amount(chart.maximum), min: 0 })),
      radius: "62%",
      center: ["50%", "47%"],
      splitNumber: 4,
      splitArea: { show: false },
      axisName: { color: palette.ink, fontSize: FONT },
      axisLine: { lineStyle: { color: palette.hairline } },
      splitLine: { lineStyle: { color: palette.hairline } },
    },
    series: [{ type: "radar", data }],
  };
}

function band(chart: Trend, palette: Palette): object[] {
  if (!chart.band) return [];
  const { lower, upper, name } = chart.band;
  const common = { type: "line", stack: "band", stackStrategy: "all", symbol: "none", silent: true, lineStyle: { opacity: 0 }, tooltip: { show: false } };
  const height = upper.map((value, at) => {
    const [high, low] = [toNumber(value), toNumber(lower[at])];
    return high === null || low === null ? "-" : high - low;
  });
  const low = { ...common, name: `${name} ↓`, data: lower.map((value) => toNumber(value) ?? "-") };
  return [low, { ...common, name, data: height, areaStyle: { color: palette.muted, opacity: 0.16 } }];
}

function trend(chart: Trend, palette: Palette): EChartsCoreOption {
  const lines = chart.lines.map((line) => ({ name: line.name, yAxis: amount(line.value) }));
  const series = chart.series.map((line, at) => ({
    type: "line",
    name: line.name,
    data: line.values.map((value, place) => ({ value: toNumber(value) ?? "-", url: chart.urls[place] })),
    symbol: "circle",
    symbolSize: 6,
    lineStyle: { width: line.dashed ? 1.6 : 2.2, type: line.dashed ? "dashed" : "solid", color: line.dashed ? palette.muted : palette.brand },
    itemStyle: { color: palette.surface, borderWidth: 1.8, borderColor: line.dashed ? palette.muted : palette.brand },
    markLine: at > 0 || lines.length === 0 ? undefined : {
      symbol: "none",
      silent: true,
      lineStyle: { color: palette.amber, type: "dashed" },
      label: { color: palette.amber, position: "insideStartTop", formatter: "{b}" },
      data: lines,
    },
  }));
  const common = frame(palette);
  const isMany = chart.series.length > 1;
  return {
    ...common,
    grid: { ...(common["grid"] as object), ...(isMany ? { bottom: 26 } : {}) },
    legend: { ...legend(isMany, palette), data: chart.series.map((line) => line.name) },
    tooltip: { ...(common["tooltip"] as object), trigger: "axis" },
    xAxis: { ...categories(chart.labels, palette), boundaryGap: false },
    yAxis: { ...values(palette), min: toNumber(chart.minimum) ?? undefined, max: toNumber(chart.maximum) ?? undefined, scale: true },
    series: [...band(chart, palette), ...series],
  };
}

function faint(color: string): string {
  return color.replace(/^rgb\((.*)\)$/, "rgba($1, 0.35)");
}

function waterfall(chart: Waterfall, palette: Palette, narrow: boolean): EChartsCoreOption {
  const colors = { base: palette.brand, plus: palette.brand, minus: palette.red, disputed: palette.amber, total: palette.strong };
  let running = 0;
  const floors: number[] = [];
  const blocks = chart.steps.map((step) => {
    const value = amount(step.amount);
    const [from, to] = step.kind === "total" ? [0, value] : [running, running + value];
    running = to;
    floors.push(Math.min(from, to));
    const disputed = step.kind === "disputed";
    const color = colors[step.kind];
    return {
      value: Math.max(Math.abs(to - from), 0),
      shown: narrow ? short(value) : full(value, chart.unit || "CNY"),
      note: full(value, chart.unit || "CNY"),
      url: step.url,
      itemStyle: disputed ? { color: faint(color), borderColor: color, borderType: "dashed", borderWidth: 1.5 } : { color },
      label: { position: value < 0 ? "bottom" : "top", color: value < 0 ? (disputed ? palette.amber : palette.red) : palette.ink },
    };
  });
  const label = { show: true, fontSize: FONT, formatter: (point: { data: { shown: string } }) => point.data.shown };
  const name = (point: { name: string; data: { note?: string } }): string => `${point.name}  ${point.data.note ?? ""}`;
  return {
    ...frame(palette),
    tooltip: { ...(frame(palette)["tooltip"] as object), formatter: name },
    xAxis: { ...categories(chart.steps.map((step) => step.label), palette), axisLabel: { color: palette.muted, fontSize: FONT, interval: 0, rotate: narrow ? 40 : 0, width: narrow ? 70 : 88, overflow: narrow ? "truncate" : "break" } },
    yAxis: values(palette),
    series: [
      { type: "bar", stack: "sum", silent: true, itemStyle: { color: "transparent" }, data: floors },
      { type: "bar", stack: "sum", barMaxWidth: 46, barMinHeight: 1, data: blocks, label },
    ],
  };
}

function bars(chart: Bars, palette: Palette): EChartsCoreOption {
  const flip = chart.horizontal;
  const data = chart.values.map((value, at) => ({
    value: toNumber(value) ?? "-",
    url: chart.urls[at],
    label: { formatter: full(amount(value), chart.unit) },
  }));
  const names = { ...categories(chart.labels, palette), inverse: flip };
  const scale = { ...values(palette), show: !flip };
  const label = { show: true, position: flip ? "right" : "top", color: palette.ink, fontSize: FONT };
  return {
    ...frame(palette),
    grid: { left: 8, right: flip ? 76 : 16, top: flip ? 8 : 22, bottom: 4, containLabel: true },
    xAxis: flip ? scale : names,
    yAxis: flip ? names : scale,
    series: [{ type: "bar", barMaxWidth: 14, itemStyle: { color: palette.brand }, data, label }],
  };
}

function spread(chart: Spread, palette: Palette): EChartsCoreOption {
  const points = chart.points.flatMap((ratings, at) => ratings.map((value) => [at, amount(value)]));
  const means = chart.means.flatMap((value, at) => (toNumber(value) === null ? [] : [[at, amount(value)]]));
  return {
    ...frame(palette),
    xAxis: categories(chart.labels, palette),
    yAxis: { ...values(palette), scale: true },
    series: [
      { type: "scatter", symbolSize: 8, itemStyle: { color: palette.brand, opacity: 0.55 }, data: points },
      { type: "scatter", symbol: "rect", symbolSize: [26, 2.5], itemStyle: { color: palette.amber }, data: means, tooltip: { show: true } },
    ],
  };
}

/** The drawing instructions for one chart; `narrow` is a phone. */
export function optionsOf(chart: Drawn, palette: Palette, narrow: boolean): EChartsCoreOption {
  switch (chart.kind) {
    case "radar": return radar(chart, palette);
    case "trend": return trend(chart, palette);
    case "waterfall": return waterfall(chart, palette, narrow);
    case "bars": return bars(chart, palette);
    case "forest": return { ...frame(palette), ...forest(chart, palette, categories(chart.labels, palette), { ...values(palette), scale: true }) };
    case "spread": return spread(chart, palette);
    case "heatmap": return { ...frame(palette), ...heatmap(chart, palette, narrow) };
    case "risk-matrix": return { ...frame(palette), ...riskMatrix(chart, palette) };
    case "coverage": return { ...frame(palette), ...coverage(chart, palette) };
  }
}
