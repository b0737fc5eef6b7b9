#!/bin/sh
# Makes the authorities and leafs of the TLS tests in the given, empty directory. The leafs are named SERIAL.
set -eu
cd "$1"
SERIAL=$2
exec 2> openssl.log

cat > openssl.cnf <<CONFIG
[ req ]
distinguished_name = name
[ name ]
[ root ]
basicConstraints = critical, CA:TRUE
[ device ]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign
[ leaf ]
basicConstraints = CA:FALSE
[ leaf_other_san ]
subjectAltName = DNS:other.example
[ leaf_right_san ]
subjectAltName = DNS:$SERIAL
[ leaf_no_signing ]
keyUsage = critical, keyEncipherment
[ ca ]
default_ca = dated
[ dated ]
database = index.txt
serial = serial.txt
new_certs_dir = .
default_md = sha256
policy = any
unique_subject = no
[ any ]
organizationName = optional
commonName = optional
CONFIG
: > index.txt
echo 1000 > serial.txt

# name, algorithm and its option
key() { openssl genpkey -algorithm "$2" -pkeyopt "$3" -out "$1.key"; }
# name, key, subject, further options
root() {
	name=$1 key=$2 subject=$3
	shift 3
	openssl req -new -x509 -config openssl.cnf -extensions root -key "$key.key" -subj "$subject" -days 3650 "$@" \
		-out "$name.pem"
}
# name, key, issuer, issuer's key, section of openssl.cnf ("" for X.509 v1), subject, further options of "x509"
issue() {
	name=$1 key=$2 issuer=$3 issuer_key=$4 section=$5 subject=$6
	shift 6
	openssl req -new -config openssl.cnf -key "$key.key" -subj "$subject" -out "$name.csr"
	if [ -n "$section" ]; then set -- -extfile openssl.cnf -extensions "$section" "$@"; fi
	openssl x509 -req -in "$name.csr" -CA "$issuer.pem" -CAkey "$issuer_key.key" -days 365 -sha256 \
		-set_serial "0x$(openssl rand -hex 8)" "$@" -out "$name.pem"
}
# name, key, issuer, issuer's key, section, subject, from, until (YYYYMMDDHHMMSSZ)
issue_dated() {
	openssl req -new -config openssl.cnf -key "$2.key" -subj "$6" -out "$1.csr"
	openssl ca -batch -notext -config openssl.cnf -cert "$3.pem" -keyfile "$4.key" -extensions "$5" \
		-startdate "$7" -enddate "$8" -in "$1.csr" -out "$1.pem"
}

key ca RSA rsa_keygen_bits:2048
key device RSA rsa_keygen_bits:2048
key leaf RSA rsa_keygen_bits:2048
key big RSA rsa_keygen_bits:4096
key big-leaf RSA rsa_keygen_bits:4096
key small RSA rsa_keygen_bits:1024
key client-key RSA rsa_keygen_bits:2048
key ecc EC ec_paramgen_curve:P-256
key ecc-leaf EC ec_paramgen_curve:P-256

root root ca "/CN=Culm Test Root"
# Another authority of the same name: only its signature tells that it did not issue what the first one did.
root impostor device "/CN=Culm Test Root"
root root-big big "/CN=Culm Test Root 4096"
root root-ecc ecc "/CN=Culm Test Root ECC"
root self leaf "/CN=$SERIAL"

issue device device root ca device "/CN=Culm Test Device Authority"
issue device-big ca root-big big device "/CN=Culm Test Device Authority under 4096"
issue_dated device-expired device root ca device "/CN=Culm Test Old Authority" 20200101000000Z 20210101000000Z

issue leaf leaf root ca leaf "/CN=$SERIAL"
issue client client-key root ca leaf "/CN=client"
issue client-of-device client-key device device leaf "/CN=client"
issue client-ecc ecc-leaf root ca leaf "/CN=client"
issue client-big big-leaf root ca leaf "/CN=client"
issue client-stranger client-key root-ecc ecc leaf "/CN=client"
issue leaf-of-device leaf device device leaf "/CN=$SERIAL"
issue leaf-of-device-big big-leaf device-big ca leaf "/CN=$SERIAL"
issue leaf-of-old-device leaf device-expired device leaf "/CN=$SERIAL"
issue leaf-big big-leaf root-big big leaf "/CN=$SERIAL"
issue leaf-ecc ecc-leaf root-ecc ecc leaf "/CN=$SERIAL"
issue leaf-v1 leaf root ca "" "/CN=$SERIAL"
issue leaf-lower-case leaf root ca leaf "/CN=$(echo "$SERIAL" | tr A-Z a-z)"
issue leaf-right-san leaf root ca leaf_right_san "/CN=99Z99Z999999999"
issue leaf-other-san leaf root ca leaf_other_san "/CN=$SERIAL"
issue leaf-longer leaf root ca leaf "/CN=${SERIAL}0"
issue leaf-shorter leaf root ca leaf "/CN=${SERIAL%?}"
issue leaf-ending leaf root ca leaf "/CN=X$SERIAL"
issue leaf-other leaf root ca leaf "/CN=99Z99Z999999999"
issue leaf-wildcard leaf root ca leaf "/CN=*"
issue leaf-two-names leaf root ca leaf "/CN=$SERIAL/CN=99Z99Z999999999"
issue leaf-two-in-one leaf root ca leaf "/CN=$SERIAL+CN=99Z99Z999999999"
issue leaf-no-name leaf root ca leaf "/O=$SERIAL"
# The test puts a NUL in the place of "#" and signs anew.
issue leaf-nul leaf root ca leaf "/CN=$SERIAL#99Z"
issue leaf-no-signing leaf root ca leaf_no_signing "/CN=$SERIAL"
issue leaf-sha1 leaf root ca leaf "/CN=$SERIAL" -sha1
issue leaf-small small root ca leaf "/CN=$SERIAL"
issue leaf-of-impostor leaf impostor device leaf "/CN=$SERIAL"
# A leaf that plays authority.
issue leaf-of-leaf leaf leaf leaf leaf "/CN=$SERIAL"
issue_dated leaf-expired leaf root ca leaf "/CN=$SERIAL" 20200101000000Z 20210101000000Z
issue_dated leaf-future leaf root ca leaf "/CN=$SERIAL" 20400101000000Z 20450101000000Z
openssl req -new -x509 -config openssl.cnf -key leaf.key -subj "/CN=$SERIAL" -days 365 -out self-renewed.pem

openssl x509 -in leaf-v1.pem -noout -text | grep -q "Version: 1 " || { echo "leaf-v1 is not X.509 v1" >&2; exit 1; }
for certificate in *.pem; do
	case $certificate in
		[0-9]*) ;;
		*)
			openssl x509 -in "$certificate" -outform DER -out "${certificate%.pem}.der"
			openssl dgst -sha256 -binary -out "${certificate%.pem}.sha256" "${certificate%.pem}.der"
			;;
	esac
done
for name in client-key ecc-leaf big-leaf leaf; do openssl pkey -in "$name.key" -outform DER -out "$name-pkcs8.der"; done
openssl rsa -in client-key.key -traditional -outform DER -out client-key-pkcs1.der
openssl ec -in ecc-leaf.key -outform DER -out ecc-leaf-sec1.der
head -c 900 client-key-pkcs8.der > client-key-cut.der
cat root.pem root-ecc.pem > roots.pem
cat leaf.pem root.pem > chain-with-root.pem
cat leaf-of-device.pem device.pem > chain-with-device.pem
cat leaf-of-device-big.pem device-big.pem > chain-big.pem
cat leaf-of-old-device.pem device-expired.pem > chain-old.pem
cat leaf-of-leaf.pem leaf.pem > chain-of-leafs.pem
