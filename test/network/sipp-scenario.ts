/**
 * A scenario of sipp(1) that sends one request and wants that answer. What it writes for [branch], [call_id]
 * and the like is its own.
 */
export function checkSyncScenario(method: string, expected: number): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<scenario name="check-sync">
  <send retrans="500">
    <![CDATA[

      ${method} sip:2000@[remote_ip]:[remote_port] SIP/2.0
      Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
      Max-Forwards: 70
      From: <sip:proxy@example.com>;tag=[pid]SIPpTag00[call_number]
      To: <sip:2000@example.com>
      Call-ID: [call_id]
      CSeq: 1 ${method}
      Contact: <sip:proxy@[local_ip]:[local_port]>
      Event: check-sync
      Subscription-State: active
      Content-Length: 0

    ]]>
  </send>
  <recv response="${expected}"/>
</scenario>
`;
}
