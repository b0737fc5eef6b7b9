// Bytes to text and back. XS has no global TextDecoder, so the host brings one.

export interface TextCodec {
	/** Decodes UTF-8. Bytes that are not UTF-8 become U+FFFD; it never throws. */
	decode(bytes: Uint8Array): string;
	encode(text: string): Uint8Array;
}
