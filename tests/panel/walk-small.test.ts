// Everything that touches lead to on the small panel.

import { describe } from "node:test";
import { walkIn } from "./walk-looks";

describe("A walk through the small panel", () => walkIn("small"));
