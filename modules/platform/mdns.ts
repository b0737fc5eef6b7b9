// Names on the local network: `<hostname>.local` and what is served there.

export interface MdnsPort {
	/** Announces until closed. */
	advertise(service: MdnsService): MdnsAdvertisement;
}

export interface MdnsService {
	/** Without ".local". */
	hostname: string;
	/** What a browser of services shows. */
	name: string;
	/** Such as "_http._tcp". */
	type: string;
	port: number;
	/** Key and value pairs of the TXT record. */
	text: Readonly<Record<string, string>>;
	/** Somebody else answers to that host name: the caller should choose another one. Comes at most once. */
	onConflict(): void;
}

export interface MdnsAdvertisement {
	/** Says goodbye, so that others forget us at once. May be called any number of times. */
	close(): Promise<void>;
}
