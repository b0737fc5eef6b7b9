#!/bin/sh
# Compiles the XS binding of TLS against the XS headers that the npm package @agoric/xsnap ships (its XS is older than
# the SDK's, but has all that the binding uses), and holds its functions to the names that tls-session.ts calls.
set -eu
cd "$(dirname "$0")/../.."
TLS=modules/platform/xs/tls

manifest=$(node -p 'require.resolve("@agoric/xsnap/package.json")' 2> /dev/null) || {
	echo "The XS headers are not there: \`npm run install:xs\` brings them." >&2
	exit 1
}
command -v "${CC:-cc}" > /dev/null || {
	echo "There is no C compiler. On Debian 12: apt-get install gcc" >&2
	exit 1
}
xsnap=$(dirname "$manifest")
"${CC:-cc}" -std=gnu17 -fsyntax-only -Wall -Wextra -Werror -DINCLUDE_XSPLATFORM=1 -DXSPLATFORM='"xsnapPlatform.h"' \
	-isystem "$xsnap/moddable/xs/includes" -isystem "$xsnap/moddable/xs/platforms" \
	-isystem "$xsnap/moddable/xs/sources" -isystem "$xsnap/xsnap-native/xsnap/sources" "$TLS/xs-culm-tls.c"

called=$(grep -oiE 'native\("[a-zA-Z0-9_]+"\)' "$TLS/tls-session.ts" | cut -d'"' -f2 | sort -u)
defined=$(grep -oE '^void xs_[a-zA-Z0-9_]+' "$TLS/xs-culm-tls.c" | cut -d' ' -f2 | sort -u)
if [ "$called" != "$defined" ]; then
	echo "tls-session.ts calls:" $called >&2
	echo "xs-culm-tls.c has:" $defined >&2
	exit 1
fi
echo "the XS binding of TLS compiles, and has the $(echo "$defined" | wc -l) functions that are called"
