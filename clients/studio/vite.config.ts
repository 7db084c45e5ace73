import optimizeLocales from "@react-aria/optimize-locales-plugin";
import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { parse } from "@formatjs/icu-messageformat-parser";
import { defineConfig, type Plugin } from "vitest/config";

const client = fileURLToPath(new URL("../typescript/src/index.ts", import.meta.url));

/** Messages are parsed here, so that no browser has to load a parser and run it. */
const parsedMessages: Plugin = {
  name: "parsed-messages",
  apply: "build",
  enforce: "pre",
  config: () => ({ resolve: { alias: [{ find: /^@formatjs\/icu-messageformat-parser$/, replacement: "@formatjs/icu-messageformat-parser/no-parser.js" }] } }),
  transform(code, id) {
    if (!/\/src\/i18n\/[\w.]+\.json$/.test(id)) return;
    const messages = JSON.parse(code) as Record<string, string>;
    const parsed = Object.entries(messages).map(([name, text]) => [name, /[{'<]/.test(text) ? parse(text) : text]);
    return { code: JSON.stringify(Object.fromEntries(parsed)) };
  },
};

export default defineConfig({
  base: "/studio/",
  // The server puts a nonce of its own in this place for each answer.
  html: { cspNonce: "__CSP_NONCE__" },
  plugins: [
    parsedMessages,
    react(),
    // enforce: without it the widgets carry the words of 34 languages.
    { ...optimizeLocales.vite({ locales: ["en-US", "es-ES"] }), enforce: "pre" },
  ],
  resolve: {
    alias: [
      { find: "@rightvoice/client", replacement: client },
      { find: /^\.\/infiniteQueryBehavior\.js$/, replacement: fileURLToPath(new URL("src/app/noInfiniteQueries.ts", import.meta.url)) },
      { find: /^use-sync-external-store\/shim.*/, replacement: fileURLToPath(new URL("src/app/useSyncExternalStore.ts", import.meta.url)) },
    ],
  },
  build: {
    target: "es2022",
    assetsInlineLimit: 0, // what is inlined cannot be kept by the browser
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 900,
    manifest: "assets/manifest.json",
  },
  server: {
    // `npm run dev` beside a running server: the page from here, the API from there.
    proxy: { "/v1": process.env.RIGHTVOICE ?? "http://127.0.0.1:8080" },
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.{ts,tsx}"],
    testTimeout: 20_000, // the widgets are slow on a loaded machine
    restoreMocks: true,
  },
});
