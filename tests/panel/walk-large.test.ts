// Everything that touches lead to on the large panel.

import { describe } from "node:test";
import { walkIn } from "./walk-looks";

describe("A walk through the large panel", () => walkIn("large"));
