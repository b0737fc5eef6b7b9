// The SDK's own `device` global for this board. The SDK looks for it beside the board's manifest.

export { default } from "boards/sdk-provider";
