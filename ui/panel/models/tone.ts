// How something looks, by the names of the colours in `ui/tokens.ts`. It never carries a meaning alone.

export type Tone = "text" | "muted" | "accent" | "heat" | "cool" | "warn" | "danger";
