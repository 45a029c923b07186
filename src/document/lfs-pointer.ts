const start = 'version https://git-lfs.github.com/spec/v1\n';

/** What to say of a file that stands for another one, which was not fetched. */
export const lfsProblem = 'it is a pointer of Git LFS, and not the file itself. Fetch that with "git lfs pull"';

/** Whether bytes are what Git LFS leaves in the place of a file. Source: the specification of Git LFS, section "The Pointer". */
export function isLfsPointer(bytes: Uint8Array): boolean {
  return bytes.length < 1024 && new TextDecoder('latin1').decode(bytes.subarray(0, start.length)) === start;
}
