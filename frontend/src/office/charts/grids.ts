import type { EChartsCoreOption } from "echarts/core";
import { amount, full, toNumber } from "./data";
import type { Coverage, GridCell, Heatmap, RiskMatrix, SlotState } from "./data";
import { HEAT_STOPS, hatch, heat, risk } from "./palette";
import type { Palette } from "./palette";

const FONT = 12;

interface Mark {
  value: [string, string, number];
  shown: string;
  note: string;
  url: string;
  itemStyle?: object;
  label?: object;
}

/** More columns than this do not leave room for level labels: they lean, and all of them are shown. */
const LEVEL_COLUMNS = 14;

function axes(columns: string[], rows: string[], palette: Palette): EChartsCoreOption {
  const isLeaning = columns.length > LEVEL_COLUMNS && columns.some((name) => name.length > 2);
  const crowded = isLeaning ? { rotate: 50, interval: 0 } : { hideOverlap: true };
  const axis = { type: "category", axisTick: { show: false }, axisLine: { show: false }, axisLabel: { color: palette.ink, fontSize: FONT } };
  return {
    xAxis: { ...axis, data: columns, axisLabel: { ...axis.axisLabel, ...crowded } },
    yAxis: { ...axis, data: rows, inverse: true },
  };
}

function series(marks: Mark[], palette: Palette): object {
  return {
    type: "heatmap",
    data: marks,
    itemStyle: { borderColor: palette.surface, borderWidth: 2, borderRadius: 3 },
    emphasis: { itemStyle: { borderColor: palette.ink, borderWidth: 1.5 } },
    label: { show: true, fontSize: FONT, formatter: (point: { data: Mark }) => point.data.shown },
    tooltip: { formatter: (point: { data: Mark }) => `${point.data.value[1]} · ${point.data.value[0]}\n${point.data.note}` },
  };
}

function place(cell: GridCell, value: number): Pick<Mark, "value" | "url"> {
  return { value: [cell.column, cell.row, value], url: cell.url };
}

/** On a phone more columns than this leave no room for numbers; a tap on the field says them. */
const NUMBERED = 12;

/** Values by two names; too little data is hatched. */
export function heatmap(chart: Heatmap, palette: Palette, narrow: boolean): EChartsCoreOption {
  const hasRoom = !narrow || chart.columns.length <= NUMBERED;
  const [low, high] = [amount(chart.minimum), amount(chart.maximum)];
  const pattern = hatch(palette);
  const known: Mark[] = [];
  const unknown: Mark[] = [];
  for (const cell of chart.cells) {
    const value = toNumber(cell.value);
    if (value === null) {
      unknown.push({ ...place(cell, 0), shown: "", note: cell.hint || "–", itemStyle: { color: pattern, borderColor: palette.hatch, borderWidth: 1 } });
      continue;
    }
    const share = (value - low) / (high - low || 1);
    const look = heat(chart.is_more_worse ? 1 - share : share);
    const shown = hasRoom ? full(Math.round(value), "") : "";
    known.push({ ...place(cell, value), shown, note: `${full(value, "")}${chart.unit} ${cell.hint}`, itemStyle: { color: look.color }, label: { color: look.ink } });
  }
  return {
    ...axes(chart.columns, chart.rows, palette),
    grid: { left: 8, right: 8, top: 8, bottom: 34, containLabel: true },
    visualMap: [
      {
        seriesIndex: 0, min: low, max: high, dimension: 2, orient: "horizontal", left: "center", bottom: 0, itemWidth: 10, itemHeight: 110,
        text: [`${high}`, `${low}`], textStyle: { color: palette.muted, fontSize: FONT }, inRange: { color: chart.is_more_worse ? [...HEAT_STOPS].reverse() : HEAT_STOPS }, hoverLink: false,
      },
      { seriesIndex: 1, show: false, min: 0, max: 1, dimension: 2, inRange: { color: [palette.sunk] } },
    ],
    series: [series(known, palette), { ...series(unknown, palette), itemStyle: { borderRadius: 3 } }],
  };
}

/** Counts by likelihood and impact; the place gives the colour, the count is written in the field. */
export function riskMatrix(chart: RiskMatrix, palette: Palette): EChartsCoreOption {
  const counts = new Map(chart.cells.map((cell) => [`${cell.column}|${cell.row}`, cell]));
  const steps = Math.max(1, chart.columns.length - 1 + chart.rows.length - 1);
  const marks = chart.rows.flatMap((row, down) =>
    chart.columns.map((column, right): Mark => {
      const cell = counts.get(`${column}|${row}`);
      const look = risk((right + chart.rows.length - 1 - down) / steps);
      const count = amount(cell?.value);
      return {
        value: [column, row, count],
        shown: count ? String(count) : "",
        note: `${count} ${cell?.hint ?? ""}`,
        url: cell?.url ?? "",
        itemStyle: { color: look.color },
        label: { color: look.ink, fontWeight: 600 },
      };
    }),
  );
  return {
    ...axes(chart.columns, chart.rows, palette),
    grid: { left: 8, right: 8, top: 8, bottom: 4, containLabel: true },
    visualMap: { show: false, min: 0, max: 1, dimension: 2, inRange: { color: [palette.sunk] } },
    series: [series(marks, palette)],
  };
}

/** Posts against days; each state has its own sign, so colour is not alone. */
export function coverage(chart: Coverage, palette: Palette): EChartsCoreOption {
  const looks: Record<SlotState, { color: string; sign: string; ink: string }> = {
    present: { color: palette.brand, sign: "", ink: palette.surface },
    absent: { color: palette.red, sign: "×", ink: palette.surface },
    review: { color: palette.amber, sign: "?", ink: palette.surface },
    rest: { color: palette.sunk, sign: "–", ink: palette.muted },
  };
  const marks = chart.cells.map((cell): Mark => {
    const look = looks[cell.state];
    return {
      value: [cell.column, cell.row, 1],
      shown: look.sign,
      note: `${chart.words[cell.state]} ${cell.hint}`,
      url: cell.url,
      itemStyle: { color: look.color },
      label: { color: look.ink, fontWeight: 600 },
    };
  });
  return {
    ...axes(chart.columns, chart.rows, palette),
    grid: { left: 8, right: 8, top: 8, bottom: 4, containLabel: true },
    visualMap: { show: false, min: 0, max: 1, dimension: 2, inRange: { color: [palette.sunk] } },
    series: [series(marks, palette)],
  };
}
