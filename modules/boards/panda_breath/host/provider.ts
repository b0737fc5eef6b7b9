// The `device` global of a Panda Breath. Empty: it has no bus to offer, and its pins belong to the board's own driver.

export default {};
