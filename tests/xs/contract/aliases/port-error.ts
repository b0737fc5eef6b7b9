// The cases know modules by their place in the project, which on XS begins below `modules/`.

export { PortError } from "platform/port-error";
