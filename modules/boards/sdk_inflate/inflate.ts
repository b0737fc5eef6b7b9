// A board with room for the SDK's DEFLATE: it takes 45 KB while it works.

export { inflate } from "platform/xs/inflate/inflate";
