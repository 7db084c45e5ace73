// Writes src/schema.ts, the types of the API, from its OpenAPI description;
// with --check it only says whether they are up to date.
import { readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";

const description = new URL("../../proto/rightvoice/v1/gateway/openapi.json", import.meta.url);
const output = new URL("src/schema.ts", import.meta.url);
const header = "// Generated from the OpenAPI description by `make generate`. Do not edit.\n\n";

// The description says of a choice of fields that there may be none, which as
// a type is a record of anything: with it every misspelt field would compile.
function tidy(_, value) {
  if (value === null || typeof value !== "object") return value;
  if (value.type === "object" && Array.isArray(value.oneOf)) delete value.oneOf;
  if (typeof value.description === "string") value.description = value.description.replaceAll("\n", " ");
  if (typeof value.summary === "string") value.summary = value.summary.replaceAll("\n", " ");
  return value;
}

const api = JSON.parse(await readFile(description, "utf8"), tidy);
const types = header + astToString(await openapiTS(api, { emptyObjectsUnknown: true }));
if (!process.argv.includes("--check")) {
  await writeFile(output, types);
} else if (types !== (await readFile(output, "utf8").catch(() => ""))) {
  console.error("clients/typescript/src/schema.ts does not fit the OpenAPI description: run `make generate`");
  process.exitCode = 1;
}
