// The cases know modules by their place in the project, which on XS begins below `modules/`.

export { STORAGE_KEY_LENGTH, STORAGE_VALUE_BYTES } from "platform/storage";
