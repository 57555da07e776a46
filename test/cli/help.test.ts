import { expect, test } from 'vitest';
import { answer } from './answer.ts';
import { run } from './deskphone.ts';

const helpOf = async (...words: string[]) => {
  const { code, stdout, stderr } = await answer([...words, '--help']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
};

test('deskphone --help', async () => {
  expect(await helpOf()).toMatchInlineSnapshot(`
    "Usage: deskphone [options] [command]

    An emulator of the provisioning client of the Avaya 1230 IP Deskphone (SIP software).

    Options:
      -V, --version               output the version number
      -h, --help                  display help for command

    Commands:
      boot [options] [URL]        power up one phone and follow it to the end of its boot
      check [options] [URL]       Services > Check for Updates on a phone that is up and has its user
                                  logged in
      run [options] <PATH...>     run scenarios: a verdict each
      fleet [options] [URL|FILE]  many phones against a provisioning server, with figures
      scenarios                   write scenarios from the paths of the phone's statecharts, for what
                                  others do not take
      merge [options] <FILE...>   join the results of the shards of a fleet, losslessly
      report [options] <FILE>     make reports of a run from its result file
      serve [options] <DIR>       serve a folder over TFTP, FTP, HTTP and HTTPS
      proxy [options] <URL...>    put faults in front of somebody's provisioning server
      lint [options] <DIR|URL>    read a provisioning tree as phones would: what they stumble over, who
                                  fetches what
      diff [options] <SIDE...>    compare two servers, two trees or two results: same phones, same seed,
                                  what differs
      record [options] <LOG...>   read logs and captures of a provisioning server: which phone asked for
                                  what, and when
      dial [options] <NUMBER>     show which rule of a dialing plan fires for a number
      sign [options] <FILE>       sign a file for the emulated phone
      statechart [options]        print the phone's machines as Mermaid
      doctor [options]            say what this machine can do: file limits, ports, addresses, tools
      schema [options] <NAME>     print a JSON Schema or a table of codes, as JSON
      help [command]              display help for command

    Exit codes:
        0  as expected
        1  internal error: a bug in the emulator
        2  wrong usage or configuration; nothing was run
        3  ran, and the provisioning failed; of diff: the sides differ
        4  the run is invalid: what it says is not complete
      129  its terminal is gone (SIGHUP)
      130  interrupted with Ctrl-C
      143  terminated

    "
  `);
});

test('deskphone boot --help', async () => {
  expect(await helpOf('boot')).toMatchInlineSnapshot(`
    "Usage: deskphone boot [options] [URL]

    power up one phone and follow it to the end of its boot

    Arguments:
      URL                            the provisioning server (default: an embedded one with a demo tree)

    The phone:
      --model <MODEL>                which phone (1210, 1220, 1230; default: 1230)
      --mac <MAC>                    its MAC address (default: 00:1B:4F:12:30:01)
      --software <LOAD>              the load it runs (default: SIP12x004.01.13.00)
      --flash <DIR>                  keep the phone's flash here between runs (default: factory-fresh,
                                     in memory)
      --user-agent-byte <BYTE>       junk byte after SIP12x0 as real phones send it: 14, 16, 17, ff, any
                                     hex, or seen
      --authenticity <RULE>          the maker's signature on firmware and languages: accept (unsigned
                                     too), reject (all), signed-by=FILE (a root, PEM) (default: accept)
      --quirk <NAME=VALUE>           choose an assumption about the phone (deskphone schema quirks lists
                                     them) (default: the first of each)

    Its network and server:
      --ports <LIST>                 ports of protocols named without one, such as
                                     tftp=6969,ftp=2121,http=8080 (default: 69, 21, 80, 443)
      --sntp-port <PORT>             port of the time server that SNTP_SERVER names (default: 123)
      --local-address <ADDRESS>      source address of the phone, one of this machine
      --dhcp <INTERFACE>             get its address from the DHCP servers there, and without URL the
                                     server too; as root, in real time
      --lease <LEASE>                DHCP as data, once for each server:
                                     address=10.0.0.5,mask=255.255.255.0,router=10.0.0.1,option66=URL,time=24h;
                                     none: silence
      --ca <FILE>                    trust the certificates in this PEM file for https
      --insecure                     do not verify the certificate of an https server

    Time:
      --time <MODE>                  real: sockets; jump: sockets, leaping over waits; virtual: the
                                     embedded tree without network, as fast as it goes (real, jump,
                                     virtual; default: real)
      --timings <TABLE>              how long boot loader, image write and login take (field, none;
                                     default: none in real time, else field)
      --timeout <DURATION>           limit of the whole command, in phone time (default: 3h)
      --seed <TEXT>                  repeats a run (default: a new one, printed)

    What goes wrong:
      --fault <RULE>                 go wrong on purpose: a fault, a pattern of paths, settings, such as
                                     "truncate *.bin afterBytes=1000 times=1"; may be repeated (default:
                                     none)
      --faults <FILE>                rules for that from a file, YAML or JSON (default: none)

    What happens:
      --then <STEPS>                 what follows, each once the phone is at rest: check, poll, notify,
                                     reset, off, on (default: nothing)
      --keys <KEYS>                  keys pressed before that, each once its screen is there: "Srvcs 4
                                     Yes" (default: none)
      --answer <QUESTION=ANSWER>     answer a question without keys, each time it is asked:
                                     accept-fingerprint=yes, pkcs12-password=TEXT; may be repeated
                                     (default: none: it waits its minute)
      --notify <[ADDRESS:]PORT>      listen for SIP NOTIFY check-sync here, and stay up for it; without
                                     ADDRESS on that of the phone (0: a free port)
      --notify-from <ANY|ADDRESSES>  who may send it beside SERVER_IPx_y, whatever PROXY_CHECKING says

    The verdict, and what is written:
      --fail-on <SEVERITY>           a problem this severe fails the run (note, warning, error; default:
                                     error)
      --allow <CODES>                do not fail for these codes, such as NOT_FOUND:USER_CONFIG
                                     (default: none)
      --ecr-log <FILE>               write the phone's error log here
      --security-log <FILE>          write the phone's security log here

    Options:
      --json                         facts on stdout, one JSON object a line
      -q, --quiet                    only the result
      --log-level <LEVEL>            how much is told (error, warning, info, debug; default: info)
      --print-config                 print the merged configuration, as JSON to be read, and exit
      -h, --help                     display help for command

    Examples:
      deskphone boot
          a factory-fresh 1230 against the embedded server
      deskphone boot http://127.0.0.1:8080/phones --flash ./phone
          your server; keep the flash between runs
      deskphone boot tftp://127.0.0.1:6969 --ports ftp=2121 --json
          facts and outcome for a script
      deskphone boot http://127.0.0.1:8080 --time jump
          your server, and no wait for what the phone does alone
      deskphone boot --fault "status 1230SIP.cfg status=503 times=5"
          the demo from a server that is busy at first
      deskphone boot --time virtual --seed 1
          the demo, repeatable, in virtual time

    Options can also be given in the environment, such as DESKPHONE_LOG_LEVEL=debug; a flag wins.

    "
  `);
});

test('deskphone check --help', async () => {
  expect(await helpOf('check')).toMatchInlineSnapshot(`
    "Usage: deskphone check [options] [URL]

    Services > Check for Updates on a phone that is up and has its user logged in

    Arguments:
      URL                            the provisioning server (default: an embedded one with a demo tree)

    The phone:
      --model <MODEL>                which phone (1210, 1220, 1230; default: 1230)
      --mac <MAC>                    its MAC address (default: 00:1B:4F:12:30:01)
      --software <LOAD>              the load it runs (default: SIP12x004.01.13.00)
      --flash <DIR>                  keep the phone's flash here between runs (default: factory-fresh,
                                     in memory)
      --user-agent-byte <BYTE>       junk byte after SIP12x0 as real phones send it: 14, 16, 17, ff, any
                                     hex, or seen
      --authenticity <RULE>          the maker's signature on firmware and languages: accept (unsigned
                                     too), reject (all), signed-by=FILE (a root, PEM) (default: accept)
      --quirk <NAME=VALUE>           choose an assumption about the phone (deskphone schema quirks lists
                                     them) (default: the first of each)

    Its network and server:
      --ports <LIST>                 ports of protocols named without one, such as
                                     tftp=6969,ftp=2121,http=8080 (default: 69, 21, 80, 443)
      --sntp-port <PORT>             port of the time server that SNTP_SERVER names (default: 123)
      --local-address <ADDRESS>      source address of the phone, one of this machine
      --dhcp <INTERFACE>             get its address from the DHCP servers there, and without URL the
                                     server too; as root, in real time
      --lease <LEASE>                DHCP as data, once for each server:
                                     address=10.0.0.5,mask=255.255.255.0,router=10.0.0.1,option66=URL,time=24h;
                                     none: silence
      --ca <FILE>                    trust the certificates in this PEM file for https
      --insecure                     do not verify the certificate of an https server

    Time:
      --time <MODE>                  real: sockets; jump: sockets, leaping over waits; virtual: the
                                     embedded tree without network, as fast as it goes (real, jump,
                                     virtual; default: real)
      --timings <TABLE>              how long boot loader, image write and login take (field, none;
                                     default: none in real time, else field)
      --timeout <DURATION>           limit of the whole command, in phone time (default: 3h)
      --seed <TEXT>                  repeats a run (default: a new one, printed)

    What goes wrong:
      --fault <RULE>                 go wrong on purpose: a fault, a pattern of paths, settings, such as
                                     "truncate *.bin afterBytes=1000 times=1"; may be repeated (default:
                                     none)
      --faults <FILE>                rules for that from a file, YAML or JSON (default: none)

    What happens:
      --then <STEPS>                 what follows, each once the phone is at rest: check, poll, notify,
                                     reset, off, on (default: nothing)
      --keys <KEYS>                  keys pressed before that, each once its screen is there: "Srvcs 4
                                     Yes" (default: none)
      --answer <QUESTION=ANSWER>     answer a question without keys, each time it is asked:
                                     accept-fingerprint=yes, pkcs12-password=TEXT; may be repeated
                                     (default: none: it waits its minute)
      --notify <[ADDRESS:]PORT>      listen for SIP NOTIFY check-sync here, and stay up for it; without
                                     ADDRESS on that of the phone (0: a free port)
      --notify-from <ANY|ADDRESSES>  who may send it beside SERVER_IPx_y, whatever PROXY_CHECKING says

    The verdict, and what is written:
      --fail-on <SEVERITY>           a problem this severe fails the run (note, warning, error; default:
                                     error)
      --allow <CODES>                do not fail for these codes, such as NOT_FOUND:USER_CONFIG
                                     (default: none)
      --ecr-log <FILE>               write the phone's error log here
      --security-log <FILE>          write the phone's security log here

    Options:
      --json                         facts on stdout, one JSON object a line
      -q, --quiet                    only the result
      --log-level <LEVEL>            how much is told (error, warning, info, debug; default: info)
      --print-config                 print the merged configuration, as JSON to be read, and exit
      -h, --help                     display help for command

    Examples:
      deskphone check http://127.0.0.1:8080 --flash ./phone
          what a user starts with a phone that booted before
      deskphone check --flash ./phone --then check
          and once more: what is fetched again?

    Options can also be given in the environment, such as DESKPHONE_LOG_LEVEL=debug; a flag wins.

    "
  `);
});

test('deskphone scenarios generate --help', async () => {
  expect(await helpOf('scenarios', 'generate')).toMatchInlineSnapshot(`
    "Usage: deskphone scenarios generate [options] [PATH...]

    write scenarios from the paths of the phone's statecharts, for what others do not take

    Arguments:
      PATH                 scenarios that are there already, and folders of them

    Options:
      --out <DIR>          the folder for them; no file in it is overwritten (default: generated)
      --workers <N>        so many at a time, or auto (default: auto)
      --json               facts on stdout, one JSON object a line
      -q, --quiet          only the result
      --log-level <LEVEL>  how much is told (error, warning, info, debug; default: info)
      --print-config       print the merged configuration, as JSON to be read, and exit
      -h, --help           display help for command

    Examples:
      deskphone scenarios generate
          the whole phone, in ./generated
      deskphone scenarios generate scenarios --out scenarios/rest
          only what your own leave out

    Options can also be given in the environment, such as DESKPHONE_LOG_LEVEL=debug; a flag wins.

    "
  `);
});

test('deskphone serve --help', async () => {
  expect(await helpOf('serve')).toMatchInlineSnapshot(`
    "Usage: deskphone serve [options] <DIR>

    serve a folder over TFTP, FTP, HTTP and HTTPS

    Arguments:
      DIR                  the folder; nothing outside it is ever sent

    Options:
      --listen <ADDRESS>   address to listen on (default: 127.0.0.1)
      --tftp <PORT>        serve TFTP on this port (0: a free one)
      --ftp <PORT>         serve FTP (passive, anonymous)
      --http <PORT>        serve HTTP
      --https <PORT>       serve HTTPS
      --cert <FILE>        certificate for HTTPS, PEM (default: a self-signed one is made)
      --key <FILE>         its key, PEM
      --cert-out <FILE>    write the certificate here, for the phone's --ca
      --user <NAME:PASS>   an FTP user beside anonymous
      --fault <RULE>       go wrong on purpose: a fault, a pattern of paths, settings, such as "truncate
                           *.bin afterBytes=1000 times=1"; may be repeated (default: none)
      --faults <FILE>      rules for that from a file, YAML or JSON (default: none)
      --seed <TEXT>        repeats what faults draw (default: a new one, printed)
      --json               facts on stdout, one JSON object a line
      -q, --quiet          only the result
      --log-level <LEVEL>  how much is told (error, warning, info, debug; default: info)
      --print-config       print the merged configuration, as JSON to be read, and exit
      -h, --help           display help for command

    Examples:
      deskphone serve ./tree
          TFTP, FTP and HTTP on free ports
      deskphone serve ./tree --http 8080 --tftp 6969
          just these two
      deskphone serve ./tree --fault "truncate *.bin afterBytes=1000 times=1" --fault "latency ms=200"
          break off each phone's first image, and be slow
      deskphone serve ./tree --https 8443 --cert-out ca.pem
          then: deskphone boot https://127.0.0.1:8443 --ca ca.pem

    Options can also be given in the environment, such as DESKPHONE_LOG_LEVEL=debug; a flag wins.

    "
  `);
});

test('deskphone dial --help', async () => {
  expect(await helpOf('dial')).toMatchInlineSnapshot(`
    "Usage: deskphone dial [options] <NUMBER>

    show which rule of a dialing plan fires for a number

    Arguments:
      NUMBER               keys 0-9, *, # and A-D, or user@domain

    Options:
      --plan <FILE>        the dialing plan
      --json               facts on stdout, one JSON object a line
      -q, --quiet          only the result
      --log-level <LEVEL>  how much is told (error, warning, info, debug; default: info)
      --print-config       print the merged configuration, as JSON to be read, and exit
      -h, --help           display help for command

    Examples:
      deskphone dial 4567 --plan dialplan.txt
          the rule, the address it makes, and when it is called
      deskphone dial '95551234567#' --plan dialplan.txt
          the # ends the number: dialed at once

    Options can also be given in the environment, such as DESKPHONE_LOG_LEVEL=debug; a flag wins.

    "
  `);
});

test('deskphone sign --help', async () => {
  expect(await helpOf('sign')).toMatchInlineSnapshot(`
    "Usage: deskphone sign [options] <FILE>

    sign a file for the emulated phone

    Arguments:
      FILE                 what to sign; it stays as it is

    Options:
      --out <FILE>         where the signed file goes
      --kind <KIND>        what the file is (image, language, policy, certificates, provisioning)
      --digest <NAME>      openssl's default, or what the published files have (sha256, sha1; default:
                           sha256)
      --key <FILE>         RSA key to sign with, PEM (default: a test key is made)
      --cert <FILE>        its certificate and any between it and the root, PEM
      --key-out <FILE>     write the test key here, for --key next time
      --cert-out <FILE>    write its certificate here, for --cert next time
      --root-out <FILE>    write the test root here, for the phone's [USER_KEYS]
      --json               facts on stdout, one JSON object a line
      -q, --quiet          only the result
      --log-level <LEVEL>  how much is told (error, warning, info, debug; default: info)
      --print-config       print the merged configuration, as JSON to be read, and exit
      -h, --help           display help for command

    Examples:
      deskphone sign French.lng --kind language --out signed/French.lng --root-out root.pem
          with a test key made on the spot, under the root in root.pem
      deskphone sign policy.txt --kind policy --out policy.txt.sig --key signer.key --cert signer.pem
          with a key of your own

    Options can also be given in the environment, such as DESKPHONE_LOG_LEVEL=debug; a flag wins.

    "
  `);
});

test('deskphone statechart --help', async () => {
  expect(await helpOf('statechart')).toMatchInlineSnapshot(`
    "Usage: deskphone statechart [options]

    print the phone's machines as Mermaid

    Options:
      --machine <NAME>     phone: power to idle; check: one check for updates (phone, check, dhcp;
                           default: phone)
      --json               facts on stdout, one JSON object a line
      -q, --quiet          only the result
      --log-level <LEVEL>  how much is told (error, warning, info, debug; default: info)
      --print-config       print the merged configuration, as JSON to be read, and exit
      -h, --help           display help for command

    Examples:
      deskphone statechart > phone.mmd
          power, boot loader, check, login, idle
      deskphone statechart --machine check
          one check for updates, section by section

    Options can also be given in the environment, such as DESKPHONE_LOG_LEVEL=debug; a flag wins.

    "
  `);
});

test('deskphone doctor --help', async () => {
  expect(await helpOf('doctor')).toMatchInlineSnapshot(`
    "Usage: deskphone doctor [options]

    say what this machine can do: file limits, ports, addresses, tools

    Options:
      --json               facts on stdout, one JSON object a line
      -q, --quiet          only the result
      --log-level <LEVEL>  how much is told (error, warning, info, debug; default: info)
      --print-config       print the merged configuration, as JSON to be read, and exit
      -h, --help           display help for command

    Examples:
      deskphone doctor
          before a load test, or when a server cannot be started

    Options can also be given in the environment, such as DESKPHONE_LOG_LEVEL=debug; a flag wins.

    "
  `);
});

test('deskphone schema --help', async () => {
  expect(await helpOf('schema')).toMatchInlineSnapshot(`
    "Usage: deskphone schema [options] <NAME>

    print a JSON Schema or a table of codes, as JSON

    Arguments:
      NAME                 facts: JSON Schema of a fact: a line of --json between run.started and the
                           outcome; outcome: JSON Schema of the last line of boot --json and check
                           --json; faults: JSON Schema of the rules by which the embedded server goes
                           wrong; lint: JSON Schema of lint --format json; rules: every rule of lint
                           with severity, reason, source and how to mend it; scenario: JSON Schema of a
                           scenario file, for editors; fleet: JSON Schema of a fleet file, for editors;
                           result: JSON Schema of the file of deskphone run --report json=FILE;
                           fleet-result: JSON Schema of the file of deskphone fleet --report json=FILE,
                           and of merge; comparison: JSON Schema of the line of diff --json;
                           capture-comparison: JSON Schema of the line of record --compare --json;
                           problems: every problem code with severity and meaning; quirks: every
                           assumption about the phone that has a switch

    Options:
      --json               facts on stdout, one JSON object a line
      -q, --quiet          only the result
      --log-level <LEVEL>  how much is told (error, warning, info, debug; default: info)
      --print-config       print the merged configuration, as JSON to be read, and exit
      -h, --help           display help for command

    Examples:
      deskphone schema outcome
          what a script may rely on
      deskphone schema problems
          what --allow takes, and what to do about each

    Options can also be given in the environment, such as DESKPHONE_LOG_LEVEL=debug; a flag wins.

    "
  `);
});

test('without a command help goes to stderr, and nothing was run', async () => {
  const { code, stdout, stderr } = await answer([]);
  expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: await helpOf() });
});

test('a process without a terminal prints the same, and its version', async () => {
  expect(await run(['serve', '--help'])).toEqual({ code: 0, stdout: await helpOf('serve'), stderr: '' });
  expect((await run(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});
