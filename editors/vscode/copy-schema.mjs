// The JSON Schema of the repository and the licence go into the extension.
import { copyFileSync } from "node:fs";

copyFileSync(new URL("../../schema/qmsplan.schema.json", import.meta.url), new URL("qmsplan.schema.json", import.meta.url));
copyFileSync(new URL("../../LICENSE", import.meta.url), new URL("LICENSE", import.meta.url));
