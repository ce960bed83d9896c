/** Load the chart code only where a chart stands on the page. */
export async function drawCharts(part: ParentNode): Promise<void> {
  const figures = [...part.querySelectorAll<HTMLElement>("figure[data-chart]:not([data-ready])")];
  if (figures.length === 0) return;
  for (const figure of figures) figure.dataset["ready"] = "";
  const { draw } = await import("./charts/draw");
  for (const figure of figures) draw(figure);
}
