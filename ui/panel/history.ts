// Where a person is and how they came here: a stack of places that back and home walk down again.

/** More than anybody remembers; the oldest place but the first falls out. */
const DEPTH_LIMIT = 16;

export class History<Place> {
	private places: Place[];

	constructor(first: Place) {
		this.places = [first];
	}

	get current(): Place {
		return this.places[this.places.length - 1] as Place;
	}

	get first(): Place {
		return this.places[0] as Place;
	}

	/** 1 at the first place. */
	get depth(): number {
		return this.places.length;
	}

	go(place: Place): void {
		this.places.push(place);
		if (this.places.length > DEPTH_LIMIT) this.places.splice(1, 1);
	}

	/** False at the first place, where there is no way back. */
	back(): boolean {
		if (this.places.length === 1) return false;
		this.places.pop();
		return true;
	}

	/** To the first place, forgetting all others. */
	home(): boolean {
		if (this.places.length === 1) return false;
		this.places.length = 1;
		return true;
	}

	/** As `go` from the first place: what a rail does, so that back leads home and not through every tab seen. */
	switchTo(place: Place): void {
		this.places.length = 1;
		this.places.push(place);
	}
}
