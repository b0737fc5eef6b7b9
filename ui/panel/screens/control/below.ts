// A page of Control as a screen of its own: a little below the head.

import { Container, type Content } from "piu/MC";
import type { KitBase } from "../../kit";

export function below(kit: KitBase, page: Content): Container {
	return new Container(null, {
		left: 0,
		right: 0,
		top: kit.metrics.gap,
		bottom: 0,
		contents: [page],
	});
}
