import { expect, test } from 'vitest';
import { blankLcd, redraw } from '../../src/display/lcd.ts';
import type { PhoneEvent } from '../../src/events/phone-event.ts';
import { renderLcd } from '../../src/report/lcd-text.ts';
import { atIdle, flashRead, powerUp } from './journals.ts';

function shown(events: readonly PhoneEvent[], letters: 'ascii' | 'unicode' = 'ascii'): string {
  return `\n${renderLcd(events.reduce(redraw, blankLcd('1210')), letters).join('\n')}\n`;
}

const small = { model: '1210' } as const;

test('idle with DND', () => {
  expect(shown([...powerUp(small), ...atIdle, { type: 'dnd.enabled', by: 'user' }])).toMatchInlineSnapshot(`
    "
    +--------------------------+
    | Nortel SIP Client        |  DND
    | 2001@example.com         |
    | Do Not Disturb           |
    |                          |
    +--------------------------+
     Redial Msgs   Srvcs  More..
    "
  `);
});

test('with line-drawing letters', () => {
  expect(shown([...powerUp(small), ...atIdle], 'unicode')).toMatchInlineSnapshot(`
    "
    ┌──────────────────────────┐
    │ Nortel SIP Client        │
    │ 2001@example.com         │
    │                          │
    │                          │
    └──────────────────────────┘
     Redial Msgs   Srvcs  More..
    "
  `);
});

test('without power', () => {
  expect(shown([])).toMatchInlineSnapshot(`
    "
    +--------------------------+
    |                          |  no power
    |                          |
    |                          |
    |                          |
    +--------------------------+

    "
  `);
});

test('letters a terminal cannot show become question marks, and nothing can steer it', () => {
  const text = shown([flashRead(small), { type: 'banner.shown', text: 'caf\u00e9 \u001b[2J \u{1f600}' }]);
  expect(text.split('\n')[2]).toBe('| caf? ?[2J ?              |');
});
