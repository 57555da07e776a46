import { keyMeaning, keysOf } from '../display/key-meaning.ts';
import { blankLcd, type Lcd, redraw } from '../display/lcd.ts';
import type { Journal } from '../events/journal.ts';
import type { Phone } from './phone-maker.ts';

/** A phone's keys, for those who press them. What they mean depends on the panel, so it is folded along. */
export interface Handset {
  /** The panel as of now. */
  lcd(): Lcd;
  /** Keys that do something now, as one would name them. */
  keys(): readonly string[];
  /** One key by its label, digit or name, or a text that is typed whole. See `keyMeaning`. */
  press(key: string): 'understood' | 'no-effect';
}

/** The handset of a phone whose facts go to `journal`. Make it before the phone is switched on. */
export function handsetFor(phone: Phone, journal: Journal): Handset {
  // The model is told with the first fact that shows anything of it.
  let lcd = blankLcd('1230');
  journal.listen((entry) => {
    if (entry.phone === phone.mac) lcd = redraw(lcd, entry.event);
  });
  return {
    lcd: () => lcd,
    keys: () => keysOf(lcd),
    press: (key) => {
      const meaning = keyMeaning(lcd, key);
      if (meaning === undefined) return 'no-effect';
      for (const fact of meaning.facts) journal.record(phone.mac, fact);
      if (meaning.command !== undefined) phone.send(meaning.command);
      return 'understood';
    },
  };
}
