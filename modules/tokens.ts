// The look, for modules. A file of its own, since XS finds modules by their place below this folder, and `ui/` is
// beside it: the manifest puts `ui/tokens` here.

export { tokensCss } from "../ui/tokens";
