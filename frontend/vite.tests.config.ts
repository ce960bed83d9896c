import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { defineConfig } from "vite";

const folder = resolve(import.meta.dirname, "tests/field");
const names = readdirSync(folder).filter((name) => name.endsWith(".test.ts"));

// Node runs the tests itself (`node --test`); Vite only turns TypeScript into what any Node understands.
export default defineConfig({
  publicDir: false,
  build: {
    ssr: true,
    outDir: resolve(import.meta.dirname, "tests/.built"),
    target: "node20",
    minify: false,
    rollupOptions: { input: Object.fromEntries(names.map((name) => [name.replace(/\.ts$/, ""), resolve(folder, name)])) },
  },
});
