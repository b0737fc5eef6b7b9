#!/bin/sh
# Runs the tests of Culm's TLS ("test", the default) or measures it ("measure"), with certificates made on the spot.
set -eu
cd "$(dirname "$0")"
BUILD=${BUILD:-../../build/tls}
FUZZ_RUNS=${FUZZ_RUNS:-50000}
export BUILD

missing=
need() { # command, Debian package
	command -v "$1" > /dev/null || missing="$missing $2"
}
need "${CC:-cc}" gcc
need make make
# The flags may have quotes in them, for make's shell.
echo '#include <mbedtls/ssl.h>' | eval "${CC:-cc} ${MBEDTLS_CFLAGS:-} -E -x c -" > /dev/null 2>&1 ||
	missing="$missing libmbedtls-dev"
need openssl openssl
need valgrind valgrind
need "${CLANG:-clang}" clang
if command -v "${CLANG:-clang}" > /dev/null; then
	probe=$(mktemp -d)
	printf 'int LLVMFuzzerTestOneInput(const char *d, unsigned long s) { return d && s ? 0 : 0; }' > "$probe/fuzz.c"
	"${CLANG:-clang}" -fsanitize=fuzzer,address -o "$probe/fuzz" "$probe/fuzz.c" 2> /dev/null ||
		missing="$missing libclang-rt-14-dev"
	rm -r "$probe"
fi
if [ -n "$missing" ]; then
	echo "The TLS tests need what is not installed. On Debian 12: apt-get install$missing" >&2
	exit 1
fi

directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT INT TERM

if [ "${1:-test}" = measure ]; then
	make -s "$BUILD/measure-tls" "$BUILD/test-tls"
	"$BUILD/test-tls" prepare "$directory" "$PWD/certificates.sh"
	for handshake in "leaf leaf P-256" "leaf leaf X25519" "leaf-ecc ecc-leaf P-256" \
		"leaf-of-device-big big-leaf P-256"; do
		valgrind --tool=callgrind --toggle-collect=culm_tls_create --toggle-collect=culm_tls_receive \
			--callgrind-out-file="$directory/callgrind.out" --log-file="$directory/callgrind.log" \
			"$BUILD/measure-tls" "$directory" ../../certs $handshake > "$directory/measure.log"
		echo "$handshake: $(sed -n 's/^summary: //p' "$directory/callgrind.out") instructions"
		"$BUILD/measure-tls" "$directory" ../../certs $handshake
	done
	exit 0
fi

log="$directory/results"
report() { # rc, promise, file with the output
	if [ "$1" -eq 0 ]; then echo "ok - $2"; else echo "not ok - $2"; sed 's/^/    /' "$3" | tail -n 40 >&2; fi
}

make -s all
"$BUILD/test-tls" prepare "$directory" "$PWD/certificates.sh"
{
	"$BUILD/test-tls" all "$directory" || echo "not ok - the test program came to its end"

	rc=0
	valgrind -q --error-exitcode=9 --leak-check=full --show-leak-kinds=all --errors-for-leak-kinds=all \
		"$BUILD/test-tls" handshakes "$directory" > "$directory/handshakes.log" 2> "$directory/valgrind.log" || rc=$?
	cat "$directory/handshakes.log"
	report $rc "valgrind finds no leak and no invalid access" "$directory/valgrind.log"

	rc=0
	mkdir "$directory/corpus"
	CULM_FUZZ_DIRECTORY="$directory" "$BUILD/fuzz-tls" -seed=1 -runs="$FUZZ_RUNS" -max_len=20000 -timeout=60 \
		-artifact_prefix="$BUILD/" "$directory/corpus" "$directory/seeds" > "$directory/fuzz.log" 2>&1 || rc=$?
	report $rc "$FUZZ_RUNS mutations of recorded handshakes break nothing" "$directory/fuzz.log"
	rc=0
	grep -Eq "^[1-9][0-9]* inputs opened a session|cannot be replayed" "$directory/fuzz.log" || rc=$?
	report $rc "some of them open a session" "$directory/fuzz.log"
} | tee "$log"

passed=$(grep -c '^ok - ' "$log" || true)
failed=$(grep -c '^not ok - ' "$log" || true)
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 90 ]
