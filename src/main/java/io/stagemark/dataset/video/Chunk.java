package io.stagemark.dataset.video;

/**
 * The header of a chunk of a RIFF file.
 *
 * @param at place of the header in the file
 * @param name four characters
 * @param bytes of its content, as it says
 * @param start the first four characters of the content, fewer at the end of the file: the type of
 *     a list
 */
record Chunk(long at, String name, long bytes, String start) {
  private static final int HEADER_BYTES = 8;
  private static final int LIST_HEADER_BYTES = 12;

  boolean isList(String type) {
    return name.equals("LIST") && start.equals(type);
  }

  /** Returns the place of its content. */
  long content() {
    return at + HEADER_BYTES;
  }

  /** Returns the place of the first chunk in it, if it is a list. */
  long first() {
    return at + LIST_HEADER_BYTES;
  }

  /** Returns where its content ends. */
  long end() {
    return content() + bytes;
  }

  /** Returns the place of the chunk behind it: each begins at an even one. */
  long next() {
    return end() + (bytes & 1);
  }

  /** Returns whether the name is four characters that can be seen, as each name of a chunk is. */
  boolean isNamed() {
    return name.length() == 4 && name.chars().allMatch(c -> c >= ' ' && c <= '~');
  }
}
