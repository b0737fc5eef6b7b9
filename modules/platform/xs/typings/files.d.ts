// The SDK's typings know the classes of its files, but not the folder that they begin at.

declare module "embedded:storage/files" {
	const root: Directory;
	export default root;
}
