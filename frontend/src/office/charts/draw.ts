import { BarChart, CustomChart, HeatmapChart, LineChart, RadarChart, ScatterChart } from "echarts/charts";
import { GraphicComponent, GridComponent, LegendComponent, MarkLineComponent, RadarComponent, TooltipComponent, VisualMapComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import type { Chart } from "./data";
import { optionsOf } from "./options";
import { readPalette } from "./palette";
import { plan } from "./plan";

use([
  GraphicComponent, GridComponent, LegendComponent, MarkLineComponent, RadarComponent, TooltipComponent, VisualMapComponent,
  BarChart, CustomChart, HeatmapChart, LineChart, RadarChart, ScatterChart,
  CanvasRenderer,
]);

/** Narrower fields than this cannot hold their figure; a grid with many columns scrolls sideways instead. */
const FIELD_WIDTH = 22;

/** Draw the chart of one figure; it follows its width and the theme, and a click on a mark opens the mark's page. */
export function draw(figure: HTMLElement): void {
  const canvas = figure.querySelector<HTMLElement>(".chart-canvas");
  const source = document.getElementById(figure.dataset["chart"] ?? "");
  if (!canvas || !source) return;
  const chart = JSON.parse(source.textContent ?? "null") as Chart;
  canvas.replaceChildren();
  if ("columns" in chart) canvas.style.minWidth = `${(chart.columns.length + 4) * FIELD_WIDTH}px`;
  const board = init(canvas);
  const paint = (): void => {
    const palette = readPalette();
    const option = chart.kind === "plan" ? plan(chart, palette, board.getWidth(), board.getHeight()) : optionsOf(chart, palette, board.getWidth() < 480);
    board.setOption(option, true);
  };
  paint();
  board.on("click", (event) => {
    const url = (event.data as { url?: string } | undefined)?.url;
    if (url) location.assign(url);
  });
  new ResizeObserver(() => {
    board.resize();
    paint();
  }).observe(canvas);
  document.addEventListener("duban:theme", () => (figure.isConnected ? paint() : board.dispose()));
  window.addEventListener("beforeprint", () => board.resize());
}
