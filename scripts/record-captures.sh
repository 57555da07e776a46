#!/usr/bin/env bash
# Makes fixtures/recorded/*.pcap: our phone boots with the demo tree at tftpd-hpa, nginx and vsftpd, on a network
# of its own, while tcpdump looks on. Linux, as root, after scripts/install-peers.sh and `npm run build`.
set -euo pipefail
cd "$(dirname "$0")/.."
if [[ ${1-} != inside ]]; then exec unshare --net "$0" inside; fi

export PATH="$PATH:/usr/sbin:/sbin"
readonly recorded=$PWD/fixtures/recorded vsftpd=$PWD/.cache/peers/vsftpd/usr/sbin/vsftpd
work=$(mktemp -d)
readonly work
trap 'kill $(jobs -p) 2> /dev/null || true; rm -rf "$work"' EXIT

main() {
  ip link set lo up mtu 1500
  ip address add 192.0.2.1/24 dev lo
  ip address add 192.0.2.30/24 dev lo
  cp -r fixtures/demo "$work/tree"
  mkdir "$work/empty"
  chmod -R a+rX "$work"
  # The first is classic with Ethernet frames, the second with nanoseconds and cooked ones.
  start_servers
  record demo-tftp lo '' tftp://192.0.2.1
  record demo-http any '--time-stamp-precision=nano --linktype LINUX_SLL2' http://192.0.2.1 --then check
  record demo-ftp-pasv lo '' ftp://192.0.2.1 --quirk ftpMode=pasv --quirk ftpSession=check
}

# record NAME INTERFACE FORMAT BOOT...: a boot while tcpdump looks on.
record() {
  local name=$1 interface=$2 format=$3
  shift 3
  # shellcheck disable=SC2086 # FORMAT is several words.
  tcpdump -i "$interface" $format -w "$work/$name.pcap" -U -s 0 > /dev/null 2> "$work/tcpdump.log" &
  local watcher=$!
  until grep -q listening "$work/tcpdump.log"; do sleep 0.1; done
  node dist/cli/main.js boot "$@" --local-address 192.0.2.30 --software SIP12x004.04.09.00 --seed 1 --quiet
  sleep 0.5
  kill "$watcher"
  wait "$watcher" || true
  cp "$work/$name.pcap" "$recorded/$name.pcap"
}

start_servers() {
  in.tftpd --foreground --address 192.0.2.1:69 --user nobody --secure "$work/tree" &
  printf '%s\n' listen=YES listen_address=192.0.2.1 background=NO anonymous_enable=YES local_enable=NO \
    "anon_root=$work/tree" ftp_username=daemon "secure_chroot_dir=$work/empty" seccomp_sandbox=NO \
    > "$work/vsftpd.conf"
  "$vsftpd" "$work/vsftpd.conf" &
  printf '%s\n' 'daemon off; user root; error_log stderr error;' "pid $work/nginx.pid; events {}" \
    "http { access_log off; client_body_temp_path $work; server { listen 192.0.2.1:80; root $work/tree; } }" \
    > "$work/nginx.conf"
  nginx -e stderr -c "$work/nginx.conf" &
  sleep 1
}

main
