import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { glyphs } from "./build/glyphs.ts";

const compress = promisify(gzip);
const output = join(import.meta.dirname, "../static/dist");

/** Leave a .gz beside every text file, so that the server never compresses while a poor line waits. */
function compressed(): Plugin {
  return {
    name: "compressed",
    apply: "build",
    closeBundle: {
      // After the glyphs have been written.
      order: "post",
      sequential: true,
      async handler() {
        for (const name of await readdir(output, { recursive: true })) {
          if (!/\.(js|css|svg|pbf)$/.test(name)) continue;
          const path = join(output, name);
          await writeFile(`${path}.gz`, await compress(await readFile(path), { level: 9 }));
        }
      },
    },
  };
}

export default defineConfig({
  // Chunks are found beside each other, under whatever path the service is mounted.
  base: "./",
  build: {
    outDir: output,
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2023",
    // MapLibre is one large file and only the map page asks for it.
    chunkSizeWarningLimit: 1500,
    // A data: address would be refused as a font or style by the content policy.
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: ["src/main.ts", "src/first_picture.ts", "src/map.ts"],
      output: { codeSplitting: { groups: [{ name: "maplibre-gl", test: /node_modules\/(maplibre-gl|@maplibre)\// }] } },
    },
  },
  worker: { format: "es" },
  plugins: [glyphs(output), compressed()],
  // vmThreads makes the DOM once per worker instead of once per file; files stay apart all the same.
  test: { environment: "jsdom", pool: "vmThreads", include: ["src/**/*.test.ts"] },
});
