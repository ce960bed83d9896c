import { resolve } from "node:path";
import { defineConfig } from "vite";

// The service worker is one file without imports under a fixed name: `/field/sw.js` hands it out with the list of files to keep.
export default defineConfig({
  publicDir: false,
  build: {
    outDir: resolve(import.meta.dirname, "../src/duban/platform/ui/static/dist"),
    emptyOutDir: false,
    target: ["chrome123", "safari17.5", "firefox121"],
    rollupOptions: {
      input: { "field-worker": resolve(import.meta.dirname, "src/field/worker.ts") },
      output: { format: "iife", entryFileNames: "[name].js" },
    },
  },
});
