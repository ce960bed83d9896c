// Lay the Chinese fonts that documents (PDF) are set in beside the built assets; no browser ever loads them.
import { copyFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const source = join(root, "node_modules/@expo-google-fonts/noto-sans-sc");
const target = join(root, "../src/duban/platform/ui/fonts");

mkdirSync(target, { recursive: true });
for (const weight of ["400Regular", "700Bold"]) {
  const name = `NotoSansSC_${weight}.ttf`;
  copyFileSync(join(source, weight, name), join(target, name));
}
copyFileSync(join(source, "LICENSE_FONT"), join(target, "LICENSE_FONT"));
