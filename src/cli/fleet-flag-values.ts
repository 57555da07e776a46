// What a flag of `fleet` says in one text, as the fleet file would have it. What is wrong with it is told by
// the checks of the file.

/** `70%=factory,30%=SIP12x004.00.04.00`: shares, and a state or the load they run. */
export function mixOf(text: string): unknown {
  return text.split(',').map((part) => {
    const [share = '', word = ''] = part.trim().split('=');
    return word === 'factory' || word === 'provisioned'
      ? { share, state: word }
      : { share, phone: { software: word } };
  });
}

/** `rtt=40ms,down=2M`; a word without a value has an empty one, which the file's own checks tell. */
export function linkOf(text: string): unknown {
  return Object.fromEntries(
    text.split(',').map((part) => {
      const [word = '', ...value] = part.trim().split('=');
      return [word, value.join('=')];
    }),
  );
}
