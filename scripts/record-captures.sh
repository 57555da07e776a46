#!/usr/bin/env bash
# Makes fixtures/recorded/*.pcap: our phone at tftpd-hpa, nginx and vsftpd, on a network of its own, while
# tcpdump looks on. Linux, as root, after scripts/install-peers.sh and `npm run build`.
#
#   demo-*          a boot with the demo tree
#   switch-*        a boot with one switch at another value than its default, and a tree that shows it
set -euo pipefail
cd "$(dirname "$0")/.."
if [[ ${1-} != inside ]]; then exec unshare --net "$0" inside; fi

export PATH="$PATH:/usr/sbin:/sbin"
readonly load=SIP12x004.04.09.00 phone=192.0.2.30 server=192.0.2.1 busy=192.0.2.2
readonly recorded=$PWD/fixtures/recorded vsftpd=$PWD/.cache/peers/vsftpd/usr/sbin/vsftpd
work=$(mktemp -d)
readonly work tree=$work/tree
trap 'kill $(jobs -p) 2> /dev/null || true; rm -rf "$work"' EXIT

main() {
  ip link set lo up mtu 1500
  for address in "$phone" "$server" "$busy"; do ip address add "$address/24" dev lo; done
  start_servers
  demo
  switches
}

demo() {
  cp -r fixtures/demo/. "$tree"
  chmod -R a+rX "$tree"
  record demo-tftp "tftp://$server"
  interface=any form='--time-stamp-precision=nano --linktype LINUX_SLL2' \
    record demo-http "http://$server" --then check
  record demo-ftp-pasv "ftp://$server" --quirk ftpMode=pasv --quirk ftpSession=check
}

switches() {
  tree "$(section DEVICE_CONFIG a.cfg HTTP)" "$(section DIALING_PLAN plan.txt HTTP)"
  record switch-httpConnection-file "http://$server" --quirk httpConnection=file
  record switch-retryAfter-honour "http://$busy" --quirk retryAfter=honour

  tree "$(section DEVICE_CONFIG a.cfg FTP)" "$(section DIALING_PLAN plan.txt FTP)"
  record switch-ftpMode-pasv "ftp://$server" --quirk ftpMode=pasv
  record switch-ftpMode-port "ftp://$server" --quirk ftpMode=port
  record switch-ftpSession-check "ftp://$server" --quirk ftpSession=check

  tree "$(section LANGUAGE none.lng HTTP)" "$(section DEVICE_CONFIG a.cfg HTTP)"
  record switch-afterFailedFetch-end "http://$server" --quirk afterFailedFetch=end

  tree "$(section DEVICE_CONFIG a.cfg)"
  record switch-defaultProtocol-as-provisioning-file "http://$server" --quirk defaultProtocol=as-provisioning-file

  tree "$(section device_config a.cfg TFTP)" "$(section DIALING_PLAN plan.txt TFTP)"
  record switch-readLowerCase-ignore "tftp://$server" --quirk readLowerCase=ignore
  tree "$(section IMAGE picture.png TFTP)" "$(section DIALING_PLAN plan.txt TFTP)"
  record switch-readImage-ignore "tftp://$server" --quirk readImage=ignore
  tree $'\xef\xbb\xbf'"$(section DIALING_PLAN plan.txt TFTP)"
  record switch-readBom-ignore "tftp://$server" --quirk readBom=ignore

  tree "$(section FW "$load.bin" TFTP FORCED "$load")" "$(section DIALING_PLAN plan.txt TFTP)"
  record switch-fwIdentical-before-download "tftp://$server" --quirk fwIdentical=before-download
  tree "$(section FW "$load.bin" TFTP AUTO "$load")" "$(section DIALING_PLAN plan.txt TFTP)"
  record switch-fwBaseline-stored "tftp://$server" --quirk fwBaseline=stored

  tree "$(section DEVICE_CONFIG reboot.cfg TFTP)"
  record switch-configRebootAtPowerUp-yes "tftp://$server" --quirk configRebootAtPowerUp=yes
  tree "$(section DEVICE_CONFIG a.cfg TFTP)"
  record switches-configReboot-always-at-power-up "tftp://$server" \
    --quirk configReboot=always --quirk configRebootAtPowerUp=yes

  # Nobody is at the port of HTTP.
  tree "$(section DEVICE_CONFIG a.cfg HTTP)" "$(section DIALING_PLAN plan.txt HTTP)" \
    "$(section IMAGES picture.png TFTP)"
  kill "$nginx"
  wait "$nginx" || true
  record switch-deadServer-skip "tftp://$server" --quirk deadServer=skip
}

# tree SECTION...: what the server has from now on.
tree() {
  find "$tree" -mindepth 1 -delete
  printf '%s\n' "$@" > "$tree/1230SIP.cfg"
  printf 'BANNER Captured\nAUTOLOGIN_ENABLE YES\n' > "$tree/a.cfg"
  printf 'BANNER Captured\nFORCE_REBOOT YES\n' > "$tree/reboot.cfg"
  cp fixtures/demo/dialplan.txt "$tree/plan.txt"
  cp fixtures/demo/images/Background.png "$tree/picture.png"
  chmod -R a+rX "$tree"
}

# section NAME FILE [PROTOCOL] [MODE] [VERSION]
section() {
  printf '[%s]\nDOWNLOAD_MODE %s\nVERSION %s\nFILENAME %s\n' "$1" "${4-AUTO}" "${5-000001}" "$2"
  if [[ -n ${3-} ]]; then printf 'PROTOCOL %s\n' "$3"; fi
}

# record NAME BOOT...: a boot while tcpdump looks on at `interface` and writes `form`.
record() {
  local name=$1
  shift
  # shellcheck disable=SC2086 # `form` is several words.
  tcpdump -i "${interface-lo}" ${form-} -w "$work/$name.pcap" --immediate-mode --buffer-size 16384 -U -s 0 > /dev/null 2> "$work/tcpdump.log" &
  local watcher=$!
  until grep -q listening "$work/tcpdump.log"; do sleep 0.1; done
  # A file that is missing on purpose fails a boot.
  node dist/cli/main.js boot "$@" --local-address "$phone" --software "$load" --seed 1 --quiet || true
  sleep 0.5
  kill "$watcher"
  wait "$watcher" || true
  cp "$work/$name.pcap" "$recorded/$name.pcap"
}

start_servers() {
  mkdir "$tree" "$work/empty"
  chmod -R a+rX "$work"
  in.tftpd --foreground --address "$server:69" --user nobody --secure "$tree" &
  printf '%s\n' listen=YES "listen_address=$server" background=NO anonymous_enable=YES local_enable=NO \
    "anon_root=$tree" ftp_username=daemon "secure_chroot_dir=$work/empty" seccomp_sandbox=NO \
    > "$work/vsftpd.conf"
  "$vsftpd" "$work/vsftpd.conf" &
  printf '%s\n' 'daemon off; user root; error_log stderr crit;' "pid $work/nginx.pid; events {}" \
    "http { access_log off; client_body_temp_path $work; server { listen $server:80; root $tree; } }" \
    > "$work/nginx.conf"
  nginx -e stderr -c "$work/nginx.conf" &
  nginx=$!
  # Every second request is turned away.
  node -e "
    let count = 0;
    require('node:http').createServer((request, response) => {
      if (count++ % 2 === 0) response.writeHead(503, { 'Retry-After': 4 }).end();
      else response.end(require('node:fs').readFileSync('$tree' + request.url));
    }).listen(80, '$busy');" &
  sleep 1
}

main
