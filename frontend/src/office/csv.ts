import { onEach } from "./dom";

const RISKY_START = /^[=+\-@\t\r]/;

/** One CSV field; a text that a spreadsheet would run as a formula gets a leading apostrophe, numbers stay. */
export function field(text: string): string {
  const plain = text.trim().replace(/^−/, "-");
  const isNumber = /^-?[\d,]+(\.\d+)?%?$/.test(plain);
  const safe = RISKY_START.test(plain) && !isNumber ? `'${plain}` : plain;
  return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The table as CSV with a byte-order mark, so that Excel reads Chinese. */
export function tableToCsv(table: HTMLTableElement): string {
  return "\uFEFF" + [...table.rows].map((row) => [...row.cells].map((cell) => field(cell.textContent ?? "")).join(",")).join("\r\n");
}

/** Buttons that save a table as a file. */
export function exportTables(): void {
  onEach("click", "[data-csv]", (button) => {
    const table = document.getElementById(button.dataset["csv"] ?? "");
    if (!(table instanceof HTMLTableElement)) return;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([tableToCsv(table)], { type: "text/csv;charset=utf-8" }));
    link.download = `${button.dataset["csvName"] || "table"}.csv`;
    link.click();
    URL.revokeObjectURL(link.href);
  });
}
