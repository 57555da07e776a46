/**
 * `http://127.0.0.1:8080/prefix`: where a file was asked for, without its own name when the URL ends in it.
 */
export function whence(url: string, file: string): string {
  return url.endsWith(`/${file}`) ? url.slice(0, -file.length - 1) : url;
}
