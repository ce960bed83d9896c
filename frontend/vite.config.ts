import { resolve } from "node:path";
import { defineConfig } from "vite";

export default defineConfig({
  base: "/static/dist/",
  publicDir: false,
  build: {
    outDir: resolve(import.meta.dirname, "../src/duban/platform/ui/static/dist"),
    emptyOutDir: true,
    manifest: "manifest.json",
    // The Content-Security-Policy allows data: for images only; small files stay files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: ["chrome123", "safari17.5", "firefox121"],
    rollupOptions: {
      input: {
        office: resolve(import.meta.dirname, "src/office/main.ts"),
        field: resolve(import.meta.dirname, "src/field/main.ts"),
      },
    },
  },
  css: { preprocessorOptions: { scss: { quietDeps: true } } },
});
