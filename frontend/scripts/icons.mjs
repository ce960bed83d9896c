// Bundle the icons named in src/office/icons.json into one SVG sprite.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const folder = join(root, "node_modules/@tabler/icons/icons/outline");
const names = JSON.parse(readFileSync(join(root, "src/office/icons.json"), "utf8"));

const symbols = names.map((name) => {
  const source = readFileSync(join(folder, `${name}.svg`), "utf8");
  const body = source.slice(source.indexOf(">", source.indexOf("<svg")) + 1, source.lastIndexOf("</svg>"));
  return `<symbol id="${name}" viewBox="0 0 24 24">${body.replace(/\s*\n\s*/g, "").trim()}</symbol>`;
});

writeFileSync(join(root, "src/office/icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);
